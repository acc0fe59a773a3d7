using System;
using System.Threading;

namespace WeChatPS.Sync;

/// <summary>How the loop is doing, for people and for Get-WeChatSession. Says each change once.</summary>
internal sealed class SyncHealth(TimeProvider time, Action<SessionNotice> notify)
{
    private readonly object _gate = new();
    private volatile Picture _now = new();
    private long _polls;

    /// <summary>The last time the server answered as it should.</summary>
    public DateTimeOffset? LastSync => _now.LastSync;

    /// <summary>What went wrong last, in words.</summary>
    public string? LastError => _now.LastError;

    /// <summary>When the loop tries again; null while it does not wait.</summary>
    public DateTimeOffset? NextTry => _now.NextTry;

    /// <summary>Since when the server does not answer as it should; null while it does.</summary>
    public DateTimeOffset? DegradedSince => _now.DegradedSince;

    /// <summary>Why, in words.</summary>
    public string? DegradedReason => _now.DegradedReason;

    /// <summary>Since when the server cannot be reached or answers nonsense. A server that answers at once and brings nothing is reachable.</summary>
    public DateTimeOffset? OfflineSince => _now.OfflineSince;

    /// <summary>Until when the server wants to be left alone; kept with the saved session.</summary>
    public DateTimeOffset? ThrottledUntil
    {
        get => _now.ThrottledUntil;
        set
        {
            Change(now => now with { ThrottledUntil = value });
            if (value is not null) Throttled?.Invoke();
        }
    }

    /// <summary>Raised when <see cref="ThrottledUntil"/> was set, so that the next process knows too.</summary>
    public Action? Throttled { get; set; }

    public long Polls => Interlocked.Read(ref _polls);

    public void Polled() => Interlocked.Increment(ref _polls);

    /// <summary>A pause is over.</summary>
    public void Trying()
    {
        if (_now.NextTry is not null) Change(now => now with { NextTry = null });
    }

    /// <summary>The server answered, and nothing is odd.</summary>
    public void Good()
    {
        Picture before = Change(now => new Picture { LastSync = time.GetUtcNow(), LastError = now.LastError });
        if (before.DegradedSince is not null) notify(new SessionNotice(NoticeLevel.Information, "WeChat answers again; messages flow."));
    }

    /// <summary>The server answered, but the loop is being slowed down because nothing came.</summary>
    public void Stalled(string reason, TimeSpan pause) =>
        Degrade(reason, pause, now => now with { LastSync = time.GetUtcNow(), OfflineSince = null });

    /// <summary>The server did not answer as it should; the loop tries again after the pause.</summary>
    /// <param name="reason">What was wrong.</param>
    /// <param name="pause">How long until then.</param>
    /// <param name="plan">What the warning says beyond the reason: what is done about it.</param>
    public void Trouble(string reason, TimeSpan pause, string plan = "") =>
        Degrade(reason, pause, now => now with { OfflineSince = now.OfflineSince ?? time.GetUtcNow() }, plan);

    private void Degrade(string reason, TimeSpan pause, Func<Picture, Picture> change, string plan = "")
    {
        DateTimeOffset at = time.GetUtcNow();
        Picture before = Change(now => change(now) with
        {
            LastError = reason, DegradedSince = now.DegradedSince ?? at, DegradedReason = reason, NextTry = at + pause,
        });
        if (before.DegradedSince is null) notify(new SessionNotice(NoticeLevel.Warning, reason + plan));
    }

    /// <returns>How it was before.</returns>
    private Picture Change(Func<Picture, Picture> change)
    {
        lock (_gate)
        {
            Picture before = _now;
            _now = change(before);
            return before;
        }
    }

    // read by other threads while the loop changes it: all of it at once
    private sealed record Picture
    {
        public DateTimeOffset? LastSync { get; init; }

        public string? LastError { get; init; }

        public DateTimeOffset? NextTry { get; init; }

        public DateTimeOffset? DegradedSince { get; init; }

        public string? DegradedReason { get; init; }

        public DateTimeOffset? OfflineSince { get; init; }

        public DateTimeOffset? ThrottledUntil { get; init; }
    }
}
