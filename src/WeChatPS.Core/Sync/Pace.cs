using System;

namespace WeChatPS.Sync;

/// <summary>A token bucket without timers: says how long the next request of a kind has to wait.</summary>
/// <param name="interval">One token comes back in this time.</param>
/// <param name="burst">So many may go out at once after a rest.</param>
/// <param name="time">The session's clock.</param>
internal sealed class Pace(TimeSpan interval, int burst, TimeProvider time)
{
    private readonly object _gate = new();
    private DateTimeOffset _fullAt = DateTimeOffset.MinValue;

    /// <summary>Takes the next token.</summary>
    /// <returns>How long to wait before it may be used.</returns>
    public TimeSpan Take()
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_fullAt < now) _fullAt = now;
            TimeSpan wait = _fullAt - now - TimeSpan.FromTicks(interval.Ticks * (burst - 1));
            _fullAt += interval;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>Gives a token back that was taken and not used.</summary>
    public void Return()
    {
        lock (_gate) _fullAt -= interval;
    }
}
