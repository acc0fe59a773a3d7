using System;

namespace WeChatPS;

/// <summary>A saved session, without its secrets (Get-WeChatSession -Saved).</summary>
/// <param name="Name">The name, for Connect-WeChat -Name.</param>
/// <param name="User">The account's nickname at the time of saving.</param>
/// <param name="Endpoint">The server. The session can be resumed only there.</param>
/// <param name="Mode">The client type of the login.</param>
/// <param name="Created">The time of the login.</param>
/// <param name="Saved">The time of the last save.</param>
/// <param name="Problem">The reason why the session cannot be resumed; null without a known problem.</param>
/// <param name="StorePath">The folder of the saved sessions, for -StorePath.</param>
public sealed record SavedSessionInfo(
    string Name, string User, string Endpoint, WeChatLoginMode Mode, DateTimeOffset? Created, DateTimeOffset? Saved, string? Problem, string StorePath)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
