using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <content>What a response means for the next turn: its pause, and the state of the session.</content>
internal sealed partial class SyncLoop
{
    private const int RequestsOfTurn = 2;

    private static readonly TimeSpan s_firstCoolDown = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_longestCoolDown = TimeSpan.FromMinutes(30);

    // With the time that a turn takes, the session is back within 5 s after an outage, and within 15 s after a long one.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan s_longestPauseOfLongOutage = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longOutage = TimeSpan.FromMinutes(10);

    // Whether there is room on the disk again costs the server nothing.
    private static readonly TimeSpan s_blockedPause = TimeSpan.FromSeconds(2);

    private readonly TurnGuard _guard = new(time);
    private readonly BackOff _trouble = new(TimeSpan.FromSeconds(1), 1.5, s_longestPause, random);
    private readonly BackOff _coolDown = new(s_firstCoolDown, 2, s_longestCoolDown, random);

    // At most about one request a second over any minute.
    private readonly Pace _drains = new(TimeSpan.FromSeconds(2), burst: 30, time);
    private Countdown? _pause;
    private DateTimeOffset? _throttledUntil;
    private Countdown? _throttle;

    /// <summary>Processes a poll that is not followed by a fetch.</summary>
    private void Process(PollReply poll)
    {
        if (poll.Batch is not null)
        {
            Store(poll.Batch, poll.Detail, poll.Elapsed);
            return;
        }

        // A poll that announces data proves nothing yet: the fetch must succeed too.
        bool announced = Announces(poll);
        if (!announced) _coolDown.Reset();
        TurnWasEmpty(poll.Detail, poll.Elapsed, isGood: !announced);
    }

    /// <summary>Stores the batch of a turn.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="why">Why the batch was fetched, if an empty one is suspicious; otherwise null.</param>
    /// <param name="elapsed">The hold time of the turn's poll.</param>
    /// <returns>False when the inbox cannot take it. The fetch is then repeated.</returns>
    private bool Store(SyncBatch batch, string? why, TimeSpan elapsed)
    {
        if (TryKeep(batch) is not { } isProgress) return false;
        if (isProgress) return true;
        if (why is not null) TurnWasEmpty(why, elapsed, isGood: true);
        else if (_failedPolls > 0) health.Heard();
        else if (!_guard.IsActive) health.Good();
        return true;
    }

    /// <summary>Stores the batch of a fetch beside a poll. A held poll and a good fetch are all that a healthy session has.</summary>
    private void StoreBeside(SyncBatch batch)
    {
        if (TryKeep(batch) is not null && !_guard.IsActive) health.Good();
    }

    /// <returns>Whether the batch brought a message; null when the inbox cannot take it.</returns>
    private bool? TryKeep(SyncBatch batch)
    {
        try
        {
            return Keep(batch);
        }
        catch (WeChatException e) when (e.Reason == WeChatErrorReason.InboxUnavailable)
        {
            Block(inbox.Obstacle() ?? e.Message);
            return null;
        }
    }

    /// <returns>Whether the batch brought a message that earns speed.</returns>
    private bool Keep(SyncBatch batch)
    {
        bool isProgress = inbox.Append(batch).IsProgress;
        _coolDown.Reset();

        // A message earns the poll and the fetch that led to it, not what was in vain before them.
        int places = Interlocked.Exchange(ref _unearned, 0);
        if (!isProgress) return false;
        Interlocked.Increment(ref _gains);
        budget.Return(Math.Min(places, RequestsOfTurn));
        _trouble.Reset();
        _guard.Reset();
        health.Good();
        return true;
    }

    private void TurnWasEmpty(string why, TimeSpan elapsed, bool isGood)
    {
        if (elapsed >= TurnGuard.GoodHold) _trouble.Reset();
        _guard.Empty(elapsed);
        if (_guard.IsActive)
            health.Stalled($"WeChat keeps responding immediately without messages ({why}). Requests are slowed down until a message arrives. For causes, run Test-WeChatSync.");
        else if (isGood)
            health.Good();
    }

    /// <summary>Nothing can be stored, so nothing is fetched until there is room.</summary>
    private void Block(string obstacle)
    {
        _owesFetch = true;
        Pause(s_blockedPause);
        health.Blocked(obstacle, s_blockedPause);
    }

    /// <summary>Sets the pause that a verdict causes before the next turn.</summary>
    /// <returns>Whether the response can be used.</returns>
    private bool IsUsable(SyncVerdict verdict, string detail, TimeSpan elapsed)
    {
        switch (verdict)
        {
            case SyncVerdict.Ok or SyncVerdict.Wake:
                return true;
            case SyncVerdict.Throttled:
                TimeSpan coolDown = _coolDown.Next();
                (_throttledUntil, _throttle) = (time.GetUtcNow() + coolDown, new Countdown(time, coolDown));
                health.ThrottledUntil = _throttledUntil;
                health.Trouble($"WeChat throttled the session ({detail}). Polling pauses for {Math.Ceiling(coolDown.TotalMinutes):0} minutes.", coolDown);
                return false;
            default:
                // The duration of the failed request counts as part of the pause. Attempts without a connection cost the server nothing.
                bool isLong = verdict != SyncVerdict.Offline && health.OfflineFor >= s_longOutage;
                TimeSpan pause = _trouble.Next(isLong ? s_longestPauseOfLongOutage : s_longestPause) - elapsed;
                Pause(pause);
                health.Trouble($"WeChat is not responding correctly ({detail}).", pause, " The session keeps retrying.");
                return false;
        }
    }

    private void Pause(TimeSpan pause) => _pause = new Countdown(time, pause);

    // A pause has a fixed end. After a cancellation or a late call, only the remaining time is waited for.
    private async Task PauseAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (CoolDown() is { Ticks: > 0 } coolDown)
        {
            // A network that returns is no reason to ask a server that wants to be left alone.
            if (health.DegradedSince is null) health.Trouble(ThrottleMessage(coolDown), coolDown);
            await time.DelayAsync(coolDown, stop).ConfigureAwait(false);
        }

        if (_pause?.Left is { Ticks: > 0 } left) await DelayUnlessWokenAsync(left, stop).ConfigureAwait(false);
        _pause = null;
        health.Trying();
    }

    private async Task DelayUnlessWokenAsync(TimeSpan delay, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, Volatile.Read(ref _waking).Token);
        try
        {
            await time.DelayAsync(delay, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The machine woke up or its network changed.
        }
    }

    // For the pause of an earlier process, the system clock says how much is left at first. From then on elapsed time counts.
    private TimeSpan CoolDown()
    {
        if (health.ThrottledUntil is not { } until) return TimeSpan.Zero;
        if (until != _throttledUntil)
        {
            TimeSpan left = until - time.GetUtcNow();
            (_throttledUntil, _throttle) = (until, new Countdown(time, left < s_longestCoolDown ? left : s_longestCoolDown));
        }

        return _throttle!.Left;
    }
}
