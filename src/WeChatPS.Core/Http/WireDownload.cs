using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Http;

/// <summary>A response whose body is read in pieces. It has no overall deadline, only an idle timeout.</summary>
internal sealed class WireDownload(WireExchange exchange, IdleDeadline idle, CancellationToken caller) : IDisposable
{
    private HttpResponseMessage? _response;
    private Stream? _body;
    private bool _hasEnded;

    /// <summary>Gets the proxy for an address; null for a direct connection.</summary>
    public required Func<Uri, Uri?> ProxyFor { get; init; }

    /// <summary>Called once, when the download has ended.</summary>
    public Action? Ended { get; init; }

    public int Status => (int)Response.StatusCode;

    public string? ContentType =>
        Response.Content.Headers.TryGetValues("Content-Type", out var values) ? values.FirstOrDefault() : null;

    /// <summary>The length of the response's body in bytes; null if the server did not send it.</summary>
    public long? Length => Response.Content.Headers.ContentLength;

    /// <summary>Whether a complete body can be told from a broken connection.</summary>
    public bool HasDefiniteEnd => Length is not null || Response.Headers.TransferEncodingChunked == true;

    /// <summary>The part of the content that this response holds (status 206), or null.</summary>
    public ContentRangeHeaderValue? Range => Status == 206 ? Response.Content.Headers.ContentRange : null;

    /// <summary>The strong ETag of the content for <c>If-Range</c>, or null.</summary>
    public string? Validator => Response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;

    /// <summary>The bytes read so far.</summary>
    public long Received { get; private set; }

    private HttpResponseMessage Response => _response ?? throw new InvalidOperationException("The response has not begun.");

    /// <summary>Waits until the response begins.</summary>
    /// <exception cref="WireException">No response arrived.</exception>
    public async Task StartAsync(Func<CancellationToken, Task<HttpResponseMessage>> send)
    {
        try
        {
            _response = await send(idle.Token).ConfigureAwait(false);
            _body = await _response.Content.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Failure(e);
        }
    }

    /// <summary>Reads the next piece.</summary>
    /// <returns>The number of bytes; 0 at the end of a complete body.</returns>
    /// <exception cref="WireException">The connection broke, or the idle timeout passed.</exception>
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
            throw Failure(e);
        }
    }

    public void Dispose()
    {
        if (!_hasEnded && _response is not null)
            exchange.Ended(new WireReply(Status, default) { Received = Received });
        End();
    }

    // Whatever the platform throws, the caller sees his own cancellation or a failure of the wire.
    private Exception Failure(Exception thrown)
    {
        Exception failure;
        if (caller.IsCancellationRequested)
        {
            exchange.Cancelled();
            failure = new OperationCanceledException($"{exchange.Request.Endpoint} was cancelled.", thrown, caller);
        }
        else
        {
            Exception cause = idle.IsOver ? StalledException.Silent(idle.Patience, thrown) : thrown;
            WireException wire = WireFailures.Describe(exchange, cause, idle.Patience, ProxyFor(exchange.Request.Uri));
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
