using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Http;

/// <content>Downloads: responses read while they arrive, because they may be larger than memory.</content>
internal sealed partial class WeChatHttp
{
    /// <summary>Sends a request and returns when the response begins, with any status. The caller disposes the download.</summary>
    /// <exception cref="WireException">No response arrived.</exception>
    /// <exception cref="System.OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<WireDownload> OpenAsync(WireRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ConnectionPool connections = EnterPool();
        var exchange = new WireExchange(request, _time);
        Trace?.Invoke(exchange.RequestLine());
        var download = new WireDownload(exchange, new IdleDeadline(_time, _settings.IdleTimeout, cancellationToken), cancellationToken)
        {
            ProxyFor = ProxyFor,
            Ended = () =>
            {
                if (exchange.Failure?.Failure is WireFailure.Deadline or WireFailure.Cut)
                    ReplacePool(connections);
                Record(exchange);
                connections.Leave();
            },
        };
        await download.StartAsync(async either =>
        {
            using System.Net.Http.HttpRequestMessage message = Compose(exchange);
            System.Net.Http.HttpResponseMessage response = await connections.SendAsync(message, either).ConfigureAwait(false);
            Begin(exchange, response);
            return response;
        }).ConfigureAwait(false);
        return download;
    }
}
