using System;
using System.Threading;

namespace WeChatPS;

/// <content>What happens to a session while nobody asks.</content>
public sealed partial class WeChatSession
{
    private readonly object _noting = new();
    private SessionState _noted = SessionState.Connecting;

    /// <summary>
    /// Raised for each change of state, once and in order, and for each notice. On any thread, in the midst of things: handlers take it
    /// down and return at once.
    /// </summary>
    internal event Action<EventArgs>? Happened;

    /// <summary>Cancelled when the session is released; nothing happens to it any more.</summary>
    internal CancellationToken Closed => _closing.Token;

    /// <summary>Has the next cmdlet say something.</summary>
    internal void Say(string warning) => Warn(warning);

    private void NoteState()
    {
        lock (_noting)
        {
            SessionState now = State, before = _noted;
            if (now == before) return;
            _noted = now;
            string? reason = now == SessionState.Degraded ? DegradedReason : _ending;
            Happened?.Invoke(new WeChatStateEventArgs(Name, now, before, reason, Time.GetUtcNow()));
        }
    }
}
