using System;

namespace WeChatPS;

/// <summary>A session's state changed (Register-WeChatEvent StateChanged).</summary>
public sealed class WeChatStateEventArgs : EventArgs
{
    internal WeChatStateEventArgs(string session, SessionState state, SessionState previousState, string? reason, DateTimeOffset time) =>
        (Session, State, PreviousState, Reason, Time) = (session, state, previousState, reason, time);

    /// <summary>The session's name.</summary>
    public string Session { get; }

    /// <summary>What it became.</summary>
    public SessionState State { get; }

    /// <summary>What it was.</summary>
    public SessionState PreviousState { get; }

    /// <summary>Why, in words; null where there is nothing to say.</summary>
    public string? Reason { get; }

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>One line, fit for a terminal.</summary>
    public override string ToString() =>
        $"{Session}: {PreviousState} → {State}{(Reason is null ? "" : $": {DisplayText.Visible(Reason)}")}";
}
