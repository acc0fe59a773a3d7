using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sessions;

/// <summary>Gives everybody who waits for the same key a turn, one after the other, in the order of the calls; different keys do not wait for each other.</summary>
internal sealed class InOrder
{
    private readonly Dictionary<string, Task<bool>> _last = new(StringComparer.Ordinal);

    /// <summary>Waits for a turn.</summary>
    /// <param name="key">What has to be done in order.</param>
    /// <param name="cancellationToken">Leaves the queue; the order of those behind stays.</param>
    /// <returns>The turn, which ends when it is disposed of.</returns>
    public async Task<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var turn = new Turn(this, key);
        Task<bool> before;
        lock (_last)
        {
            before = _last.TryGetValue(key, out Task<bool>? last) ? last : Task.FromResult(true);
            _last[key] = turn.Over;
        }

        try
        {
            await before.WaitAsync(cancellationToken).ConfigureAwait(false);
            return turn;
        }
        catch
        {
            // those behind must not overtake the ones before
            _ = before.ContinueWith(_ => turn.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    private void End(string key, Task over)
    {
        lock (_last)
        {
            if (_last[key] == over) _last.Remove(key);
        }
    }

    private sealed class Turn(InOrder order, string key) : IDisposable
    {
        private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Over => _over.Task;

        public void Dispose()
        {
            order.End(key, Over);
            _over.SetResult(true);
        }
    }
}
