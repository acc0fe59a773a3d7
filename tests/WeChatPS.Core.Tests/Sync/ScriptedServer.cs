using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>One request the loop made.</summary>
internal readonly record struct Request(string Kind, TimeSpan At, string Cursor);

/// <summary>
/// A transport that does as the test says; left to itself it is a good server: it holds a poll for 25 s, ends it at once when there is
/// something, and gives each cursor what follows it.
/// </summary>
internal sealed class ScriptedServer(VirtualTime time) : ISyncTransport
{
    private readonly List<SyncBatch> _history = [];
    private CancellationTokenSource? _stop;
    private TimeSpan _end = TimeSpan.MaxValue;

    public static TimeSpan Hold { get; } = TimeSpan.FromSeconds(25);

    /// <summary>Answers that come before anything else, one a poll.</summary>
    public Queue<PollReply> Polls { get; } = new();

    /// <summary>Answers that come before anything else, one a fetch.</summary>
    public Queue<FetchReply> Fetches { get; } = new();

    /// <summary>What every poll answers once the queue is empty; null is the good server.</summary>
    public Func<CancellationToken, Task<PollReply>>? OnPoll { get; set; }

    /// <summary>What every fetch answers once the queue is empty; null is the good server.</summary>
    public Func<CancellationToken, Task<FetchReply>>? OnFetch { get; set; }

    public List<Request> Requests { get; } = [];

    /// <summary>Told of each request before it is answered.</summary>
    public Action? Noted { get; set; }

    public int PollsAtOnce { get; private set; }

    /// <summary>How often the loop abandoned its connections.</summary>
    public int Refreshed { get; private set; }

    public int Count(string kind) => Requests.Count(request => request.Kind == kind);

    public string Kinds => string.Join(' ', Requests.Select(request => request.Kind));

    /// <summary>The times between requests of one kind, in seconds.</summary>
    public double[] Gaps(string kind)
    {
        TimeSpan[] at = [.. Requests.Where(request => request.Kind == kind).Select(request => request.At)];
        return [.. at.Skip(1).Zip(at, (later, earlier) => (later - earlier).TotalSeconds)];
    }

    /// <summary>Something happens at the server: the next fetch brings it.</summary>
    public void Happens(params ulong[] ids) => _history.Add(Fetched.Batch("", ids));

    /// <summary>From then on the loop's next request stops it.</summary>
    public void StopAt(TimeSpan end, CancellationTokenSource stop) => (_end, _stop) = (end, stop);

    public async Task<PollReply> PollAsync(SyncCursor cursor, CancellationToken cancellationToken)
    {
        Note("poll", cursor, cancellationToken);
        if (++PollsAtOnce > 1) throw new InvalidOperationException("Two polls at once.");
        try
        {
            if (Polls.Count > 0) return Polls.Dequeue();
            if (OnPoll is not null) return await OnPoll(cancellationToken);
            if (Position(cursor) < _history.Count) return Replies.Changes();
            time.Advance(Hold);
            return Replies.Nothing(Hold);
        }
        finally
        {
            PollsAtOnce--;
        }
    }

    public async Task<FetchReply> FetchAsync(SyncCursor cursor, CancellationToken cancellationToken)
    {
        Note("fetch", cursor, cancellationToken);
        if (Fetches.Count > 0) return Fetches.Dequeue();
        if (OnFetch is not null) return await OnFetch(cancellationToken);
        int at = Position(cursor), next = Math.Min(at + 1, _history.Count);
        IReadOnlyList<SyncItem> items = at < _history.Count ? _history[at].Items : [];
        return Replies.Fetched(new SyncBatch(items, new SyncCursor($"k{next}"), next < _history.Count));
    }

    public void Refresh() => Refreshed++;

    private static int Position(SyncCursor cursor) =>
        cursor.Value.StartsWith('k') ? int.Parse(cursor.Value.AsSpan(1), CultureInfo.InvariantCulture) : 0;

    private void Note(string kind, SyncCursor cursor, CancellationToken cancellationToken)
    {
        if (time.Passed >= _end) _stop?.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(new Request(kind, time.Passed, cursor.Value));
        Noted?.Invoke();
    }
}
