using System;
using System.Threading;

namespace WeChatPS.Sync;

/// <summary>The state of the sync loop for Get-WeChatSession and for warnings. Each change causes one notice.</summary>
internal sealed class SyncHealth(TimeProvider time, Action<SessionNotice> notify)
{
    private readonly object _gate = new();
    private volatile State _now = new();
    private long _polls;

    /// <summary>The time of the last correct response.</summary>
    public DateTimeOffset? LastSync => _now.LastSync;

    /// <summary>The last failure as text.</summary>
    public string? LastError => _now.LastError;

    /// <summary>The time of the next request; null while the loop is not waiting.</summary>
    public DateTimeOffset? NextTry => _now.NextTry;

    /// <summary>The time since when the server has not responded correctly; null while it does.</summary>
    public DateTimeOffset? DegradedSince => _now.DegradedSince;

    /// <summary>The reason for <see cref="DegradedSince"/> as text.</summary>
    public string? DegradedReason => _now.DegradedReason;

    /// <summary>The time since when the server cannot be reached or responds incorrectly. Immediate responses without data do not count.</summary>
    public DateTimeOffset? OfflineSince => _now.OfflineSince;

    /// <summary>The end of the throttle pause (1205), stored with the saved session.</summary>
    public DateTimeOffset? ThrottledUntil
    {
        get => _now.ThrottledUntil;
        set
        {
            Change(now => now with { ThrottledUntil = value });
            if (value is not null) Throttled?.Invoke();
        }
    }

    /// <summary>Raised when <see cref="ThrottledUntil"/> was set, so that the session is saved for the next process.</summary>
    public Action? Throttled { get; set; }

    public long Polls => Interlocked.Read(ref _polls);

    public void Polled() => Interlocked.Increment(ref _polls);

    /// <summary>Notes that a pause is over.</summary>
    public void Trying()
    {
        if (_now.NextTry is not null) Change(now => now with { NextTry = null });
    }

    /// <summary>Notes a correct response.</summary>
    public void Good()
    {
        State before = Change(now => new State { LastSync = time.GetUtcNow(), LastError = now.LastError });
        if (before.DegradedSince is not null) notify(new SessionNotice(NoticeLevel.Information, "WeChat is responding again."));
    }

    /// <summary>Notes what ended the loop. Whoever runs the loop gets it as an error, so there is no notice.</summary>
    public void Failed(string reason) => Change(now => now with { LastError = reason });

    /// <summary>Notes that the loop backs off because responses have no data.</summary>
    public void Stalled(string reason, TimeSpan pause) =>
        Degrade(reason, pause, now => now with { LastSync = time.GetUtcNow(), OfflineSince = null });

    /// <summary>Notes a failure. The loop retries after the pause.</summary>
    /// <param name="reason">The reason as text.</param>
    /// <param name="pause">The pause before the retry.</param>
    /// <param name="plan">Text added to the warning: what the session does next.</param>
    public void Trouble(string reason, TimeSpan pause, string plan = "") =>
        Degrade(reason, pause, now => now with { OfflineSince = now.OfflineSince ?? time.GetUtcNow() }, plan);

    private void Degrade(string reason, TimeSpan pause, Func<State, State> change, string plan = "")
    {
        DateTimeOffset at = time.GetUtcNow();
        State before = Change(now => change(now) with
        {
            LastError = reason, DegradedSince = now.DegradedSince ?? at, DegradedReason = reason, NextTry = at + pause,
        });
        if (before.DegradedSince is null) notify(new SessionNotice(NoticeLevel.Warning, reason + plan));
    }

    /// <returns>The previous state.</returns>
    private State Change(Func<State, State> change)
    {
        lock (_gate)
        {
            State before = _now;
            _now = change(before);
            return before;
        }
    }

    // Immutable, so that other threads read a consistent state.
    private sealed record State
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
