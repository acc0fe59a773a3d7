using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>Polling on while nobody receives.</content>
public sealed partial class WeChatSession
{
    // a disk that is full may have room again
    private static readonly TimeSpan s_keepAgainAfter = TimeSpan.FromMinutes(1);

    private CancellationTokenSource? _keeping;

    /// <summary>Whether it goes on polling into its inbox while nobody receives.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>From now on the session polls into its inbox whenever nobody receives. A receiver takes over, and gives back when it ends.</summary>
    internal void KeepAlive()
    {
        lock (_gate)
        {
            KeepsAlive = true;
            StartKeeping();
        }
    }

    /// <remarks>Within the gate.</remarks>
    private void StartKeeping()
    {
        if (!KeepsAlive || !IsConnected || _disposed || _stream is not null || _keeping is not null) return;
        _keeping = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        CancellationToken stop = _keeping.Token;
        _ = Task.Run(() => KeepAsync(stop), CancellationToken.None);
    }

    /// <summary>Its poll ends at once; the loop lets nobody else poll before that.</summary>
    /// <remarks>Within the gate.</remarks>
    private void PauseKeeping()
    {
        _keeping?.Cancel();
        _keeping = null;
    }

    private async Task KeepAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await _loop!.RunAsync(stop).ConfigureAwait(false);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                // whatever it was doing: somebody else goes on, or the session is closed
                return;
            }
            catch (SyncEndedException e)
            {
                Warn(End(e.Code, e).Message);
                return;
            }
            catch (WeChatException e)
            {
                Warn(e.Message);
            }

            try
            {
                await Time.DelayAsync(s_keepAgainAfter, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
