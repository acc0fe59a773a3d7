using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>
/// The sync loop: polls, fetches and fills the inbox, one poll at a time. It backs off after failures and after repeated responses
/// without data. It ends only when two responses in a row say that the session is over.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A disposed semaphore forgets its waiters, and one without a wait handle holds nothing.")]
internal sealed partial class SyncLoop(
    ISyncTransport transport, Inbox inbox, SyncHealth health, TimeProvider time, Func<double> random)
{
    /// <summary>While the guard is active, one turn in this many is a poll. The other turns are fetches.</summary>
    private const int SlowTurnsPerPoll = 20;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly object _gate = new();
    private TaskCompletionSource<PollReply>? _joined;
    private int _slowTurns;
    private long _gains;

    /// <summary>The number of fetches and polls that returned data.</summary>
    public long Gains => Interlocked.Read(ref _gains);

    /// <summary>Whether a poll or fetch is running.</summary>
    public bool IsBusy => _turn.CurrentCount == 0;

    /// <summary>Polls and fetches until cancelled.</summary>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InboxUnavailable"/>. The loop stops fetching, so no message is lost.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            while (true)
            {
                await PauseAsync(stop).ConfigureAwait(false);
                if (_guard.IsActive) await SlowTurnAsync(stop).ConfigureAwait(false);
                else await TurnAsync(stop).ConfigureAwait(false);
            }
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>Fetches the data that is available now, without a long poll.</summary>
    /// <exception cref="WeChatException">The request failed (<see cref="WeChatErrorReason.Unreachable"/>), or the server throttles the account (<see cref="WeChatErrorReason.Throttled"/>).</exception>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    public async Task DrainAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (CoolDown() is { Ticks: > 0 } left) throw Failure(SyncVerdict.Throttled, ThrottleMessage(left));

            // Without a poll, an empty response is normal. Only the rate of the fetches is limited.
            await time.DelayAsync(_drains.Take(), stop).ConfigureAwait(false);
            bool isMore;
            do
            {
                await PauseAsync(stop).ConfigureAwait(false);
                FetchReply reply = await FetchAsync(null, stop).ConfigureAwait(false);
                if (!IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero)) throw Failure(reply.Verdict, reply.Detail);
                bool hasData = Keep(reply.Batch!);
                if (hasData) _drains.Return();
                isMore = hasData && reply.Batch!.More;
            }
            while (isMore);
            if (!_guard.IsActive) health.Good();
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>
    /// One long poll without a fetch. While the loop runs, this method waits for the loop's poll. It backs off like the loop when the
    /// server keeps responding immediately.
    /// </summary>
    /// <exception cref="WeChatException">The request failed (<see cref="WeChatErrorReason.Unreachable"/>), or the server throttles the account (<see cref="WeChatErrorReason.Throttled"/>).</exception>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    public async Task<PollReply> WaitAsync(CancellationToken stop)
    {
        while (!_turn.Wait(0, stop))
        {
            if (await JoinAsync(stop).ConfigureAwait(false) is { } joined)
                return joined.Verdict is SyncVerdict.Ok or SyncVerdict.Wake ? joined : throw Failure(joined.Verdict, joined.Detail);
        }

        try
        {
            await PauseAsync(stop).ConfigureAwait(false);
            PollReply poll = await PollAsync(stop).ConfigureAwait(false);
            if (poll.Verdict == SyncVerdict.Fatal) return await VerifyEndAsync(poll, stop).ConfigureAwait(false);
            if (!IsUsable(poll.Verdict, poll.Detail, poll.Elapsed)) throw Failure(poll.Verdict, poll.Detail);
            Process(poll);
            return poll;
        }
        finally
        {
            EndTurn();
        }
    }

    private static WeChatException Failure(SyncVerdict verdict, string detail) => verdict == SyncVerdict.Throttled
        ? new WeChatException(WeChatErrorReason.Throttled, detail)
        : new WeChatException(WeChatErrorReason.Unreachable, detail);

    private static string ThrottleMessage(TimeSpan left) =>
        $"WeChat throttled the session. Polling pauses for {Math.Ceiling(left.TotalMinutes):0} more minutes.";

    /// <returns>The outcome of the current or next poll of another caller; null when the other caller polls no more.</returns>
    private async Task<PollReply?> JoinAsync(CancellationToken stop)
    {
        Task<PollReply> poll;
        lock (_gate)
        {
            if (_turn.CurrentCount > 0) return null;
            _joined ??= new TaskCompletionSource<PollReply>(TaskCreationOptions.RunContinuationsAsynchronously);
            poll = _joined.Task;
        }

        try
        {
            return await poll.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private TaskCompletionSource<PollReply>? Joined()
    {
        lock (_gate)
        {
            TaskCompletionSource<PollReply>? joined = _joined;
            _joined = null;
            return joined;
        }
    }

    private void EndTurn()
    {
        TaskCompletionSource<PollReply>? joined;
        lock (_gate)
        {
            // Under one lock: a caller that joins must find either a coming poll or a free turn.
            joined = Joined();
            _turn.Release();
        }

        joined?.TrySetCanceled(CancellationToken.None);
    }

    private async Task<PollReply> PollAsync(CancellationToken stop)
    {
        health.Polled();
        PollReply reply = await transport.PollAsync(inbox.Cursor, stop).ConfigureAwait(false);

        // A fatal response must be confirmed first.
        if (reply.Verdict != SyncVerdict.Fatal) Joined()?.TrySetResult(reply);
        return reply;
    }

    /// <summary>
    /// Fetches once, and once more before the session counts as over, because single 1100 and 1101 codes can be false alarms.
    /// </summary>
    /// <param name="doubt">The code of the previous request, if it said that the session is over; otherwise null.</param>
    /// <param name="stop">Cancels the fetch.</param>
    private async Task<FetchReply> FetchAsync(int? doubt, CancellationToken stop)
    {
        while (true)
        {
            FetchReply reply = await transport.FetchAsync(inbox.Cursor, stop).ConfigureAwait(false);
            if (reply.Verdict != SyncVerdict.Fatal) return reply;
            if (doubt is int code)
            {
                var ended = new SyncEndedException(reply.Code == 0 ? code : reply.Code, reply.Detail);
                Joined()?.TrySetException(ended);
                throw ended;
            }

            doubt = reply.Code;
        }
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        _slowTurns = 0;
        PollReply poll = await PollAsync(stop).ConfigureAwait(false);
        if (poll.Verdict == SyncVerdict.Fatal || Announces(poll)) await FetchAllAsync(poll, stop).ConfigureAwait(false);
        else if (IsUsable(poll.Verdict, poll.Detail, poll.Elapsed)) Process(poll);
    }

    /// <summary>
    /// One turn of one request while the guard is active. It is usually a fetch, because the polls are unreliable. Some turns are polls,
    /// because only a held poll shows that a server without data has recovered.
    /// </summary>
    private async Task SlowTurnAsync(CancellationToken stop)
    {
        if (++_slowTurns % SlowTurnsPerPoll == 0)
        {
            PollReply poll = await PollAsync(stop).ConfigureAwait(false);
            if (poll.Verdict == SyncVerdict.Fatal) await FetchAllAsync(poll, stop).ConfigureAwait(false);
            else if (IsUsable(poll.Verdict, poll.Detail, poll.Elapsed)) Process(poll);
            return;
        }

        FetchReply reply = await FetchAsync(null, stop).ConfigureAwait(false);
        bool hasData = IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero) && Process(reply.Batch!, _whyEmpty, TimeSpan.Zero);

        // Callers that wait for the next poll get this result, because that poll may be minutes away.
        Joined()?.TrySetResult(new PollReply(reply.Verdict, hasData, reply.Code, 0, TimeSpan.Zero, reply.Detail));
    }

    private static bool Announces(PollReply poll) => poll.Verdict == SyncVerdict.Wake || (poll.HasChanges && poll.Batch is null);

    private async Task FetchAllAsync(PollReply poll, CancellationToken stop)
    {
        int? doubt = poll.Verdict == SyncVerdict.Fatal ? poll.RetCode : null;
        for ((string why, TimeSpan elapsed) = (poll.Detail, poll.Elapsed); ; (why, elapsed, doubt) = ("ContinueFlag without messages", default, null))
        {
            FetchReply reply = await FetchAsync(doubt, stop).ConfigureAwait(false);
            if (!IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero)) return;
            Process(reply.Batch!, why, elapsed);
            if (!reply.Batch!.More) return;
            await PauseAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Checks with a fetch whether the session is really over, after a poll that said so.</summary>
    private async Task<PollReply> VerifyEndAsync(PollReply poll, CancellationToken stop)
    {
        FetchReply second = await FetchAsync(poll.RetCode, stop).ConfigureAwait(false);
        if (!IsUsable(second.Verdict, second.Detail, TimeSpan.Zero)) throw Failure(second.Verdict, second.Detail);
        return poll with { Verdict = SyncVerdict.Ok, HasChanges = Process(second.Batch!, poll.Detail, poll.Elapsed) };
    }
}
