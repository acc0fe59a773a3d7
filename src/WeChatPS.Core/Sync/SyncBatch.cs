using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>What one fetch brought.</summary>
/// <param name="Items">The messages, in the server's order.</param>
/// <param name="Next">The cursor that asks for what follows; the same one asked again brings the same batch again.</param>
/// <param name="More">Whether the server says that it has more right now.</param>
/// <param name="HasContactChanges">Whether contacts or groups changed: progress too, though no message.</param>
internal sealed record SyncBatch(IReadOnlyList<SyncItem> Items, SyncCursor Next, bool More, bool HasContactChanges)
{
    public bool IsEmpty => Items.Count == 0 && !HasContactChanges;
}
