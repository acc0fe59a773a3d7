using System;
using System.Threading;
using System.Threading.Tasks;
using Polly.Timeout;

namespace WeChatPS.Http;

/// <content>Uploads: bodies sent in pieces, limited only by an idle timeout.</content>
internal sealed partial class WeChatHttp
{
    private async Task<WireReply> UploadAsync(
        ConnectionPool connections, WireRequest request, WireExchange exchange, CancellationToken cancellationToken)
    {
        using var idle = new IdleDeadline(_time, request.Deadline ?? _settings.IdleTimeout, cancellationToken);
        try
        {
            return await ExchangeAsync(connections, request, exchange, idle.Token, idle).ConfigureAwait(false);
        }
        catch (Exception e) when (idle.IsOver && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutRejectedException("Nothing moved.", idle.Patience, e);
        }
    }
}
