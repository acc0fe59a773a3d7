using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.State;

/// <summary>Wakes everybody who waits. Take <see cref="Next"/>, look at the state, then wait: nothing is missed in between.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Pulse"/>.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Waiting that ends without exceptions, whatever ends it.</summary>
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
