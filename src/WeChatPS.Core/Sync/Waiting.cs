using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>Waits on the session's clock.</summary>
internal static class Waiting
{
    /// <summary>Waits for at least the given time; not at all for a time that is over.</summary>
    public static Task DelayAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
        // the platform drops what is less than a millisecond: who waits until a certain time would ask again and again
        delay <= TimeSpan.Zero
            ? Task.CompletedTask
            : Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), time, cancellationToken);
}
