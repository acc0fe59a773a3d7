using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>The requests that the loop needs from a protocol. The transport classifies responses and throws no exception for network failures. The loop takes any other exception for a temporary failure.</summary>
internal interface ISyncTransport
{
    /// <summary>Polls once. The poll ends when data is pending, when the server's hold ends, or at the deadline.</summary>
    Task<PollReply> PollAsync(SyncCursor cursor, CancellationToken cancellationToken);

    /// <summary>
    /// Fetches the data after <paramref name="cursor"/>, without waiting. Changes to contacts and credentials are applied before the method
    /// returns. The bytes of the messages are valid until the next fetch.
    /// </summary>
    Task<FetchReply> FetchAsync(SyncCursor cursor, CancellationToken cancellationToken);

    /// <summary>Abandons the open connections, which are probably dead after this machine slept or changed its network.</summary>
    void Refresh();
}

/// <summary>The outcome of a poll. A protocol whose poll returns the data (iLink's getupdates) sets <paramref name="Batch"/>, and no fetch follows.</summary>
/// <param name="Verdict">The meaning for the loop.</param>
/// <param name="HasChanges">Whether data is pending.</param>
/// <param name="RetCode">The server's code; 0 without one.</param>
/// <param name="Selector">The server's selector; 0 without one.</param>
/// <param name="Elapsed">The duration of the poll.</param>
/// <param name="Detail">The outcome as text, without secrets.</param>
/// <param name="Batch">The data, if the poll returned it.</param>
internal sealed record PollReply(
    SyncVerdict Verdict, bool HasChanges, int RetCode, int Selector, TimeSpan Elapsed, string Detail, SyncBatch? Batch = null);

/// <summary>The outcome of a fetch.</summary>
/// <param name="Verdict">The meaning for the loop.</param>
/// <param name="Code">The server's code; 0 without one.</param>
/// <param name="Detail">The outcome as text, without secrets.</param>
/// <param name="Batch">The data; null unless the verdict is <see cref="SyncVerdict.Ok"/>.</param>
internal sealed record FetchReply(SyncVerdict Verdict, int Code, string Detail, SyncBatch? Batch);
