using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>A clock that jumps: whoever waits is served at once, and the time he wanted to wait has passed. An hour takes milliseconds.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly object _gate = new();
    private TimeSpan _passed;
    private TimeSpan _setBack;
    private TimeSpan _end = TimeSpan.MaxValue;
    private CancellationTokenSource? _stop;

    /// <summary>While set, nothing happens by itself: waits last until they are cancelled.</summary>
    public bool IsFrozen { get; set; }

    public TimeSpan Passed
    {
        get
        {
            lock (_gate) return _passed;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed.Ticks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return s_start + _passed - _setBack;
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate) _passed += by;
        if (Passed >= _end) _stop?.Cancel();
    }

    /// <summary>From then on the loop is stopped, even if it asks for nothing.</summary>
    public void StopAt(TimeSpan end, CancellationTokenSource stop) => (_end, _stop) = (end, stop);

    /// <summary>Somebody sets the day's clock back; elapsed time is none the wiser.</summary>
    public void SetBack(TimeSpan by)
    {
        lock (_gate) _setBack += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!IsFrozen && dueTime >= TimeSpan.Zero)
        {
            Advance(dueTime);
            callback(state);
        }

        return new SpentTimer();
    }

    private sealed class SpentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
