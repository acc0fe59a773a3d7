using System;

namespace WeChatPS.Sync;

/// <summary>One fetched message.</summary>
/// <param name="Id">The id by which duplicates are recognized.</param>
/// <param name="Raw">The raw UTF-8 JSON.</param>
/// <param name="Earns">Whether the message counts as progress. Status messages do not.</param>
internal readonly record struct SyncItem(ulong Id, ReadOnlyMemory<byte> Raw, bool Earns = true)
{
    /// <summary>The id by which versions 0.1 and 0.2 recognized the message, if it is another one; otherwise 0.</summary>
    public ulong EarlierId { get; init; }
}
