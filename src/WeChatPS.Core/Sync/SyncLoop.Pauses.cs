using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <content>The pause that a response causes before the next turn.</content>
internal sealed partial class SyncLoop
{
    private static readonly TimeSpan s_firstCoolDown = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_longestCoolDown = TimeSpan.FromMinutes(30);

    private readonly TurnGuard _guard = new(time);
    private readonly BackOff _trouble = new(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(60), random);

    // Attempts without a connection cost the server nothing, so short pauses are possible. They end soon after the network is back.
    private readonly BackOff _offline = new(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(4), random);
    private readonly BackOff _coolDown = new(s_firstCoolDown, 2, s_longestCoolDown, random);

    // At most about one request a second over any minute.
    private readonly Pace _drains = new(TimeSpan.FromSeconds(2), burst: 30, time);
    private string _whyEmpty = "";
    private TimeSpan _pause;
    private long _pausedAt;

    /// <summary>Processes a poll that is not followed by a fetch.</summary>
    private void Process(PollReply poll)
    {
        if (poll.Batch is not null)
        {
            Process(poll.Batch, poll.Detail, poll.Elapsed);
            return;
        }

        // A poll that announces data proves nothing yet: the fetch must succeed too.
        bool announced = Announces(poll);
        if (!announced) Answered();
        TurnWasEmpty(poll.Detail, poll.Elapsed, isGood: !announced);
    }

    /// <returns>Whether the batch has new data.</returns>
    private bool Process(SyncBatch batch, string why, TimeSpan elapsed)
    {
        if (Keep(batch)) return true;
        TurnWasEmpty(why, elapsed, isGood: true);
        return false;
    }

    /// <returns>Whether the batch has new data.</returns>
    private bool Keep(SyncBatch batch)
    {
        bool progress = inbox.Append(batch).Added > 0 || batch.HasContactChanges;
        Answered();
        if (!progress) return false;
        Interlocked.Increment(ref _gains);
        _guard.Data();
        health.Good();
        return true;
    }

    private void Answered()
    {
        _trouble.Reset();
        _offline.Reset();
        _coolDown.Reset();
    }

    private void TurnWasEmpty(string why, TimeSpan elapsed, bool isGood)
    {
        _whyEmpty = why;
        TimeSpan pause = _guard.Empty(elapsed);
        Pause(pause);
        if (_guard.IsActive)
        {
            health.Stalled(
                $"WeChat keeps responding immediately without data ({why}). Polling is slowed until data arrives. For causes, run Test-WeChatSync.",
                pause);
        }
        else if (isGood)
        {
            health.Good();
        }
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
                Pause(coolDown);
                health.ThrottledUntil = time.GetUtcNow() + coolDown;
                health.Trouble($"WeChat throttled the session ({detail}). Polling pauses for {coolDown.TotalMinutes:0} minutes.", coolDown);
                return false;
            default:
                // The duration of the failed request counts as part of the pause. After a poll of 35 s without a response, the next poll starts at once.
                BackOff backOff = verdict == SyncVerdict.Offline ? _offline : _trouble;
                TimeSpan next = backOff.Next() - elapsed, pause = next > TimeSpan.Zero ? next : TimeSpan.Zero;
                Pause(pause);
                health.Trouble($"WeChat is not responding correctly ({detail}).", pause, " The session keeps retrying.");
                return false;
        }
    }

    private void Pause(TimeSpan pause) => (_pause, _pausedAt) = (pause, time.GetTimestamp());

    // A pause has a fixed end. After a cancellation or a late call, only the remaining time is waited for.
    private async Task PauseAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        TimeSpan left = _pause - time.GetElapsedTime(_pausedAt), coolDown = CoolDown();
        if (coolDown > TimeSpan.Zero && coolDown > left)
        {
            left = coolDown;
            if (health.DegradedSince is null) health.Trouble(ThrottleMessage(coolDown), coolDown);
        }

        await time.DelayAsync(left, stop).ConfigureAwait(false);
        _pause = TimeSpan.Zero;
        health.Trying();
    }

    // The system clock may have been set back since.
    private TimeSpan CoolDown()
    {
        TimeSpan left = health.ThrottledUntil is { } until ? until - time.GetUtcNow() : TimeSpan.Zero;
        return left < s_longestCoolDown ? left : s_longestCoolDown;
    }
}
