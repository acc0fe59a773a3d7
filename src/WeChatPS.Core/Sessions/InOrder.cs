using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace WeChatPS.Sessions;

/// <summary>Runs what belongs to one key one after the other, in the order of the calls; different keys do not wait for each other.</summary>
internal sealed class InOrder
{
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);

    public async Task<T> RunAsync<T>(string key, Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_last)
        {
            before = _last.TryGetValue(key, out Task? last) ? last : Task.CompletedTask;
            _last[key] = done.Task;
        }

        await before.ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            lock (_last)
            {
                if (_last[key] == done.Task) _last.Remove(key);
            }

            done.SetResult(true);
        }
    }
}
