using System;

namespace WeChatPS;

/// <summary>The result of one long poll (Wait-WeChatSync).</summary>
/// <param name="RetCode">The server's retcode; 0 means success.</param>
/// <param name="Selector">The server's selector: 0 for no change, any other value for changes.</param>
/// <param name="HasChanges">Whether Receive-WeChatMessage would return messages or apply changes.</param>
/// <param name="Pending">The number of pending messages in the inbox.</param>
/// <param name="Elapsed">The hold time of the poll; zero when messages were already pending in the inbox.</param>
public sealed record WeChatSyncResult(int RetCode, int Selector, bool HasChanges, int Pending, TimeSpan Elapsed);
