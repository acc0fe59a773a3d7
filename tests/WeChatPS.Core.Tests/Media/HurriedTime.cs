using System;
using System.Threading;

namespace WeChatPS.Core.Tests.Media;

/// <summary>
/// The real clock, except that short waits (the pauses between tries) are over at once and that spans are measured as if they were a
/// thousand times longer. Deadlines stay what they are.
/// </summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= s_short ? TimeSpan.FromTicks(1) : dueTime, period);

    public override long GetTimestamp() => base.GetTimestamp() * 1000;
}
