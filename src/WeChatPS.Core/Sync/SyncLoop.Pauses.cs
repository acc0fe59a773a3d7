using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <content>What a reply means for the next turn: at once, or after which pause.</content>
internal sealed partial class SyncLoop
{
    private static readonly TimeSpan s_firstCoolDown = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_longestCoolDown = TimeSpan.FromMinutes(30);

    private readonly TurnGuard _guard = new(time);
    private readonly BackOff _trouble = new(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(60), random);

    // no server is burdened by tries that do not get there, and people want to be back soon after the network is
    private readonly BackOff _offline = new(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(4), random);
    private readonly BackOff _coolDown = new(s_firstCoolDown, 2, s_longestCoolDown, random);

    // at most one request a second over any minute
    private readonly Pace _drains = new(TimeSpan.FromSeconds(2), burst: 30, time);
    private string _whyEmpty = "";
    private TimeSpan _pause;
    private long _pausedAt;

    /// <summary>A poll that is all there is to this turn.</summary>
    private void TakeIn(PollReply poll)
    {
        if (poll.Batch is not null)
        {
            TakeIn(poll.Batch, poll.Detail, poll.Elapsed);
            return;
        }

        // one that announces data is no sign of health yet: the fetch must work too
        bool announced = Announces(poll);
        if (!announced) Answered();
        TurnWasEmpty(poll.Detail, poll.Elapsed, isGood: !announced);
    }

    /// <returns>Whether the batch brought anything.</returns>
    private bool TakeIn(SyncBatch batch, string why, TimeSpan elapsed)
    {
        if (Keep(batch)) return true;
        TurnWasEmpty(why, elapsed, isGood: true);
        return false;
    }

    /// <returns>Whether the batch brought anything.</returns>
    private bool Keep(SyncBatch batch)
    {
        bool progress = inbox.Append(batch) > 0 || batch.HasContactChanges;
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
                $"WeChat answers at once again and again but brings nothing ({why}). Polling is slowed down until data comes. Likely causes: "
                + "the phone has been offline for long, a proxy that answers in WeChat's place, or keys that the server no longer moves.",
                pause);
        }
        else if (isGood)
        {
            health.Good();
        }
    }

    /// <summary>What a verdict means for the next turn.</summary>
    /// <returns>Whether the reply can be used.</returns>
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
                health.Trouble($"WeChat asks for less traffic ({detail}). It is left alone for {coolDown.TotalMinutes:0} minutes.", coolDown);
                return false;
            default:
                // what the try itself took counts as waiting: after a poll of 35 s without an answer the next one goes out at once
                BackOff backOff = verdict == SyncVerdict.Offline ? _offline : _trouble;
                TimeSpan next = backOff.Next() - elapsed, pause = next > TimeSpan.Zero ? next : TimeSpan.Zero;
                Pause(pause);
                health.Trouble($"WeChat does not answer as it should ({detail}).", pause, " Trying again until it does.");
                return false;
        }
    }

    private void Pause(TimeSpan pause) => (_pause, _pausedAt) = (pause, time.GetTimestamp());

    // a pause runs on the clock: one that was cancelled, or that its caller slept through, is not waited for again
    private async Task PauseAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        TimeSpan left = _pause - time.GetElapsedTime(_pausedAt), coolDown = CoolDown();
        if (coolDown > TimeSpan.Zero && coolDown > left)
        {
            left = coolDown;
            if (health.DegradedSince is null) health.Trouble(AskedForLess(coolDown), coolDown);
        }

        await time.DelayAsync(left, stop).ConfigureAwait(false);
        _pause = TimeSpan.Zero;
        health.Trying();
    }

    // the day's clock may have been set back since, by years
    private TimeSpan CoolDown()
    {
        TimeSpan left = health.ThrottledUntil is { } until ? until - time.GetUtcNow() : TimeSpan.Zero;
        return left < s_longestCoolDown ? left : s_longestCoolDown;
    }
}
