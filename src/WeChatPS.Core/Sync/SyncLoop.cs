using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>
/// The heart: polls, fetches, fills the inbox, and goes on doing so whatever the server does. One poll is in flight at a time; failure
/// slows it down, an answer without data slows it down, and only the server's word, given twice, ends it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A disposed semaphore forgets its waiters, and one without a wait handle holds nothing.")]
internal sealed partial class SyncLoop(
    ISyncTransport transport, Inbox inbox, SyncHealth health, TimeProvider time, Func<double> random)
{
    /// <summary>While the guard slows the loop down, so many turns are one fetch each, and then one is a poll.</summary>
    private const int SlowTurnsPerPoll = 20;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly object _gate = new();
    private TaskCompletionSource<PollReply>? _joined;
    private int _slowTurns;
    private long _gains;

    /// <summary>How many fetches have brought something.</summary>
    public long Gains => Interlocked.Read(ref _gains);

    /// <summary>Whether somebody polls or fetches at this moment.</summary>
    public bool IsBusy => _turn.CurrentCount == 0;

    /// <summary>Polls and fetches until cancelled.</summary>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InboxUnavailable"/>: nothing more is fetched, so nothing is lost.</exception>
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

    /// <summary>Fetches what is there now, without waiting for more.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.Unreachable"/> or <see cref="WeChatErrorReason.Throttled"/>.</exception>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    public async Task DrainAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (CoolDown() is { Ticks: > 0 } left) throw Failure(SyncVerdict.Throttled, AskedForLess(left));

            // nobody announced anything, so nothing is odd about an empty reply; only asking again and again is
            await time.DelayAsync(_drains.Take(), stop).ConfigureAwait(false);
            bool isMore;
            do
            {
                await PauseAsync(stop).ConfigureAwait(false);
                FetchReply reply = await FetchAsync(null, stop).ConfigureAwait(false);
                if (!IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero)) throw Failure(reply.Verdict, reply.Detail);
                bool brought = Keep(reply.Batch!);
                if (brought) _drains.Return();
                isMore = brought && reply.Batch!.More;
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
    /// One long poll that fetches nothing; joins the poll of a running loop. Slowed down like the loop when the server answers at once
    /// again and again.
    /// </summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.Unreachable"/> or <see cref="WeChatErrorReason.Throttled"/>.</exception>
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
            if (poll.Verdict == SyncVerdict.Fatal) return await DoubtAsync(poll, stop).ConfigureAwait(false);
            if (!IsUsable(poll.Verdict, poll.Detail, poll.Elapsed)) throw Failure(poll.Verdict, poll.Detail);
            TakeIn(poll);
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

    private static string AskedForLess(TimeSpan left) =>
        $"WeChat asked for less traffic. It is left alone for {Math.Ceiling(left.TotalMinutes):0} more minutes.";

    /// <returns>The outcome of the poll that somebody else makes, this one or the next; null when he makes none (any more).</returns>
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
            // both at once: who joins now must find either a poll to come or the turn free
            joined = Joined();
            _turn.Release();
        }

        joined?.TrySetCanceled(CancellationToken.None);
    }

    private async Task<PollReply> PollAsync(CancellationToken stop)
    {
        health.Polled();
        PollReply reply = await transport.PollAsync(inbox.Cursor, stop).ConfigureAwait(false);

        // whether a fatal reply is the end is not known yet
        if (reply.Verdict != SyncVerdict.Fatal) Joined()?.TrySetResult(reply);
        return reply;
    }

    /// <summary>
    /// One fetch, and one more before a session is declared dead; single 1100s and 1101s have been seen that meant nothing.
    /// </summary>
    /// <param name="doubt">The code of the request before, where that said already that the session is over.</param>
    /// <param name="stop">Ends the fetch.</param>
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
        else if (IsUsable(poll.Verdict, poll.Detail, poll.Elapsed)) TakeIn(poll);
    }

    /// <summary>
    /// A turn while the polls say nothing of use: one request. A fetch brings the data if there is any; now and then it is a poll, since a
    /// server that has recovered and has nothing to say shows that only by holding it.
    /// </summary>
    private async Task SlowTurnAsync(CancellationToken stop)
    {
        if (++_slowTurns % SlowTurnsPerPoll == 0)
        {
            PollReply poll = await PollAsync(stop).ConfigureAwait(false);
            if (poll.Verdict == SyncVerdict.Fatal) await FetchAllAsync(poll, stop).ConfigureAwait(false);
            else if (IsUsable(poll.Verdict, poll.Detail, poll.Elapsed)) TakeIn(poll);
            return;
        }

        FetchReply reply = await FetchAsync(null, stop).ConfigureAwait(false);
        bool brought = IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero) && TakeIn(reply.Batch!, _whyEmpty, TimeSpan.Zero);

        // who waits for the next poll need not wait for minutes
        Joined()?.TrySetResult(new PollReply(reply.Verdict, brought, reply.Code, 0, TimeSpan.Zero, reply.Detail));
    }

    private static bool Announces(PollReply poll) => poll.Verdict == SyncVerdict.Wake || (poll.HasChanges && poll.Batch is null);

    private async Task FetchAllAsync(PollReply poll, CancellationToken stop)
    {
        int? doubt = poll.Verdict == SyncVerdict.Fatal ? poll.RetCode : null;
        for ((string why, TimeSpan elapsed) = (poll.Detail, poll.Elapsed); ; (why, elapsed, doubt) = ("ContinueFlag without messages", default, null))
        {
            FetchReply reply = await FetchAsync(doubt, stop).ConfigureAwait(false);
            if (!IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero)) return;
            TakeIn(reply.Batch!, why, elapsed);
            if (!reply.Batch!.More) return;
            await PauseAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>A poll that nobody follows with a fetch said that the session is over, and one more request says that it is not.</summary>
    private async Task<PollReply> DoubtAsync(PollReply poll, CancellationToken stop)
    {
        FetchReply second = await FetchAsync(poll.RetCode, stop).ConfigureAwait(false);
        if (!IsUsable(second.Verdict, second.Detail, TimeSpan.Zero)) throw Failure(second.Verdict, second.Detail);
        return poll with { Verdict = SyncVerdict.Ok, HasChanges = TakeIn(second.Batch!, poll.Detail, poll.Elapsed) };
    }
}
