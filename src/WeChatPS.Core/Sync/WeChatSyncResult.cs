using System;

namespace WeChatPS;

/// <summary>What one long poll said (Wait-WeChatSync).</summary>
/// <param name="RetCode">The server's retcode: 0 is well.</param>
/// <param name="Selector">The server's selector: 0 nothing new, anything else means that something changed.</param>
/// <param name="HasChanges">Whether Receive-WeChatMessage would bring something.</param>
/// <param name="Pending">How many messages wait in the inbox.</param>
/// <param name="Elapsed">How long the poll was held; zero when the inbox already held messages.</param>
public sealed record WeChatSyncResult(int RetCode, int Selector, bool HasChanges, int Pending, TimeSpan Elapsed);
