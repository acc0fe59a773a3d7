using System;

namespace WeChatPS;

/// <summary>A change of a session's state (Register-WeChatEvent StateChanged).</summary>
public sealed class WeChatStateEventArgs : EventArgs
{
    internal WeChatStateEventArgs(string session, SessionState state, SessionState previousState, string? reason, DateTimeOffset time) =>
        (Session, State, PreviousState, Reason, Time) = (session, state, previousState, reason, time);

    /// <summary>The session's name.</summary>
    public string Session { get; }

    /// <summary>The new state.</summary>
    public SessionState State { get; }

    /// <summary>The previous state.</summary>
    public SessionState PreviousState { get; }

    /// <summary>The reason; null without one.</summary>
    public string? Reason { get; }

    /// <summary>The time of the change.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The change as one line without control characters.</summary>
    public override string ToString() =>
        $"{Session}: {PreviousState} → {State}{(Reason is null ? "" : $": {DisplayText.Visible(Reason)}")}";
}
