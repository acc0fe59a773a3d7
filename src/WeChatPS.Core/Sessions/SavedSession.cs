using System;
using System.Collections.Generic;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS.Sessions;

/// <summary>All that is needed to go on with a session later, in another process. Mostly secrets.</summary>
internal sealed partial record SavedSession
{
    /// <summary>The session's name.</summary>
    public required string Name { get; init; }

    /// <summary>The one server it was made with; null for WeChat's own. It can be resumed there only.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The server that the login was sent to (<c>wx2.qq.com</c>), where <see cref="Endpoint"/> is null.</summary>
    public string? ApiAuthority { get; init; }

    public WeChatLoginMode Mode { get; init; }

    public required WebCredentials Credentials { get; init; }

    public required IReadOnlyList<WireCookie> Cookies { get; init; }

    public string SelfUserName { get; init; } = "";

    public string SelfNickName { get; init; } = "";

    /// <summary>When somebody logged in.</summary>
    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Saved { get; init; }

    /// <summary>Until when the server wants to be left alone, in this process and the next.</summary>
    public DateTimeOffset? ThrottledUntil { get; init; }

    /// <summary>Until when nothing is to be sent.</summary>
    public DateTimeOffset? SendsPausedUntil { get; init; }

    /// <summary>Where the session stands in the server's history. Exported only: on disk the inbox keeps it, next to the messages.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether a server could accept it at all. What is not complete is never saved.</summary>
    public bool IsComplete =>
        Credentials is { Uin: not 0, Sid.Length: > 0, Skey.Length: > 0 } && Cookies is { Count: > 0 };

    public override string ToString() => $"{Name} ({SelfNickName})";
}
