using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>The result of one fetch.</summary>
/// <param name="Items">The messages, in the server's order.</param>
/// <param name="Next">The cursor for the next fetch. A fetch with the same cursor returns the same batch again.</param>
/// <param name="More">Whether the server has more data now (<c>ContinueFlag</c>).</param>
internal sealed record SyncBatch(IReadOnlyList<SyncItem> Items, SyncCursor Next, bool More);
