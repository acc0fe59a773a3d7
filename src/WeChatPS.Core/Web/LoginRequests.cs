using System;
using System.Net.Http;
using System.Text;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>The requests from the QR code to the first reply of a session, and the one that ends it.</summary>
internal static class LoginRequests
{
    private const string AppId = "wx782c26e4c19acffb";
    private const string FirstServer = "https://wx.qq.com";

    /// <summary>The server holds a login poll for up to 27 s.</summary>
    private static readonly TimeSpan s_pollDeadline = TimeSpan.FromSeconds(35);

    /// <summary>Asks for a new QR code.</summary>
    public static WireRequest NewCode(WebEndpoints endpoints, WeChatLoginMode mode, DateTimeOffset now)
    {
        // each server's page wants the login back at itself; one that the user named stands for the first
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

    /// <summary>What the QR code says: the phone opens it.</summary>
    public static Uri CodeText(WebEndpoints endpoints, string uuid) => new WireQuery(endpoints.QrText, "/l/" + uuid).ToUri();

    /// <summary>The QR code as the server draws it (JPEG).</summary>
    public static WireRequest CodeImage(WebEndpoints endpoints, string uuid) =>
        new("qrcode", HttpMethod.Get, new WireQuery(endpoints.QrImage, "/qrcode/" + uuid).ToUri());

    /// <summary>Waits until the code is scanned or confirmed.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="uuid">The code's id.</param>
    /// <param name="scanned">Whether a scan was reported: from then on the server holds the poll until the confirmation.</param>
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

    /// <summary>Asks for a confirmation on the phone without a code, by the cookies of an earlier login.</summary>
    public static WireRequest Push(Uri server, long uin, WeChatLoginMode mode)
    {
        WireQuery query = new WireQuery(server, WebEndpoints.Prefix + "webwxpushloginurl").Add("uin", uin);
        if (mode == WeChatLoginMode.Desktop)
            query.Add("mod", "desktop");
        return new WireRequest("webwxpushloginurl", HttpMethod.Get, query.ToUri());
    }

    /// <summary>Exchanges the ticket of a confirmed login for credentials.</summary>
    /// <param name="endpoints">The servers that the redirect leads to (<see cref="WebEndpoints.Follow"/>).</param>
    /// <param name="redirect">The address that the poll brought: of it only path and query are used.</param>
    /// <param name="mode">As which client.</param>
    /// <param name="desktop">The desktop client's marks; its own ones when null.</param>
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

    /// <summary>Begins a session, or takes one up again.</summary>
    public static WireRequest Init(WebEndpoints endpoints, WebCredentials credentials, DateTimeOffset now) =>
        Post("webwxinit", new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxinit")
            .Add("r", Inverted(now))
            .AddTicket(credentials), WireJson.Request(credentials));

    /// <summary>Tells the phone what this client does.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's.</param>
    /// <param name="code">What.</param>
    /// <param name="self">The account's own user name.</param>
    /// <param name="peer">The conversation it is about; the account itself for <see cref="StatusNotifyCode.Started"/>.</param>
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

    /// <summary>Ends the session at the server. Whatever it answers, the session is over.</summary>
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

    /// <summary>A POST of JSON.</summary>
    internal static WireRequest Post(string endpoint, WireQuery query, byte[] body) =>
        new(endpoint, HttpMethod.Post, query.ToUri()) { Body = body, ContentType = "application/json; charset=utf-8" };

    /// <summary>The official page's <c>r</c>: the inverted low half of the time in milliseconds.</summary>
    internal static int Inverted(DateTimeOffset now) => ~unchecked((int)now.ToUnixTimeMilliseconds());
}
