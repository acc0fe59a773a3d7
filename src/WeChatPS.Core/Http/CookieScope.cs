using System;
using System.Net;

namespace WeChatPS.Http;

/// <summary>The rules about hosts and paths that cookies are set and sent by (RFC 6265, section 5.1).</summary>
internal static class CookieScope
{
    /// <summary>The host as cookies compare it: lower case, an IPv6 address without brackets.</summary>
    public static string HostOf(Uri uri) => uri.IdnHost;

    /// <summary>Whether <paramref name="host"/> is a name below <paramref name="domain"/>. An address is below nothing.</summary>
    public static bool IsBelow(string host, string domain) =>
        host.Length > domain.Length + 1
        && host.EndsWith(domain, StringComparison.Ordinal)
        && host[host.Length - domain.Length - 1] == '.'
        && !IPAddress.TryParse(host, out _);

    /// <summary>Whether a Secure cookie may travel there: https, or loopback, which no one else can listen to.</summary>
    public static bool IsTrustworthy(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback;

    /// <summary>The path of a cookie that names none: the request's, up to its last slash.</summary>
    public static string DefaultPath(Uri uri)
    {
        string path = uri.AbsolutePath;
        int slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path.Substring(0, slash);
    }
}
