using System;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Waits for what has to come, however slow the machine is.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Polls a condition until it holds.</summary>
    /// <param name="condition">What has to become true.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="state">What is the case instead, for the message.</param>
    /// <exception cref="TimeoutException">It never did.</exception>
    public static async Task UntilAsync(Func<bool> condition, string what, Func<string>? state = null)
    {
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException($"never happened: {what}. {state?.Invoke()}");
            await Task.Delay(1);
        }
    }
}
