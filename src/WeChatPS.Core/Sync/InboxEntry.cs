using System;

namespace WeChatPS.Sync;

/// <summary>A message on its way from the inbox to the pipeline.</summary>
/// <param name="Sequence">Its number in this inbox.</param>
/// <param name="Raw">Its raw UTF-8 JSON.</param>
/// <param name="DeliveryCount">How often it was given out, this time included.</param>
/// <param name="Login">The login that fetched it, in which its user names are good.</param>
internal readonly record struct InboxEntry(long Sequence, ReadOnlyMemory<byte> Raw, int DeliveryCount, ulong Login);
