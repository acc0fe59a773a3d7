using System;

namespace WeChatPS;

/// <summary>A session on disk, as much as can be said without opening its secrets (Get-WeChatSession -Saved).</summary>
/// <param name="Name">Its name: what Connect-WeChat -Name takes.</param>
/// <param name="User">The account's nickname when it was saved.</param>
/// <param name="Endpoint">The server it belongs to; a saved session can be resumed nowhere else.</param>
/// <param name="Mode">As which client it logged in.</param>
/// <param name="Created">When somebody logged in.</param>
/// <param name="Saved">When it was saved last.</param>
/// <param name="Problem">Why it cannot be resumed, in words; null when nothing is known to be wrong.</param>
/// <param name="StorePath">The store that it is in: what -StorePath takes.</param>
public sealed record SavedSessionInfo(
    string Name, string User, string Endpoint, WeChatLoginMode Mode, DateTimeOffset? Created, DateTimeOffset? Saved, string? Problem, string StorePath)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
