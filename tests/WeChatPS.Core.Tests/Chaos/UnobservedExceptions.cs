using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>Catches what tasks failed with while nobody looked.</summary>
internal sealed class UnobservedExceptions : IDisposable
{
    private readonly ConcurrentQueue<Exception> _seen = new();

    public UnobservedExceptions()
    {
        // what others left behind is theirs
        Collect();
        TaskScheduler.UnobservedTaskException += See;
    }

    public void AssertNone()
    {
        Collect();
        Assert.Empty(_seen);
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= See;

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private void See(object? sender, UnobservedTaskExceptionEventArgs e) => _seen.Enqueue(e.Exception);
}
