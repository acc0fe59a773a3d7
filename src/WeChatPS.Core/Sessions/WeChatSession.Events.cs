using System;
using System.Threading;

namespace WeChatPS;

/// <content>The events of a session: state changes and notices.</content>
public sealed partial class WeChatSession
{
    private readonly object _raising = new();
    private SessionState _raisedState = SessionState.Connecting;

    /// <summary>
    /// Raised for each state change, once and in order, and for each notice. The event is raised on any thread, during other work, so handlers
    /// must return immediately.
    /// </summary>
    internal event Action<EventArgs>? Raised;

    /// <summary>Cancelled when the session is closed. No more events follow.</summary>
    internal CancellationToken Closed => _closing.Token;

    private void NoteState()
    {
        lock (_raising)
        {
            SessionState now = State, before = _raisedState;
            if (now == before) return;
            _raisedState = now;
            string? reason = now == SessionState.Degraded ? DegradedReason : _ending;
            Raised?.Invoke(new WeChatStateEventArgs(Name, now, before, reason, Time.GetUtcNow()));
        }
    }
}
