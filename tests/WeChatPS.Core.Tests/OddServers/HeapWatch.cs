using System;
using System.Threading;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>Watches how much the live heap grows.</summary>
internal sealed class HeapWatch : IDisposable
{
    /// <summary>Nothing above it in any row.</summary>
    public const long Limit = 300 * 1024 * 1024;

    private readonly long _before = GC.GetTotalMemory(forceFullCollection: false);
    private readonly Timer _timer;
    private long _most;

    public HeapWatch() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));

    /// <summary>The largest growth in bytes.</summary>
    public long Most
    {
        get
        {
            Look();
            return Volatile.Read(ref _most);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long growth = GC.GetTotalMemory(forceFullCollection: false) - _before;

        // What the limit is about is what is held. The emulator's garbage is none of it.
        if (growth > Limit) growth = GC.GetTotalMemory(forceFullCollection: true) - _before;
        if (growth > Volatile.Read(ref _most)) Volatile.Write(ref _most, growth);
    }
}
