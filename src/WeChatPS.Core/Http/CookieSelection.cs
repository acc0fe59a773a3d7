using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Http;

/// <summary>The cookies of one request, in the order in which they are sent.</summary>
internal sealed class CookieSelection(IReadOnlyList<WireCookie> cookies)
{
    public IReadOnlyList<WireCookie> Cookies { get; } = cookies;

    /// <summary>The Cookie header; null without cookies.</summary>
    public string? Header { get; } = cookies.Count == 0 ? null : string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"));

    public int Length => Header?.Length ?? 0;
}
