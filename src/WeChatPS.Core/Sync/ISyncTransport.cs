using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>What the loop needs of a protocol. A reply is classified by the transport; neither call throws for anything the wire can do.</summary>
internal interface ISyncTransport
{
    /// <summary>One long poll: returns when something changed, when the server's hold is over, or when the deadline passed.</summary>
    Task<PollReply> PollAsync(SyncCursor cursor, CancellationToken cancellationToken);

    /// <summary>
    /// Fetches what follows <paramref name="cursor"/>, at once. Changes to contacts and credentials are applied before it returns. The bytes of
    /// its messages are valid until the next fetch.
    /// </summary>
    Task<FetchReply> FetchAsync(SyncCursor cursor, CancellationToken cancellationToken);
}

/// <summary>The outcome of a poll. A protocol whose poll brings the data itself (iLink's getupdates) sets <paramref name="Batch"/>; then nothing is fetched.</summary>
/// <param name="Verdict">What it means for the loop.</param>
/// <param name="HasChanges">Whether there is something to fetch.</param>
/// <param name="RetCode">The server's own code, 0 where it has none.</param>
/// <param name="Selector">The server's own hint, 0 where it has none.</param>
/// <param name="Elapsed">How long the poll took.</param>
/// <param name="Detail">What happened, in words, without secrets.</param>
/// <param name="Batch">The data, where the poll brings it.</param>
internal sealed record PollReply(
    SyncVerdict Verdict, bool HasChanges, int RetCode, int Selector, TimeSpan Elapsed, string Detail, SyncBatch? Batch = null);

/// <summary>The outcome of a fetch.</summary>
/// <param name="Verdict">What it means for the loop.</param>
/// <param name="Code">The server's own code, 0 where it has none.</param>
/// <param name="Detail">What happened, in words, without secrets.</param>
/// <param name="Batch">The data; null unless the verdict is <see cref="SyncVerdict.Ok"/>.</param>
internal sealed record FetchReply(SyncVerdict Verdict, int Code, string Detail, SyncBatch? Batch);
