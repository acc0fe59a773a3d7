using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.Acceptance;

/// <summary>Waits for what has to come, however slow the machine is.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Looks again and again until it is so.</summary>
    /// <param name="isSo">What has to become true.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="state">What is the case instead, for the message.</param>
    /// <exception cref="TimeoutException">It never was.</exception>
    public static async Task BeSo(Func<bool> isSo, string what, Func<string>? state = null)
    {
        for (long started = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(1))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"This never came: {what}. {state?.Invoke()}");
        }
    }
}
