using System;

namespace WeChatPS.Sync;

/// <summary>One message as fetched: its identity for the removal of doubles, and its raw UTF-8 JSON.</summary>
internal readonly record struct SyncItem(ulong Id, ReadOnlyMemory<byte> Raw);
