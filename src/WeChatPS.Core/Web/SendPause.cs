using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>
/// The rest that the whole account takes when the server asks for less traffic (1205): nothing that sends or uploads goes out meanwhile,
/// and nothing is dropped. Thread-safe.
/// </summary>
internal sealed class SendPause(TimeProvider time, Func<double> random)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(30);

    private readonly object _gate = new();
    private readonly BackOff _length = new(TimeSpan.FromMinutes(1), 2, s_longest, random);
    private DateTimeOffset? _until;

    /// <summary>Until when nothing goes out; kept with the saved session.</summary>
    public DateTimeOffset? Until
    {
        get
        {
            lock (_gate) return _until;
        }

        init => _until = value;
    }

    /// <summary>Since when nothing goes out; of a pause that an earlier process began, since this one knows.</summary>
    public DateTimeOffset Since { get; private set; } = time.GetUtcNow();

    /// <summary>Raised when a pause has begun.</summary>
    public Action? Begun { get; init; }

    // longer than any pause can be: the clock was set back since, and nothing can be said about what is left
    private TimeSpan Left => Until - time.GetUtcNow() is { } left && left <= s_longest ? left : TimeSpan.Zero;

    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>Begins a pause, each longer than the one before.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            // several may have been on their way when the first was refused: that is one refusal
            DateTimeOffset now = time.GetUtcNow();
            if (_until > now) return;
            (Since, _until) = (now, now + _length.Next());
        }

        Begun?.Invoke();
    }

    /// <summary>Something got through: the next pause is short again.</summary>
    public void GotThrough()
    {
        lock (_gate) _length.Reset();
    }

    /// <summary>Waits until there is no pause.</summary>
    /// <param name="patience">How long that may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.Throttled"/>: it would take longer than it may.</exception>
    public async Task WaitAsync(Patience patience, CancellationToken cancellationToken)
    {
        while (Left is { Ticks: > 0 } left) await patience.WaitAsync(left, cancellationToken).ConfigureAwait(false);
    }
}
