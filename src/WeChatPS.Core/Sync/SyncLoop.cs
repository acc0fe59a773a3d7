using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>
/// The heart: polls, fetches, fills the inbox, and goes on doing so whatever the server does. One poll is in flight at a time; failure
/// slows it down, an answer without data slows it down, and only the server's word, given twice, ends it.
/// </summary>
internal sealed class SyncLoop(
    ISyncTransport transport, Inbox inbox, SyncHealth health, TimeProvider time, Func<double> random) : IDisposable
{
    private static readonly TimeSpan s_firstCoolDown = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_longestCoolDown = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TurnGuard _guard = new(time, random);
    private readonly BackOff _trouble = new(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(60), random);
    private readonly BackOff _coolDown = new(s_firstCoolDown, 2, s_longestCoolDown, random);
    private readonly object _gate = new();
    private TaskCompletionSource<PollReply>? _joined;
    private bool _running;
    private TimeSpan _pause;

    /// <summary>Polls and fetches until cancelled.</summary>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InboxUnavailable"/>: nothing more is fetched, so nothing is lost.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        lock (_gate) _running = true;
        try
        {
            while (true)
            {
                await PauseAsync(stop).ConfigureAwait(false);
                PollReply poll = await PollAsync(stop).ConfigureAwait(false);
                if (!await JudgeAsync(poll.Verdict, poll.RetCode, poll.Detail, poll.Elapsed, stop).ConfigureAwait(false)) continue;
                if (poll.Batch is not null) TakeIn(poll.Batch, poll.Detail, poll.Elapsed);
                else if (poll.HasChanges || poll.Verdict == SyncVerdict.Wake) await FetchAllAsync(poll, stop).ConfigureAwait(false);
                else NothingNew(poll);
            }
        }
        finally
        {
            lock (_gate) _running = false;
            Joined()?.TrySetCanceled(CancellationToken.None);
            _turn.Release();
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
            while (true)
            {
                await PauseAsync(stop).ConfigureAwait(false);
                FetchReply reply = await transport.FetchAsync(inbox.Cursor, stop).ConfigureAwait(false);
                if (!await JudgeAsync(reply.Verdict, reply.Code, reply.Detail, TimeSpan.Zero, stop).ConfigureAwait(false))
                    throw Failure(reply.Verdict, reply.Detail);
                bool progress = TakeIn(reply.Batch!, "ContinueFlag without messages", TimeSpan.Zero);
                if (!reply.Batch!.More || !progress) return;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>One long poll that fetches nothing; joins the poll of a running loop. Slowed down like the loop when the server answers at once again and again.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.Unreachable"/> or <see cref="WeChatErrorReason.Throttled"/>.</exception>
    /// <exception cref="SyncEndedException">The server ended the session.</exception>
    public async Task<PollReply> WaitAsync(CancellationToken stop)
    {
        if (await JoinAsync(stop).ConfigureAwait(false) is { } joined)
            return joined.Verdict is SyncVerdict.Ok or SyncVerdict.Wake ? joined : throw Failure(joined.Verdict, joined.Detail);
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await PauseAsync(stop).ConfigureAwait(false);
            PollReply poll = await PollAsync(stop).ConfigureAwait(false);
            if (!await JudgeAsync(poll.Verdict, poll.RetCode, poll.Detail, poll.Elapsed, stop).ConfigureAwait(false))
                throw Failure(poll.Verdict, poll.Detail);
            if (poll.Batch is not null) TakeIn(poll.Batch, poll.Detail, poll.Elapsed);
            else NothingNew(poll);
            return poll;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static WeChatException Failure(SyncVerdict verdict, string detail) => verdict == SyncVerdict.Throttled
        ? new WeChatException(WeChatErrorReason.Throttled, detail)
        : new WeChatException(WeChatErrorReason.Unreachable, detail);

    /// <returns>The outcome of the running loop's poll, this one or the next; null when no loop runs (any more).</returns>
    private async Task<PollReply?> JoinAsync(CancellationToken stop)
    {
        Task<PollReply> poll;
        lock (_gate)
        {
            if (!_running) return null;
            _joined ??= new TaskCompletionSource<PollReply>(TaskCreationOptions.RunContinuationsAsynchronously);
            poll = _joined.Task;
        }

        try
        {
            return await poll.OrCancelled(stop).ConfigureAwait(false);
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

    private async Task<PollReply> PollAsync(CancellationToken stop)
    {
        health.Polled();
        PollReply reply = await transport.PollAsync(inbox.Cursor, stop).ConfigureAwait(false);
        Joined()?.TrySetResult(reply);
        return reply;
    }

    private async Task FetchAllAsync(PollReply poll, CancellationToken stop)
    {
        string why = poll.Detail;
        for (TimeSpan elapsed = poll.Elapsed; ; elapsed = TimeSpan.Zero, why = "ContinueFlag without messages")
        {
            FetchReply reply = await transport.FetchAsync(inbox.Cursor, stop).ConfigureAwait(false);
            if (!await JudgeAsync(reply.Verdict, reply.Code, reply.Detail, TimeSpan.Zero, stop).ConfigureAwait(false)) return;
            TakeIn(reply.Batch!, why, elapsed);
            if (!reply.Batch!.More) return;
            await PauseAsync(stop).ConfigureAwait(false);
        }
    }

    /// <returns>Whether the batch brought anything.</returns>
    private bool TakeIn(SyncBatch batch, string why, TimeSpan elapsed)
    {
        bool progress = inbox.Append(batch) > 0 || batch.HasContactChanges;
        Answered();
        if (progress)
        {
            _guard.Data();
            health.Good();
        }
        else
        {
            TurnWasEmpty(why, elapsed);
        }

        return progress;
    }

    private void NothingNew(PollReply poll)
    {
        Answered();
        TurnWasEmpty(poll.Detail, poll.Elapsed);
    }

    // a poll that announces data is no sign of health yet: the fetch must work too
    private void Answered()
    {
        _trouble.Reset();
        _coolDown.Reset();
    }

    private void TurnWasEmpty(string why, TimeSpan elapsed)
    {
        _pause = _guard.Empty(elapsed);
        if (_guard.IsActive)
        {
            health.Stalled(
                $"WeChat answers at once again and again but brings nothing ({why}). Polling is slowed down until data comes. Likely causes: "
                + "the phone has been offline for long, a proxy that answers in WeChat's place, or keys that the server no longer moves.",
                _pause);
        }
        else
        {
            health.Good();
        }
    }

    /// <summary>What a verdict means for the next turn.</summary>
    /// <returns>Whether the reply can be used.</returns>
    private async Task<bool> JudgeAsync(SyncVerdict verdict, int code, string detail, TimeSpan elapsed, CancellationToken stop)
    {
        switch (verdict)
        {
            case SyncVerdict.Ok or SyncVerdict.Wake:
                return true;
            case SyncVerdict.Throttled:
                _pause = _coolDown.Next();
                health.ThrottledUntil = time.GetUtcNow() + _pause;
                health.Trouble($"WeChat asks for less traffic ({detail}). It is left alone for {_pause.TotalMinutes:0} minutes.", _pause);
                return false;
            case SyncVerdict.Fatal:
                await ConfirmAsync(code, detail, stop).ConfigureAwait(false);
                return false;
            default:
                // what the try itself took counts as waiting: after a poll of 35 s without an answer the next one goes out at once
                TimeSpan pause = _trouble.Next() - elapsed;
                _pause = pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
                health.Trouble($"WeChat does not answer as it should ({detail}). Trying again until it does.", _pause);
                return false;
        }
    }

    /// <summary>One request more before a session is declared dead; single 1100s and 1101s have been seen that meant nothing.</summary>
    private async Task ConfirmAsync(int code, string detail, CancellationToken stop)
    {
        FetchReply second = await transport.FetchAsync(inbox.Cursor, stop).ConfigureAwait(false);
        switch (second.Verdict)
        {
            case SyncVerdict.Fatal:
                throw new SyncEndedException(second.Code == 0 ? code : second.Code, second.Detail);
            case SyncVerdict.Ok:
                TakeIn(second.Batch!, detail, TimeSpan.Zero);
                break;
            default:
                await JudgeAsync(second.Verdict, second.Code, second.Detail, TimeSpan.Zero, stop).ConfigureAwait(false);
                break;
        }
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        TimeSpan pause = _pause;
        if (health.ThrottledUntil is { } until && until - time.GetUtcNow() > pause) pause = until - time.GetUtcNow();
        await time.DelayAsync(pause, stop).ConfigureAwait(false);
        _pause = TimeSpan.Zero;
    }
}
