using System;

namespace WeChatPS.Http;

/// <summary>What kept an exchange from completing.</summary>
internal enum WireFailure
{
    /// <summary>No connection: DNS, refused, no route, proxy.</summary>
    NoConnection,

    /// <summary>TLS failed or the certificate is not to be trusted.</summary>
    Tls,

    /// <summary>The connection broke before the whole reply was there.</summary>
    Cut,

    /// <summary>Our own deadline passed.</summary>
    Deadline,

    /// <summary>The status line was exactly <c>0 -</c>: webpush's way to say that something is pending.</summary>
    ZeroStatus,

    /// <summary>Any other reply that is not HTTP.</summary>
    NotHttp,

    /// <summary>The reply is larger than anything this endpoint sends.</summary>
    TooLarge,
}

/// <summary>Why there was no connection.</summary>
internal enum NoConnectionCause
{
    /// <summary>The name is not known, or nobody answers who knows names.</summary>
    Name,

    /// <summary>Nobody listens there.</summary>
    Refused,

    /// <summary>The proxy does not let us through.</summary>
    Proxy,

    /// <summary>Nothing comes back.</summary>
    Silence,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>An exchange that did not complete. Never leaves the client: callers classify it.</summary>
internal sealed class WireException(WireFailure failure, string endpoint, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public WireFailure Failure { get; } = failure;

    public string Endpoint { get; } = endpoint;

    /// <summary>Whether the request cannot have reached the server, so that repeating it cannot double anything.</summary>
    public bool NeverSent => Failure is WireFailure.NoConnection or WireFailure.Tls;
}
