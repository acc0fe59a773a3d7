using System;
using System.Collections.Generic;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS.Sessions;

/// <summary>The data to resume a session in another process. Most of it is secret.</summary>
internal sealed partial record SavedSession
{
    /// <summary>The session's name.</summary>
    public required string Name { get; init; }

    /// <summary>The server of the session; null for WeChat's servers. The session can be resumed only there.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The server that WeChat assigned to the login (<c>wx2.qq.com</c>), if <see cref="Endpoint"/> is null.</summary>
    public string? ApiAuthority { get; init; }

    public WeChatLoginMode Mode { get; init; }

    public required WebCredentials Credentials { get; init; }

    public required IReadOnlyList<WireCookie> Cookies { get; init; }

    public string SelfUserName { get; init; } = "";

    public string SelfNickName { get; init; } = "";

    /// <summary>The time of the login.</summary>
    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Saved { get; init; }

    /// <summary>The end of the throttling by the server, for this process and the next.</summary>
    public DateTimeOffset? ThrottledUntil { get; init; }

    /// <summary>The end of the pause of sends.</summary>
    public DateTimeOffset? SendsPausedUntil { get; init; }

    /// <summary>The sync key at the time of the export. On disk, the inbox keeps it beside the messages.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether the session has all credentials. An incomplete session is never saved.</summary>
    public bool IsComplete =>
        Credentials is { Uin: not 0, Sid.Length: > 0, Skey.Length: > 0 } && Cookies is { Count: > 0 };

    public override string ToString() => $"{Name} ({SelfNickName})";
}
