using System;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace WeChatPS.Http;

/// <summary>Tells from what the platform throws what went wrong on the wire.</summary>
internal static class WireFailures
{
    /// <summary>The exception for what was thrown while a request was under way, with a sentence that names the server, or the proxy that failed.</summary>
    /// <param name="exchange">The request and how far it came.</param>
    /// <param name="thrown">What the platform threw.</param>
    /// <param name="deadline">How long the request was allowed to take.</param>
    /// <param name="proxy">The proxy on the way; null where there is none. Its credentials are never shown.</param>
    public static WireException Describe(WireExchange exchange, Exception thrown, TimeSpan deadline, Uri? proxy = null)
    {
        WireRequest request = exchange.Request;
        WireFailure failure = Of(thrown);
        // What was answered was sent: a repetition could be a second one.
        if (exchange.HasBegun && failure is WireFailure.NoConnection or WireFailure.Tls)
            failure = WireFailure.Cut;
        string server = $"{request.Uri.Host}:{request.Uri.Port}", through = proxy is null ? "" : $" through the proxy {proxy.Host}:{proxy.Port}";
        string host = server + through;
        string why = failure switch
        {
            WireFailure.Deadline when thrown is StalledException => $"{host} {thrown.Message}.",
            WireFailure.Deadline => $"{host} did not answer within {deadline.TotalSeconds:0.#} s.",
            WireFailure.NoConnection when proxy is null => $"{host} cannot be reached: {Innermost(thrown).Message}",
            WireFailure.NoConnection when CauseOf(thrown) == NoConnectionCause.Proxy =>
                $"{server} cannot be reached{through}: {Innermost(thrown).Message.Replace($"//{proxy.UserInfo}@", "//")}",
            WireFailure.NoConnection => $"The proxy {proxy.Host}:{proxy.Port} cannot be reached: {Innermost(thrown).Message}",
            WireFailure.Tls => $"No secure connection to {host}: {Innermost(thrown).Message}",
            WireFailure.Cut => $"The connection to {host} broke before the whole reply was there.",
            WireFailure.ZeroStatus => $"{host} answered with the status line '0 -'.",
            WireFailure.TooLarge => $"The reply of {host} is larger than anything {request.Endpoint} answers.",
            _ when IsAnswer(thrown) => $"{host} answered with something that is not HTTP.",
            _ => $"The exchange with {host} failed ({thrown.GetType().Name}): {DisplayText.Visible(Redaction.Redact(thrown.Message), 200)}",
        };
        return new WireException(failure, request.Endpoint, $"{request.Endpoint}: {why}", thrown);
    }

    /// <summary>What went wrong. Anything may be thrown by a platform that reads what a server sends; what has no meaning of its own is no HTTP.</summary>
    public static WireFailure Of(Exception thrown)
    {
        // outermost first: .NET's own verdict is there, the cause of its guess further in
        for (Exception? e = thrown; e is not null; e = e.InnerException)
        {
            if (Verdict(e) is { } failure)
                return failure;
        }

        // not cancelled or closed by us: the platform gave up
        return thrown is OperationCanceledException or ObjectDisposedException ? WireFailure.Cut : WireFailure.NotHttp;
    }

    /// <summary>Tells the failures apart that are all <see cref="WireFailure.NoConnection"/>.</summary>
    /// <param name="thrown">What the platform threw, or the exception that describes it.</param>
    public static NoConnectionCause CauseOf(Exception thrown)
    {
        for (Exception? e = thrown; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }: return NoConnectionCause.Name;
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }: return NoConnectionCause.Proxy;
                case TimeoutException: return NoConnectionCause.Silence;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }: return NoConnectionCause.Refused;
                case SocketException socket when IsNameError(socket.SocketErrorCode): return NoConnectionCause.Name;
            }
        }

        return NoConnectionCause.Other;
    }

    /// <summary>Whether TLS failed because of the server's certificate. Otherwise the server did not speak TLS, or not the same version.</summary>
    public static bool IsCertificate(WireException failure) => Innermost(failure).Message.Contains("certificate", StringComparison.OrdinalIgnoreCase);

    private static WireFailure? Verdict(Exception e) => e switch
    {
        BodyTooLargeException => WireFailure.TooLarge,
        StalledException => WireFailure.Deadline,
        Polly.Timeout.TimeoutRejectedException => WireFailure.Deadline,
        TimeoutException => WireFailure.NoConnection, // the only other clock that runs is the connecting one
        AuthenticationException => WireFailure.Tls,
        HttpRequestException http => Verdict(http.HttpRequestError, http.Message),
        HttpIOException io => Verdict(io.HttpRequestError, io.Message),
        SocketException socket => Verdict(socket.SocketErrorCode),
        InvalidDataException => WireFailure.NotHttp, // the body does not decompress
        IOException when e.InnerException is null => WireFailure.Cut,
        _ => IsZeroStatus(e.Message) ? WireFailure.ZeroStatus : null,
    };

    // a name or an address that cannot be connected to; everything else happens to connections that were there
    private static WireFailure Verdict(SocketError error) => error
        is SocketError.ConnectionRefused or SocketError.AddressNotAvailable || IsNameError(error)
            ? WireFailure.NoConnection
            : WireFailure.Cut;

    private static bool IsNameError(SocketError error) =>
        error is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery;

    private static bool IsZeroStatus(string message) => message.EndsWith("'0 -'.", StringComparison.Ordinal);

    private static WireFailure? Verdict(HttpRequestError error, string message) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError
            => WireFailure.NoConnection,
        HttpRequestError.SecureConnectionError => WireFailure.Tls,
        HttpRequestError.ResponseEnded => WireFailure.Cut,
        HttpRequestError.InvalidResponse => IsZeroStatus(message) ? WireFailure.ZeroStatus : WireFailure.NotHttp,
        HttpRequestError.ConfigurationLimitExceeded => WireFailure.TooLarge,
        HttpRequestError.Unknown => null, // a reset, say: the inner exception tells
        _ => WireFailure.NotHttp,
    };

    // An InvalidOperationException is how Brotli's decoder says that the body does not decompress.
    private static bool IsAnswer(Exception thrown) => thrown is HttpRequestException or HttpIOException or InvalidDataException or InvalidOperationException;

    private static Exception Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;
        return e;
    }
}
