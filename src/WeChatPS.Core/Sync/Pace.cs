using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>A token bucket without timers, which computes how long the next request must wait. It runs on elapsed time, so setting the system clock has no effect.</summary>
/// <param name="interval">The time in which one token is returned.</param>
/// <param name="burst">The number of requests that are possible at once after a rest.</param>
/// <param name="time">The session's clock.</param>
internal sealed class Pace(TimeSpan interval, int burst, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _fullAt;

    /// <summary>Whether a token is free.</summary>
    public bool IsFree
    {
        get
        {
            lock (_gate) return Wait() <= TimeSpan.Zero;
        }
    }

    /// <summary>Takes the next token.</summary>
    /// <returns>The time to wait before the request.</returns>
    public TimeSpan Take()
    {
        lock (_gate)
        {
            TimeSpan wait = Wait();
            _fullAt += interval;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>Takes the next token and waits for it.</summary>
    public async Task TakeAsync(CancellationToken stop)
    {
        try
        {
            await time.DelayAsync(Take(), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Return();
            throw;
        }
    }

    /// <summary>Takes a token only if at least <paramref name="leave"/> others stay free.</summary>
    public bool TryTake(int leave)
    {
        lock (_gate)
        {
            if (Wait() + TimeSpan.FromTicks(interval.Ticks * leave) > TimeSpan.Zero) return false;
            _fullAt += interval;
            return true;
        }
    }

    /// <summary>Returns a token that was not used.</summary>
    public void Return()
    {
        lock (_gate) _fullAt -= interval;
    }

    // The time until a token is free; negative while several are. The caller holds the gate.
    private TimeSpan Wait()
    {
        TimeSpan now = time.GetElapsedTime(_start);
        if (_fullAt < now) _fullAt = now;
        return _fullAt - now - TimeSpan.FromTicks(interval.Ticks * (burst - 1));
    }
}
