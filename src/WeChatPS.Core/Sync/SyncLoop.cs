using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>
/// The sync loop: polls, fetches and fills the inbox, one poll at a time. Only messages earn speed: a turn that brings none costs places
/// of the session's budget. The loop ends only when two endpoints, one after the other, say that the session is over.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A disposed semaphore forgets its waiters, and one without a wait handle holds nothing.")]
internal sealed partial class SyncLoop(
    ISyncTransport transport, Inbox inbox, SyncHealth health, RequestBudget budget, Awakening awakening, TimeProvider time, Func<double> random)
{
    /// <summary>The number of fetches without a message after which a drain ends, though the server promises more.</summary>
    private const int EmptyFetchesOfDrain = 3;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly object _gate = new();
    private TaskCompletionSource<PollReply>? _joined;
    private bool _owesFetch;
    private int _unearned;
    private long _gains;

    /// <summary>The number of fetches and polls that returned messages.</summary>
    public long Gains => Interlocked.Read(ref _gains);

    /// <summary>Whether a poll or fetch is running.</summary>
    public bool IsBusy => _turn.CurrentCount == 0;

    /// <summary>Polls and fetches until cancelled. While the inbox cannot take a batch, nothing is fetched.</summary>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InboxUnavailable"/>: the inbox is gone. No message is lost.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            using IDisposable watch = awakening.Watch(Wake);
            while (true)
            {
                await PauseAsync(stop).ConfigureAwait(false);
                await TurnAsync(stop).ConfigureAwait(false);
            }
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>Fetches the data that is available now, without a long poll. It ends when the server has no more, or brings no message.</summary>
    /// <exception cref="WeChatException">The request failed (<see cref="WeChatErrorReason.Unreachable"/>), the server throttles the account
    /// (<see cref="WeChatErrorReason.Throttled"/>), or the inbox cannot take a batch (<see cref="WeChatErrorReason.InboxUnavailable"/>).</exception>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    public async Task DrainAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (CoolDown() is { Ticks: > 0 } left) throw Failure(SyncVerdict.Throttled, ThrottleMessage(left));
            if (inbox.Obstacle() is { } obstacle) throw new WeChatException(WeChatErrorReason.InboxUnavailable, obstacle);

            // Without a poll, an empty response is normal. Only the rate of the fetches is limited.
            await _drains.TakeAsync(stop).ConfigureAwait(false);
            FetchReply reply;
            int empty = 0;
            do
            {
                await PauseAsync(stop).ConfigureAwait(false);
                reply = await VerifiedFetchAsync(null, isAsked: true, stop).ConfigureAwait(false);
                if (!IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero)) throw Failure(reply.Verdict, reply.Detail);
                bool isProgress = Keep(reply.Batch!);
                if (isProgress) _drains.Return();
                empty = isProgress ? 0 : empty + 1;
            }
            while (reply.Batch!.More && empty < EmptyFetchesOfDrain);
            _owesFetch = false;
            if (!_guard.IsActive) health.Good();
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>
    /// One long poll without a fetch. While the loop runs, this method waits for the loop's poll. It is slowed down like the loop when the
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
            _unearned = 0;
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

    private async Task TurnAsync(CancellationToken stop)
    {
        _unearned = 0;
        if (inbox.Obstacle() is { } obstacle)
        {
            Block(obstacle);
            Joined()?.TrySetResult(new PollReply(SyncVerdict.Transient, false, 0, 0, TimeSpan.Zero, obstacle));
            return;
        }

        if (_owesFetch)
        {
            long gains = Gains;
            FetchReply reply = await FetchAllAsync(null, stop).ConfigureAwait(false);

            // Callers that wait for the next poll get this result, because that poll may be far away.
            Joined()?.TrySetResult(new PollReply(reply.Verdict, Gains > gains, reply.Code, 0, TimeSpan.Zero, reply.Detail));
            return;
        }

        SyncCursor cursor = inbox.Cursor;
        if (await PollUnlessWokenAsync(stop).ConfigureAwait(false) is { } poll)
            await FollowAsync(poll, isCurrent: inbox.Cursor == cursor, stop).ConfigureAwait(false);
    }

    /// <param name="poll">The poll of the turn.</param>
    /// <param name="isCurrent">Whether nothing was fetched beside the poll. Otherwise its announcement is out of date.</param>
    /// <param name="stop">Cancels the turn.</param>
    private async Task FollowAsync(PollReply poll, bool isCurrent, CancellationToken stop)
    {
        if (poll.Verdict == SyncVerdict.Fatal)
        {
            await FetchAllAsync(poll, stop).ConfigureAwait(false);
        }
        else if (!IsUsable(poll.Verdict, poll.Detail, poll.Elapsed))
        {
            // The fetches may work nevertheless. From here on they are tried first, until one succeeds.
            if (poll.Verdict != SyncVerdict.Throttled && ++_failedPolls >= FailedPollsBeforeFetch) await FetchAllAsync(null, stop).ConfigureAwait(false);
        }
        else
        {
            _failedPolls = 0;
            if (!isCurrent && poll.Batch is null) poll = poll with { Verdict = SyncVerdict.Ok, HasChanges = false };
            if (Announces(poll) || ProvesNothing(poll)) await FetchAllAsync(poll, stop).ConfigureAwait(false);
            else Process(poll);
        }
    }

    /// <summary>Whether a poll that announces nothing came back too soon to be believed.</summary>
    /// <remarks>Without the budget's places, the polls after which the guard is active take ten seconds. A message must not wait for them.</remarks>
    private bool ProvesNothing(PollReply poll) => poll.Batch is null
        && (_guard.IsActive ? poll.Elapsed < TurnGuard.GoodHold : poll.Elapsed < TurnGuard.Immediate && !budget.HasPlace);

    private static bool Announces(PollReply poll) => poll.Verdict == SyncVerdict.Wake || (poll.HasChanges && poll.Batch is null);

    /// <summary>Fetches until the server has no more. A fetch that fails is owed: the next turn repeats it before it polls.</summary>
    /// <param name="poll">The poll that leads to the fetch; null without one.</param>
    /// <param name="stop">Cancels the fetches.</param>
    private async Task<FetchReply> FetchAllAsync(PollReply? poll, CancellationToken stop)
    {
        _owesFetch = true;
        if (CoolDown() > TimeSpan.Zero) await PauseAsync(stop).ConfigureAwait(false);
        PollReply? doubt = poll is { Verdict: SyncVerdict.Fatal } ? poll : null;
        (string? why, TimeSpan elapsed) = (poll?.Detail, poll?.Elapsed ?? TimeSpan.Zero);
        while (true)
        {
            FetchReply reply = await VerifiedFetchAsync(doubt, isAsked: false, stop).ConfigureAwait(false);
            if (!IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero) || !Store(reply.Batch!, why, elapsed)) return reply;
            _owesFetch = reply.Batch!.More;
            if (!reply.Batch.More) return reply;
            (doubt, why, elapsed) = (null, "ContinueFlag without messages", TimeSpan.Zero);
            stop.ThrowIfCancellationRequested();
        }
    }
}
