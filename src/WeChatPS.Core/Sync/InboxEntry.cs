using System;

namespace WeChatPS.Sync;

/// <summary>A message delivered from the inbox to a pipeline.</summary>
/// <param name="Sequence">The message's number in this inbox.</param>
/// <param name="Raw">The raw UTF-8 JSON.</param>
/// <param name="DeliveryCount">The number of deliveries, including this one.</param>
/// <param name="Login">The login that fetched the message, in which its user names are valid.</param>
internal readonly record struct InboxEntry(long Sequence, ReadOnlyMemory<byte> Raw, int DeliveryCount, ulong Login);
