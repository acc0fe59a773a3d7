using System;
using System.Linq;

namespace WeChatPS.Web;

/// <summary>The servers that a session talks to, as absolute addresses without a path.</summary>
internal sealed record WebEndpoints(Uri Login, Uri QrImage, Uri QrText, Uri Api, Uri File, Uri Push)
{
    /// <summary>The path of all endpoints except jslogin and the QR code (openwechat's <c>url.go</c>).</summary>
    public const string Prefix = "/cgi-bin/mmwebwx-bin/";

    private const string FirstAuthority = "wx.qq.com";

    private static readonly Uri s_qr = Https("login.weixin.qq.com");

    /// <summary>Whether one server from -Endpoint is used for everything.</summary>
    public bool IsSingle => Login == Api;

    /// <summary>Gets the servers at which a login starts.</summary>
    /// <param name="endpoint">The server to use for everything; null for WeChat's servers.</param>
    public static WebEndpoints ForLogin(Uri? endpoint) => endpoint is null ? ForAuthority(FirstAuthority) : Single(endpoint);

    /// <summary>Gets the group of servers for the host of a redirect. Groups: the official web client.</summary>
    /// <param name="authority">The host, below qq.com or wechat.com.</param>
    /// <exception cref="WeChatException">The host is neither (<see cref="WeChatErrorReason.InvalidEndpoint"/>).</exception>
    public static WebEndpoints ForAuthority(string authority)
    {
        bool isHost = Uri.TryCreate("https://" + authority, UriKind.Absolute, out Uri? uri)
            && uri.IsDefaultPort && uri.UserInfo.Length == 0
            && uri.GetLeftPart(UriPartial.Authority) == "https://" + authority.ToLowerInvariant();
        string host = isHost ? uri!.Host : "";
        return host switch
        {
            _ when IsBelow(host, "wx2.qq.com") => For(host, "wx2.qq.com"),
            _ when IsBelow(host, "wx8.qq.com") => For(host, "wx8.qq.com"),
            _ when IsBelow(host, "qq.com") => For(host, FirstAuthority),
            _ when IsBelow(host, "web2.wechat.com") => For("web2.wechat.com", "web2.wechat.com"),
            _ when IsBelow(host, "wechat.com") => For("web.wechat.com", "web.wechat.com"),
            _ => throw new WeChatException(
                WeChatErrorReason.InvalidEndpoint, $"\"{DisplayText.Visible(authority, 80)}\" is not one of WeChat's servers."),
        };
    }

    /// <summary>Uses one server for everything except the QR code's text, because phones accept only WeChat's own host there.</summary>
    /// <exception cref="WeChatException">The address is not https (or http for this machine), or has more than a host and a port
    /// (<see cref="WeChatErrorReason.InvalidEndpoint"/>).</exception>
    public static WebEndpoints Single(Uri endpoint)
    {
        bool isSafe = endpoint.IsAbsoluteUri
            && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback));
        if (!isSafe || endpoint.UserInfo.Length > 0 || endpoint.PathAndQuery != "/" || endpoint.Fragment.Length > 0)
        {
            throw new WeChatException(
                WeChatErrorReason.InvalidEndpoint,
                $"\"{DisplayText.Visible(endpoint.OriginalString, 80)}\" cannot be an endpoint: "
                + "it must be https://host[:port], or http://localhost[:port].");
        }
        var authority = new Uri(endpoint.GetLeftPart(UriPartial.Authority));
        return new WebEndpoints(authority, authority, s_qr, authority, authority, authority);
    }

    /// <summary>Gets the servers for the redirect of a confirmed login.</summary>
    /// <param name="redirect">The address as the server wrote it.</param>
    /// <returns>The servers to continue with; the same server with -Endpoint.</returns>
    /// <exception cref="WeChatException">The address is on another host, or not https (<see cref="WeChatErrorReason.InvalidEndpoint"/>).</exception>
    public WebEndpoints Follow(Uri redirect)
    {
        if (IsSingle)
            return this;
        return redirect.Scheme == Uri.UriSchemeHttps && redirect.IsDefaultPort && redirect.UserInfo.Length == 0
            ? ForAuthority(redirect.Host)
            : throw new WeChatException(
                WeChatErrorReason.InvalidEndpoint,
                $"The server sends the login to {DisplayText.Visible(redirect.GetLeftPart(UriPartial.Authority), 80)}.");
    }

    /// <summary>Whether an address is on one of these servers. The server of the QR code's text does not count.</summary>
    public bool Allows(Uri uri) => uri.IsAbsoluteUri && uri.UserInfo.Length == 0
        && new[] { Login, QrImage, Api, File, Push }.Any(server =>
            uri.Scheme == server.Scheme && uri.Port == server.Port
            && string.Equals(uri.Host, server.Host, StringComparison.OrdinalIgnoreCase));

    private static WebEndpoints For(string api, string family) => new(
        Https("login." + family), s_qr, s_qr, Https(api), Https("file." + family), Https("webpush." + family));

    private static bool IsBelow(string host, string domain) =>
        host == domain || host.EndsWith("." + domain, StringComparison.Ordinal);

    private static Uri Https(string host) => new("https://" + host);
}
