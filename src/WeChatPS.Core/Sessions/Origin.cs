namespace WeChatPS.Sessions;

/// <summary>
/// Where a message or a receipt comes from. The name alone would not do: another account can log in under it later.
/// </summary>
/// <param name="Session">The session's name.</param>
/// <param name="Account">The account that was logged in there (<see cref="WeChatSession.Account"/>).</param>
internal readonly record struct Origin(string Session, long Account);
