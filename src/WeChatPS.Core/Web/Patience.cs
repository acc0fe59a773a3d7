using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>How long one message may wait for its turn, counted from now, whatever it waits for.</summary>
internal sealed class Patience(SendOptions options, TimeProvider time)
{
    private readonly DateTimeOffset? _giveUpAt = time.GetUtcNow() + options.Timeout;

    /// <summary>Waits, unless that would be longer than the message may wait.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.Throttled"/>: it would be.</exception>
    public async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero) return;
        if (time.GetUtcNow() + wait > _giveUpAt)
        {
            throw new WeChatException(
                WeChatErrorReason.Throttled,
                $"The message was not sent: its turn would come in {wait.TotalSeconds:0} seconds, which is longer than it may wait.");
        }

        options.Waiting?.Report(wait);
        await time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits before what did not get through is sent again. Being repeated is no waiting for a turn: it has an end of its own.</summary>
    public async Task WaitToRetryAsync(Exception trouble, TimeSpan wait, CancellationToken cancellationToken)
    {
        options.Retrying?.Report(new SendRetry(trouble.Message, wait));
        await time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
    }
}
