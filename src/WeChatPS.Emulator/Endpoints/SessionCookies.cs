using System;
using System.Globalization;
using System.Net;
using WeChatPS.Emulator.Http;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The cookies of a session, with the attributes that the real server gives them.</summary>
internal static class SessionCookies
{
    private const string Forever = "Fri, 01-Jan-2038 00:00:00 GMT";

    /// <summary>Sets all cookies, at the login page.</summary>
    public static void Set(HttpReply reply, WebSession session, Uri home)
    {
        Renew(reply, session, home, session.LoginTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        Set(reply, home, "mm_lang", "zh_CN", "", In(TimeSpan.FromHours(12)));
        Set(reply, home, "webwxuvid", session.BrowserId, "", Forever);
        Set(reply, home, "webwx_auth_ticket", session.AuthTicket, "", Forever);
    }

    /// <summary>Renews the cookies that every fetch extends.</summary>
    public static void Renew(HttpReply reply, WebSession session, Uri home)
    {
        string login = session.LoginTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Renew(reply, session, home, login + "_expired");
        Set(reply, home, "wxpluginkey", login, "", In(TimeSpan.FromHours(12)));
    }

    private static void Renew(HttpReply reply, WebSession session, Uri home, string loadTime)
    {
        string halfDay = In(TimeSpan.FromHours(12));
        Set(reply, home, "wxuin", session.Account.Uin.ToString(CultureInfo.InvariantCulture), "", In(TimeSpan.FromDays(2)));
        Set(reply, home, "wxsid", session.Sid, "", halfDay);
        Set(reply, home, "wxloadtime", loadTime, "", halfDay);
        session.DataTicket.TakeUnsent();
        Set(reply, home, "webwx_data_ticket", session.DataTicket.Value, ".", halfDay);
    }

    private static void Set(HttpReply reply, Uri home, string name, string value, string wide, string expires)
    {
        // An IP address has no domain, so the cookie is valid only for this host.
        string domain = IPAddress.TryParse(home.Host, out _) ? "" : $" Domain={(wide.Length > 0 ? Registrable(home.Host) : home.Host)};";
        string secure = home.Scheme == Uri.UriSchemeHttps ? "; Secure" : "";
        reply.With("Set-Cookie", $"{name}={value};{domain} Path=/; Expires={expires}{secure}");
    }

    private static string Registrable(string host)
    {
        string[] labels = host.Split('.');
        return labels.Length < 2 ? host : $".{labels[^2]}.{labels[^1]}";
    }

    private static string In(TimeSpan time) =>
        (DateTimeOffset.UtcNow + time).ToString("ddd, dd-MMM-yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);
}
