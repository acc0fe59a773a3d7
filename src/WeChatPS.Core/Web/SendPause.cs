using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>
/// The pause of sends and uploads while the server throttles the account (1205). Messages wait and are not dropped. Thread-safe.
/// </summary>
internal sealed class SendPause(TimeProvider time, Func<double> random)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(30);

    private readonly object _gate = new();
    private readonly BackOff _length = new(TimeSpan.FromMinutes(1), 2, s_longest, random);
    private volatile Countdown? _left;

    /// <summary>The end of the pause by the system clock, for people and for the saved session; null without a pause.</summary>
    public DateTimeOffset? Until
    {
        get => Left is { Ticks: > 0 } left ? time.GetUtcNow() + left : null;

        // A rest longer than any pause means that the system clock was set back since it was saved. The pause is then over.
        init => _left = value - time.GetUtcNow() is { Ticks: > 0 } left && left <= s_longest ? new Countdown(time, left) : null;
    }

    /// <summary>The start of the pause. For a pause from an earlier process, the start of this object.</summary>
    public DateTimeOffset Since { get; private set; } = time.GetUtcNow();

    /// <summary>Raised when a pause has started.</summary>
    public Action? Begun { get; init; }

    public bool IsOver => Left == TimeSpan.Zero;

    private TimeSpan Left => _left?.Left ?? TimeSpan.Zero;

    /// <summary>Starts a pause. Each is longer than the previous one.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            // Several requests may have been sent before the first refusal. Together they cause one pause.
            if (!IsOver) return;
            (Since, _left) = (time.GetUtcNow(), new Countdown(time, _length.Next()));
        }

        Begun?.Invoke();
    }

    /// <summary>Notes an accepted request, after which the next pause is short again.</summary>
    public void NoteAccepted()
    {
        lock (_gate) _length.Reset();
    }

    /// <summary>Waits until there is no pause.</summary>
    /// <param name="patience">The time limit of the message.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.Throttled"/>: the wait would exceed the limit.</exception>
    public async Task WaitAsync(Patience patience, CancellationToken cancellationToken)
    {
        while (Left is { Ticks: > 0 } left) await patience.WaitAsync(left, cancellationToken).ConfigureAwait(false);
    }
}
