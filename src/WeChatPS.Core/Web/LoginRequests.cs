using System;
using System.Net.Http;
using System.Text;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>The requests of a login, from the QR code to webwxinit, and the logout.</summary>
internal static class LoginRequests
{
    // The official web client's id (openwechat's global.go).
    private const string AppId = "wx782c26e4c19acffb";
    private const string FirstServer = "https://wx.qq.com";

    /// <summary>Longer than the server holds a login poll (up to 27 s). The official web client uses the same value.</summary>
    private static readonly TimeSpan s_pollDeadline = TimeSpan.FromSeconds(35);

    /// <summary>Requests a new QR code.</summary>
    public static WireRequest NewCode(WebEndpoints endpoints, WeChatLoginMode mode, DateTimeOffset now)
    {
        // Each server's page expects the login to return to the same server. A server from -Endpoint stands for the first one.
        string server = endpoints.IsSingle ? FirstServer : endpoints.Api.GetLeftPart(UriPartial.Authority);
        string page = server + WebEndpoints.Prefix + "webwxnewloginpage";
        return new WireRequest("jslogin", HttpMethod.Get, new WireQuery(endpoints.Login, "/jslogin")
            .Add("appid", AppId)
            .Add("redirect_uri", mode == WeChatLoginMode.Desktop ? page + "?mod=desktop" : page)
            .Add("fun", "new")
            .Add("lang", "zh_CN")
            .Add("_", now.ToUnixTimeMilliseconds())
            .ToUri());
    }

    /// <summary>Gets the text of the QR code, an address that the phone opens.</summary>
    public static Uri CodeText(WebEndpoints endpoints, string uuid) => new WireQuery(endpoints.QrText, "/l/" + uuid).ToUri();

    /// <summary>Requests the QR code as an image (JPEG).</summary>
    public static WireRequest CodeImage(WebEndpoints endpoints, string uuid) =>
        new("qrcode", HttpMethod.Get, new WireQuery(endpoints.QrImage, "/qrcode/" + uuid).ToUri());

    /// <summary>Polls until the QR code is scanned or confirmed.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="uuid">The uuid of the QR code.</param>
    /// <param name="scanned">Whether a scan was reported. Afterwards the server holds the poll until the confirmation.</param>
    /// <param name="now">The time.</param>
    public static WireRequest Poll(WebEndpoints endpoints, string uuid, bool scanned, DateTimeOffset now) =>
        new("login", HttpMethod.Get, new WireQuery(endpoints.Login, WebEndpoints.Prefix + "login")
            .Add("loginicon", "true")
            .Add("uuid", uuid)
            .Add("tip", scanned ? 0 : 1)
            .Add("r", Inverted(now))
            .Add("_", now.ToUnixTimeMilliseconds())
            .ToUri())
        { Deadline = s_pollDeadline };

    /// <summary>Requests a confirmation on the phone without a QR code, with the cookies of an earlier login.</summary>
    public static WireRequest Push(Uri server, long uin, WeChatLoginMode mode)
    {
        WireQuery query = new WireQuery(server, WebEndpoints.Prefix + "webwxpushloginurl").Add("uin", uin);
        if (mode == WeChatLoginMode.Desktop)
            query.Add("mod", "desktop");
        return new WireRequest("webwxpushloginurl", HttpMethod.Get, query.ToUri());
    }

    /// <summary>Exchanges the ticket of a confirmed login for credentials.</summary>
    /// <param name="endpoints">The servers that the redirect leads to (<see cref="WebEndpoints.Follow"/>).</param>
    /// <param name="redirect">The address from the poll. Only its path and query are used.</param>
    /// <param name="mode">The client to log in as.</param>
    /// <param name="desktop">The desktop client's headers; null for the built-in values.</param>
    public static WireRequest LoginPage(WebEndpoints endpoints, Uri redirect, WeChatLoginMode mode, DesktopConstants? desktop = null)
    {
        Uri uri = new WireQuery(endpoints.Api, redirect.PathAndQuery).Add("fun", "new").Add("version", "v2").ToUri();
        desktop ??= DesktopConstants.Default;
        return new WireRequest("webwxnewloginpage", HttpMethod.Get, uri)
        {
            Headers = mode != WeChatLoginMode.Desktop ? [] :
            [
                new("client-version", desktop.ClientVersion),
                new("extspam", desktop.ExtSpam),
                new("Referer", DesktopConstants.Referer),
            ],
        };
    }

    /// <summary>Starts or resumes a session.</summary>
    public static WireRequest Init(WebEndpoints endpoints, WebCredentials credentials, DateTimeOffset now) =>
        Post("webwxinit", new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxinit")
            .Add("r", Inverted(now))
            .AddTicket(credentials), WireJson.Request(credentials));

    /// <summary>Notifies the phone of this client's state.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="code">The state.</param>
    /// <param name="self">The account's own user name.</param>
    /// <param name="peer">The user name of the chat; the account itself for <see cref="StatusNotifyCode.Started"/>.</param>
    /// <param name="now">The time.</param>
    public static WireRequest StatusNotify(
        WebEndpoints endpoints, WebCredentials credentials, StatusNotifyCode code, string self, string peer, DateTimeOffset now) =>
        Post("webwxstatusnotify", new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxstatusnotify").AddTicket(credentials),
            WireJson.Request(credentials, writer =>
            {
                writer.WriteNumber("Code", (int)code);
                writer.WriteString("FromUserName", self);
                writer.WriteString("ToUserName", peer);
                writer.WriteNumber("ClientMsgId", now.ToUnixTimeMilliseconds());
            }));

    /// <summary>Ends the session at the server. Any response means that the session is over.</summary>
    public static WireRequest Logout(WebEndpoints endpoints, WebCredentials credentials) =>
        new("webwxlogout", HttpMethod.Post, new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxlogout")
            .Add("redirect", 1)
            .Add("type", 0)
            .Add("skey", credentials.Skey)
            .ToUri())
        {
            Body = Encoding.UTF8.GetBytes($"sid={Uri.EscapeDataString(credentials.Sid)}&uin={credentials.UinText}"),
            ContentType = "application/x-www-form-urlencoded",
        };

    /// <summary>Creates a POST request with JSON.</summary>
    internal static WireRequest Post(string endpoint, WireQuery query, byte[] body) =>
        new(endpoint, HttpMethod.Post, query.ToUri()) { Body = body, ContentType = "application/json; charset=utf-8" };

    /// <summary>Gets the parameter <c>r</c> as the official web client does: the inverted low 32 bits of the time in milliseconds.</summary>
    internal static int Inverted(DateTimeOffset now) => ~unchecked((int)now.ToUnixTimeMilliseconds());
}
