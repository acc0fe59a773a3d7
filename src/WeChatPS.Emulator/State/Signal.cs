using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.State;

/// <summary>Wakes all waiters. To miss no pulse, get <see cref="Next"/>, then check the state, then wait.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Pulse"/>.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Waits without exceptions.</summary>
internal static class Waiting
{
    /// <summary>Waits for the task, the end of the time or the token, whichever is first.</summary>
    public static async Task ForAsync(Task task, TimeSpan time, CancellationToken cancel)
    {
        if (time > TimeSpan.Zero)
        {
            await task.WaitAsync(time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
