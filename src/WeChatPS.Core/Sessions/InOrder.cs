using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sessions;

/// <summary>Gives turns to callers with the same key, one at a time, in the order of their calls. Different keys are independent.</summary>
internal sealed class InOrder
{
    private readonly Dictionary<string, Task<bool>> _last = new(StringComparer.Ordinal);

    /// <summary>Waits for a turn.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Leaves the queue. The order of later callers is unchanged.</param>
    /// <returns>The turn. Disposing it ends the turn.</returns>
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
            // Later callers must not overtake earlier ones.
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
