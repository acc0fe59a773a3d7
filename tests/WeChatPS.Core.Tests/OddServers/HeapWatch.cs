using System;
using System.Threading;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>Watches how much the heap grows.</summary>
internal sealed class HeapWatch
{
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: false);
    private readonly Timer _timer;
    private long _most;

    public HeapWatch() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

    /// <returns>The largest growth in bytes.</returns>
    public long Stop()
    {
        Look();
        _timer.Dispose();
        return Math.Max(0, _most - _before);
    }

    private void Look() => _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: false));
}
