using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS.Sessions;

/// <summary>Runs what belongs to one key one after the other, in the order of the calls; different keys do not wait for each other.</summary>
internal sealed class InOrder
{
    private readonly Dictionary<string, Task<bool>> _last = new(StringComparer.Ordinal);

    /// <param name="key">What has to be done in order.</param>
    /// <param name="work">What to do when its turn comes.</param>
    /// <param name="leave">Leaves the queue; work that has begun is not touched.</param>
    public async Task<T> RunAsync<T>(string key, Func<Task<T>> work, CancellationToken leave)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool> before;
        lock (_last)
        {
            before = _last.TryGetValue(key, out Task<bool>? last) ? last : Task.FromResult(true);
            _last[key] = done.Task;
        }

        try
        {
            await before.OrCancelled(leave).ConfigureAwait(false);
            return await work().ConfigureAwait(false);
        }
        finally
        {
            // who leaves early must not let those behind him overtake the ones before him
            _ = before.ContinueWith(
                _ => Finish(key, done), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Finish(string key, TaskCompletionSource<bool> done)
    {
        lock (_last)
        {
            if (_last[key] == done.Task) _last.Remove(key);
        }

        done.SetResult(true);
    }
}
