using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>Waits on the session's clock.</summary>
internal static class Waiting
{
    /// <summary>Waits for at least the specified time. A negative time does not wait.</summary>
    public static Task DelayAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
        // The platform drops fractions of a millisecond. Rounding up prevents a caller that waits until a fixed time from looping.
        delay <= TimeSpan.Zero
            ? Task.CompletedTask
            : Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), time, cancellationToken);
}
