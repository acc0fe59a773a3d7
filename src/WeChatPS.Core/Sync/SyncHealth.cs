using System;
using System.Threading;

namespace WeChatPS.Sync;

/// <summary>The state of the sync loop for Get-WeChatSession and for warnings. An outage causes one warning, however often it seems to end.</summary>
internal sealed class SyncHealth(TimeProvider time, Action<SessionNotice> notify)
{
    // Trouble that returns within this time belongs to the same outage, which is reported once.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(60);

    // After "responding again", trouble without a correct response in between is reported again after this time.
    private static readonly TimeSpan s_relapse = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private volatile State _now = new();
    private long? _lastTrouble;
    private long _troubleSince;
    private long _offlineFrom;
    private bool _saysDegraded;
    private long _polls;

    /// <summary>The time of the last correct response.</summary>
    public DateTimeOffset? LastSync => _now.LastSync;

    /// <summary>The last failure as text.</summary>
    public string? LastError => _now.LastError;

    /// <summary>The time of the next request; null while the loop is not waiting.</summary>
    public DateTimeOffset? NextTry => _now.NextTry;

    /// <summary>The time since when the server has not responded correctly; null while it does.</summary>
    public DateTimeOffset? DegradedSince => _now.DegradedSince;

    /// <summary>The time that has elapsed since <see cref="OfflineSince"/>; zero while the server responds.</summary>
    public TimeSpan OfflineFor
    {
        get
        {
            lock (_gate) return _now.OfflineSince is null ? TimeSpan.Zero : time.GetElapsedTime(_offlineFrom);
        }
    }

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

    /// <summary>Notes a correct response, after which nothing is wrong.</summary>
    public void Good()
    {
        bool isOver;
        string end;
        lock (_gate)
        {
            end = _now.IsBlocked ? "The session fetches messages again." : "WeChat is responding again.";
            Change(now => new State { LastSync = time.GetUtcNow(), LastError = now.LastError });
            isOver = _saysDegraded;
            _saysDegraded = false;
        }

        if (isOver) notify(new SessionNotice(NoticeLevel.Information, end));
    }

    /// <summary>Notes a correct response while something else is still wrong.</summary>
    public void Heard() => Change(now => now with { LastSync = time.GetUtcNow(), OfflineSince = null });

    /// <summary>Notes that the loop slows down because responses have no messages.</summary>
    public void Stalled(string reason) =>
        Degrade(reason, TimeSpan.Zero, now => now with { LastSync = time.GetUtcNow(), OfflineSince = null });

    /// <summary>Notes a failure of this machine, not of the server: nothing can be stored. The loop looks again after the pause.</summary>
    public void Blocked(string reason, TimeSpan pause) => Degrade(reason, pause, now => now with { IsBlocked = true });

    /// <summary>Notes what ended the loop. Whoever runs the loop gets it as an error, so there is no notice.</summary>
    public void Failed(string reason) => Change(now => now with { LastError = reason });

    /// <summary>Notes a failure. The loop retries after the pause.</summary>
    /// <param name="reason">The reason as text.</param>
    /// <param name="pause">The pause before the retry.</param>
    /// <param name="plan">Text added to the warning: what the session does next.</param>
    public void Trouble(string reason, TimeSpan pause, string plan = "") =>
        Degrade(reason, pause, now => now with { OfflineSince = now.OfflineSince ?? time.GetUtcNow() }, plan);

    private void Degrade(string reason, TimeSpan pause, Func<State, State> change, string plan = "")
    {
        bool isNews;
        lock (_gate)
        {
            DateTimeOffset at = time.GetUtcNow();
            State before = Change(now => change(now) with
            {
                LastError = reason, DegradedSince = now.DegradedSince ?? at, DegradedReason = reason, NextTry = pause > TimeSpan.Zero ? at + pause : null,
            });
            if (before.DegradedSince is null) _troubleSince = time.GetTimestamp();
            if (before.OfflineSince is null) _offlineFrom = time.GetTimestamp();
            bool isSameOutage = _lastTrouble is { } last && time.GetElapsedTime(last) < s_quiet;
            isNews = !_saysDegraded && (!isSameOutage || time.GetElapsedTime(_troubleSince) >= s_relapse);
            _saysDegraded |= isNews;
            _lastTrouble = time.GetTimestamp();
        }

        if (isNews) notify(new SessionNotice(NoticeLevel.Warning, reason + plan));
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

        public bool IsBlocked { get; init; }
    }
}
