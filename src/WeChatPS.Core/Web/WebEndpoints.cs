using System;
using System.Linq;

namespace WeChatPS.Web;

/// <summary>The servers that a session talks to, as absolute addresses without a path.</summary>
internal sealed record WebEndpoints(Uri Login, Uri QrImage, Uri QrText, Uri Api, Uri File, Uri Push)
{
    /// <summary>The path below which all calls but the first two lie.</summary>
    public const string Prefix = "/cgi-bin/mmwebwx-bin/";

    private const string FirstAuthority = "wx.qq.com";

    private static readonly Uri s_qr = Https("login.weixin.qq.com");

    /// <summary>Whether one server that the user named stands for all of them.</summary>
    public bool IsSingle => Login == Api;

    /// <summary>The servers to begin a login at.</summary>
    /// <param name="endpoint">A server to use for everything instead of WeChat's own; null for those.</param>
    public static WebEndpoints ForLogin(Uri? endpoint) => endpoint is null ? ForAuthority(FirstAuthority) : Single(endpoint);

    /// <summary>The servers that belong to the one which a login was sent to.</summary>
    /// <param name="authority">Its name: below qq.com or wechat.com.</param>
    /// <exception cref="WeChatException">The name is neither (<see cref="WeChatErrorReason.InvalidEndpoint"/>).</exception>
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

    /// <summary>One server for everything but the QR code's text, which only phones open: they know none but WeChat's own.</summary>
    /// <exception cref="WeChatException">The address is not https, nor http to this machine, or has more than a host and a port
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
                + "it has to be https://host[:port], or http://localhost[:port].");
        }
        var authority = new Uri(endpoint.GetLeftPart(UriPartial.Authority));
        return new WebEndpoints(authority, authority, s_qr, authority, authority, authority);
    }

    /// <summary>Where the address that a confirmed login handed out leads.</summary>
    /// <param name="redirect">The address as the server wrote it.</param>
    /// <returns>The servers to go on with: with an endpoint of one's own always that one.</returns>
    /// <exception cref="WeChatException">It leads elsewhere, or is not https (<see cref="WeChatErrorReason.InvalidEndpoint"/>).</exception>
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

    /// <summary>Whether an address is on one of these servers; the QR code's text is for phones alone.</summary>
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
