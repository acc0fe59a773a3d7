using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Polly;

namespace WeChatPS.Http;

/// <summary>
/// A session's connections to the server, with cookies, deadlines, limits and failures as <see cref="WireException"/>. It follows no
/// redirects and never retries. Thread-safe: a poll and several other requests can run at the same time.
/// </summary>
internal sealed partial class WeChatHttp : IDisposable
{
    private const int FirstError = 400;
    private const int BadRequest = 400;
    private const int AddressTooLong = 414; // RFC 9110, section 15.5.15
    private const int HeadersTooLarge = 431; // RFC 6585, section 5

    // Some servers answer 400 to what is too long (nginx to headers beyond 8 KB, others beyond 4 KB). A usual request has about 1.5 KB.
    private const int LongHead = 3 * 1024;

    private readonly object _gate = new();
    private readonly HttpSettings _settings;
    private readonly CookieJar _cookies;
    private readonly TimeProvider _time;
    private readonly WireLog? _log;
    private readonly ResiliencePipeline _deadline;
    private ConnectionPool? _connections;

    /// <param name="settings">The network settings.</param>
    /// <param name="cookies">The session's cookies, read and updated by requests.</param>
    /// <param name="time">The clock for deadlines and cookies.</param>
    /// <param name="log">The log for all exchanges, disposed together with this object.</param>
    public WeChatHttp(HttpSettings settings, CookieJar cookies, TimeProvider time, WireLog? log = null)
    {
        _settings = settings;
        _cookies = cookies;
        _time = time;
        _log = log;
        _deadline = NewDeadline(time);
        _connections = ConnectionPool.Create(settings);
    }

    /// <summary>Called with a redacted line for every request and response, on any thread.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Sends a request and reads the complete response, with any status.</summary>
    /// <exception cref="WireException">The response did not arrive completely.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<WireReply> SendAsync(WireRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan patience = PatienceFor(request);
        ConnectionPool connections = EnterPool();
        var exchange = new WireExchange(request, _time);
        Trace?.Invoke(exchange.RequestLine());
        try
        {
            WireReply reply = request.Deadline is not null && request.Pieces is null
                ? await WithinAsync(patience, connections, request, exchange, cancellationToken).ConfigureAwait(false)
                : await WhileMovingAsync(patience, connections, request, exchange, cancellationToken).ConfigureAwait(false);
            Record(exchange.Ended(reply));
            return reply;
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            Record(exchange.Cancelled());
            throw new OperationCanceledException($"{request.Endpoint} was cancelled.", e, cancellationToken);
        }
        catch (Exception e)
        {
            WireException failure = WireFailures.Describe(exchange, e, patience, ProxyFor(request.Uri));
            if (failure.Failure is WireFailure.Deadline or WireFailure.Cut)
                ReplacePool(connections);
            Record(exchange.Failed(failure));
            throw failure;
        }
        finally
        {
            connections.Leave();
        }
    }

    /// <summary>Gets the proxy for an address; null for a direct connection.</summary>
    public Uri? ProxyFor(Uri address) => new SessionProxy(_settings).GetProxy(address);

    /// <summary>Abandons the open connections, which may be dead since the machine slept or the network changed: the next request opens a new one. Requests under way keep theirs.</summary>
    public void Refresh()
    {
        ConnectionPool? connections;
        lock (_gate)
            connections = _connections;
        if (connections is not null)
            ReplacePool(connections);
    }

    public void Dispose()
    {
        ConnectionPool? connections;
        lock (_gate)
            (connections, _connections) = (_connections, null);
        connections?.Leave();
        _log?.Dispose();
    }

    private async Task<WireReply> ExchangeAsync(
        ConnectionPool connections, WireRequest request, WireExchange exchange, CancellationToken cancellationToken, IdleDeadline? idle = null)
    {
        try
        {
            using HttpRequestMessage message = Compose(exchange, idle);
            using HttpResponseMessage response = await connections.SendAsync(message, cancellationToken).ConfigureAwait(false);
            bool isTooLong = Begin(exchange, response);
            idle?.Restart();
            ReadOnlyMemory<byte> body = await BodyReader.ReadAsync(
                response,
                request.BodyLimit ?? _settings.BodyLimit ?? ReplyLimits.Of(request.Endpoint),
                request.ReplyBuffer ?? new ReusableBuffer(),
                idle is null ? null : new ReplyPace(_time, idle),
                cancellationToken).ConfigureAwait(false);
            return new WireReply((int)response.StatusCode, body)
            {
                IsTooLong = isTooLong,
                Location = First(response.Headers, "Location"),
                ContentType = First(response.Content.Headers, "Content-Type"),
                ContentEncoding = First(response.Content.Headers, "Content-Encoding"),
                Date = response.Headers.Date,
                Version = response.Version,
                OpenedConnection = ConnectionPool.OpenedFor(message),
                Headers = request.KeepsHeaders ? AllHeaders(response) : [],
                Elapsed = exchange.Elapsed,
            };
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not OperationCanceledException)
        {
            // After a cancellation, the platform may throw another exception, depending on its current operation.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    private HttpRequestMessage Compose(WireExchange exchange, IdleDeadline? idle = null)
    {
        WireRequest request = exchange.Request;
        exchange.Cookies = _cookies.Select(request.Uri, _time.GetUtcNow());
        var message = new HttpRequestMessage(request.Method, request.Uri)
        {
            Content = request.Pieces is not null ? new PiecesContent(request, idle) : request.Body is not null ? new ByteArrayContent(request.Body) : null,
        };
        message.Content?.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);

        foreach (KeyValuePair<string, string> header in _settings.Headers.Concat(request.Headers))
            AddUnlessGiven(header.Key, header.Value);
        AddUnlessGiven("User-Agent", _settings.UserAgent ?? HttpSettings.BrowserUserAgent);
        AddUnlessGiven("Accept", "*/*");
        AddUnlessGiven("Accept-Language", "zh-CN,zh;q=0.9");
        AddUnlessGiven("Cookie", exchange.Cookies.Header);
        AddUnlessGiven("Connection", "keep-alive");
        message.Headers.ExpectContinue = false;
        return message;

        void AddUnlessGiven(string name, string? value)
        {
            if (value is not null && !message.Headers.Contains(name))
                message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>Takes a response's cookies, or goes back to those that the server accepted last.</summary>
    /// <returns>Whether the server refused the request as too long.</returns>
    private bool Begin(WireExchange exchange, HttpResponseMessage response)
    {
        exchange.HasBegun = true;
        Uri uri = exchange.Request.Uri;
        if (IsTooLong((int)response.StatusCode, uri.AbsoluteUri.Length + exchange.Cookies.Length))
        {
            _cookies.Refuse(uri, exchange.Cookies);
            return true;
        }

        if ((int)response.StatusCode < FirstError)
            _cookies.Accept(uri, exchange.Cookies);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines))
            _cookies.Apply(uri, lines, _time.GetUtcNow(), response.Headers.Date);
        return false;
    }

    private static bool IsTooLong(int status, int length) => status switch
    {
        HeadersTooLarge or AddressTooLong => true,
        BadRequest => length > LongHead,
        _ => false,
    };

    // Read as text, because the server may send an invalid or repeated header.
    private static string? First(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private static KeyValuePair<string, string>[] AllHeaders(HttpResponseMessage response) =>
    [
        .. response.Headers.Concat(response.Content.Headers)
            .Where(header => !header.Key.StartsWith("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            .Select(header => new KeyValuePair<string, string>(header.Key, string.Join(", ", header.Value))),
    ];

    private void Record(WireExchange exchange)
    {
        Trace?.Invoke(exchange.OutcomeLine());
        _log?.Write(exchange);
    }

    private ConnectionPool EnterPool()
    {
        lock (_gate)
        {
            ConnectionPool connections = _connections ?? throw new ObjectDisposedException(nameof(WeChatHttp));
            connections.Enter();
            return connections;
        }
    }

    /// <summary>Replaces the connection pool after a connection died silently. Its idle connections are probably dead too, so the next request opens a new one.</summary>
    private void ReplacePool(ConnectionPool connections)
    {
        lock (_gate)
        {
            if (_connections != connections)
                return;
            _connections = ConnectionPool.Create(_settings);
        }

        connections.Leave();
    }
}
