using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>The time limit for a message in the queue (-TimeoutSec), counted from the creation of this object.</summary>
internal sealed class Patience(SendOptions options, RequestBudget budget, TimeProvider time)
{
    private readonly Countdown? _left = options.Timeout is { } timeout ? new Countdown(time, timeout) : null;

    /// <summary>Waits, unless the wait would exceed the limit.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.Throttled"/>: the wait would exceed the limit.</exception>
    public async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero) return;
        if (wait > _left?.Left)
        {
            throw new WeChatException(
                WeChatErrorReason.Throttled,
                $"The message was not sent: it would wait {Math.Ceiling(wait.TotalSeconds):0} seconds, longer than -TimeoutSec allows.");
        }

        options.Waiting?.Report(wait);
        await time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits before what did not get through is sent again. Being repeated is no waiting for a turn: it has an end of its own. Repeating is
    /// the session's own doing, so it takes a place in the session's budget.
    /// </summary>
    public async Task WaitToRetryAsync(Exception trouble, TimeSpan wait, CancellationToken cancellationToken)
    {
        options.Retrying?.Report(new SendRetry(trouble.Message, wait));
        await time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
        await budget.TakeAsync(cancellationToken).ConfigureAwait(false);
    }
}
