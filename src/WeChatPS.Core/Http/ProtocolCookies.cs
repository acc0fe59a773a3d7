using System;

namespace WeChatPS.Http;

/// <summary>The cookies that WeChat's login sets, which a session cannot do without. A server that sets many others never displaces them.</summary>
internal static class ProtocolCookies
{
    // The most needed first. The login page sets them with Path=/ (captures of 2018; the official client's scripts set the last ones).
    private static readonly string[] s_names =
    [
        "wxuin", "wxsid", "webwx_data_ticket", "webwx_auth_ticket", "webwxuvid", "wxloadtime", "mm_lang", "last_wxuin", "login_frequency", "wxpluginkey",
    ];

    /// <summary>Whether a cookie is one of them.</summary>
    public static bool Contains(WireCookie cookie) => cookie.Path == "/" && Array.IndexOf(s_names, cookie.Name) >= 0;

    /// <summary>The place of a cookie when not all fit: lower comes first, and a cookie that is not the protocol's comes last.</summary>
    public static int PlaceOf(WireCookie cookie) => Contains(cookie) ? Array.IndexOf(s_names, cookie.Name) : s_names.Length;
}
