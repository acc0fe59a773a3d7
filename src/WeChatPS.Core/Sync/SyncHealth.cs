using System;

namespace WeChatPS.Sync;

/// <summary>How the loop is doing, for people and for Get-WeChatSession. Says each change once.</summary>
internal sealed class SyncHealth(TimeProvider time, Action<SessionNotice> notify)
{
    private readonly object _gate = new();

    /// <summary>The last time the server answered as it should.</summary>
    public DateTimeOffset? LastSync { get; private set; }

    /// <summary>What went wrong last, in words.</summary>
    public string? LastError { get; private set; }

    /// <summary>When the loop tries again; null while it does not wait.</summary>
    public DateTimeOffset? NextTry { get; private set; }

    /// <summary>Since when the server does not answer as it should; null while it does.</summary>
    public DateTimeOffset? DegradedSince { get; private set; }

    /// <summary>Why, in words.</summary>
    public string? DegradedReason { get; private set; }

    /// <summary>Since when the server cannot be reached or answers nonsense. A server that answers at once and brings nothing is reachable.</summary>
    public DateTimeOffset? OfflineSince { get; private set; }

    /// <summary>Until when the server wants to be left alone; kept with the saved session.</summary>
    public DateTimeOffset? ThrottledUntil { get; set; }

    public long Polls { get; private set; }

    public void Polled() => Polls++;

    /// <summary>The server answered, and nothing is odd.</summary>
    public void Good()
    {
        bool recovered;
        lock (_gate)
        {
            recovered = DegradedSince is not null;
            LastSync = time.GetUtcNow();
            (DegradedSince, DegradedReason, OfflineSince, NextTry, ThrottledUntil) = (null, null, null, null, null);
        }

        if (recovered) notify(new SessionNotice(NoticeLevel.Information, "WeChat answers again; messages flow."));
    }

    /// <summary>The server answered, but the loop is being slowed down because nothing came.</summary>
    public void Stalled(string reason, TimeSpan pause)
    {
        LastSync = time.GetUtcNow();
        OfflineSince = null;
        Degrade(reason, pause);
    }

    /// <summary>The server did not answer as it should; the loop tries again after the pause.</summary>
    public void Trouble(string reason, TimeSpan pause)
    {
        LastError = reason;
        OfflineSince ??= time.GetUtcNow();
        Degrade(reason, pause);
    }

    private void Degrade(string reason, TimeSpan pause)
    {
        bool first;
        lock (_gate)
        {
            first = DegradedSince is null;
            DateTimeOffset now = time.GetUtcNow();
            DegradedSince ??= now;
            DegradedReason = reason;
            NextTry = now + pause;
        }

        if (first) notify(new SessionNotice(NoticeLevel.Warning, reason));
    }
}
