using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Http;

/// <summary>A reply whose body is read piece by piece. It may take as long as it wants, as long as something comes.</summary>
internal sealed class WireDownload(WireExchange exchange, IdleDeadline idle, CancellationToken caller) : IDisposable
{
    private HttpResponseMessage? _response;
    private Stream? _body;
    private bool _hasEnded;

    /// <summary>Tells the proxy on the way to an address; null where there is none.</summary>
    public required Func<Uri, Uri?> ProxyFor { get; init; }

    /// <summary>Called once, when nothing more will be read.</summary>
    public Action? Ended { get; init; }

    public int Status => (int)Response.StatusCode;

    public string? ContentType =>
        Response.Content.Headers.TryGetValues("Content-Type", out var values) ? values.FirstOrDefault() : null;

    /// <summary>How many bytes this reply's body has; null where the server does not say.</summary>
    public long? Length => Response.Content.Headers.ContentLength;

    /// <summary>Whether the end of the body can be told from a connection that broke.</summary>
    public bool HasDefiniteEnd => Length is not null || Response.Headers.TransferEncodingChunked == true;

    /// <summary>Which part of the whole this is (206); null where that is not said.</summary>
    public ContentRangeHeaderValue? Range => Status == 206 ? Response.Content.Headers.ContentRange : null;

    /// <summary>What tells this version of the content from another one, for <c>If-Range</c>; null when nothing does.</summary>
    public string? Validator => Response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;

    /// <summary>The bytes read so far.</summary>
    public long Received { get; private set; }

    private HttpResponseMessage Response => _response ?? throw new InvalidOperationException("The reply has not begun.");

    /// <summary>Waits for the reply to begin.</summary>
    /// <exception cref="WireException">It does not.</exception>
    public async Task StartAsync(Func<CancellationToken, Task<HttpResponseMessage>> send)
    {
        try
        {
            _response = await send(idle.Token).ConfigureAwait(false);
            _body = await _response.Content.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (Failure(e) is not { } failure)
                throw;
            throw failure;
        }
    }

    /// <summary>Reads the next piece.</summary>
    /// <returns>How many bytes; 0 at the end of a body that is whole.</returns>
    /// <exception cref="WireException">The connection broke, or nothing came for too long.</exception>
    public async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            idle.Restart();
            int count = await _body!.ReadAsync(buffer.AsMemory(), idle.Token).ConfigureAwait(false);
            Received += count;
            return count > 0 || Received >= (Length ?? 0) ? count : throw new EndOfStreamException();
        }
        catch (Exception e)
        {
            if (Failure(e) is not { } failure)
                throw;
            throw failure;
        }
    }

    public void Dispose()
    {
        if (!_hasEnded && _response is not null)
            exchange.Ended(new WireReply(Status, default) { Received = Received });
        End();
    }

    // what the platform throws, in the project's own words; null for what the wire cannot cause
    private Exception? Failure(Exception thrown)
    {
        Exception? failure = null;
        if (caller.IsCancellationRequested)
        {
            exchange.Cancelled();
            failure = new OperationCanceledException($"{exchange.Request.Endpoint} was cancelled.", thrown, caller);
        }
        else if (idle.IsOver || WireFailures.Of(thrown) is not null)
        {
            WireException wire = idle.IsOver
                ? new WireException(
                    WireFailure.Deadline,
                    exchange.Request.Endpoint,
                    $"{exchange.Request.Endpoint}: {exchange.Request.Uri.Host}:{exchange.Request.Uri.Port} sent nothing for {idle.Patience.TotalSeconds:0.#} s.",
                    thrown)
                : WireFailures.Describe(exchange.Request, thrown, idle.Patience, ProxyFor(exchange.Request.Uri));
            exchange.Failed(wire);
            failure = wire;
        }

        End();
        return failure;
    }

    private void End()
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        _response?.Dispose();
        idle.Dispose();
        Ended?.Invoke();
    }
}
