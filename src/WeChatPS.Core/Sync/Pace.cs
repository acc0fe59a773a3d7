using System;

namespace WeChatPS.Sync;

/// <summary>A token bucket without timers, which computes how long the next request must wait.</summary>
/// <param name="interval">The time in which one token is returned.</param>
/// <param name="burst">The number of requests that are possible at once after a rest.</param>
/// <param name="time">The session's clock.</param>
internal sealed class Pace(TimeSpan interval, int burst, TimeProvider time)
{
    private readonly object _gate = new();
    private DateTimeOffset _fullAt = DateTimeOffset.MinValue;

    /// <summary>Takes the next token.</summary>
    /// <returns>The time to wait before the request.</returns>
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

    /// <summary>Returns a token that was not used.</summary>
    public void Return()
    {
        lock (_gate) _fullAt -= interval;
    }
}
