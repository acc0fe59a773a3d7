using System;
using System.Net;

namespace WeChatPS.Http;

/// <summary>The host and path rules for setting and sending cookies (RFC 6265, section 5.1).</summary>
internal static class CookieScope
{
    /// <summary>Gets the host in the form that cookies compare: lower case, an IPv6 address without brackets.</summary>
    public static string HostOf(Uri uri) => uri.IdnHost;

    /// <summary>Whether <paramref name="host"/> is a subdomain of <paramref name="domain"/>. An IP address never is.</summary>
    public static bool IsBelow(string host, string domain) =>
        host.Length > domain.Length + 1
        && host.EndsWith(domain, StringComparison.Ordinal)
        && host[host.Length - domain.Length - 1] == '.'
        && !IPAddress.TryParse(host, out _);

    /// <summary>Whether a Secure cookie may be sent to an address: https or loopback.</summary>
    public static bool IsTrustworthy(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback;

    /// <summary>Gets the path of a cookie without a Path attribute: the request's path up to the last slash.</summary>
    public static string DefaultPath(Uri uri)
    {
        string path = uri.AbsolutePath;
        int slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path.Substring(0, slash);
    }
}
