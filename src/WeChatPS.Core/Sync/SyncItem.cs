using System;

namespace WeChatPS.Sync;

/// <summary>One fetched message: the id by which duplicates are recognized, and the raw UTF-8 JSON.</summary>
internal readonly record struct SyncItem(ulong Id, ReadOnlyMemory<byte> Raw);
