namespace WeChatPS.Sessions;

/// <summary>
/// The session and account of a message or a receipt. The name is not enough, because another account can log in under it later.
/// </summary>
/// <param name="Session">The session's name.</param>
/// <param name="Account">The account of the session at that time (<see cref="WeChatSession.Account"/>).</param>
internal readonly record struct Origin(string Session, long Account);
