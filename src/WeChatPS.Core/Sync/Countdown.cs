using System;

namespace WeChatPS.Sync;

/// <summary>
/// A span of time that runs down from its creation. It is measured by the monotonic clock, because a system clock that is set back by hours
/// must not make anybody wait for hours. Immutable.
/// </summary>
internal sealed class Countdown(TimeProvider time, TimeSpan span)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>The rest; zero when it has run down.</summary>
    public TimeSpan Left => span - time.GetElapsedTime(_started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public bool IsOver => Left == TimeSpan.Zero;
}
