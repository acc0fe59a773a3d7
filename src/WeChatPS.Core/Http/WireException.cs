using System;

namespace WeChatPS.Http;

/// <summary>The reason why an exchange failed.</summary>
internal enum WireFailure
{
    /// <summary>No connection was made: name resolution, refusal, no route or proxy.</summary>
    NoConnection,

    /// <summary>TLS failed, or the certificate is not trusted.</summary>
    Tls,

    /// <summary>The connection broke before the response was complete.</summary>
    Cut,

    /// <summary>The client's own deadline passed.</summary>
    Deadline,

    /// <summary>The status line was exactly <c>0 -</c>. The webpush host sends it when data is pending (openwechat issue 25, wxpy issue 53).</summary>
    ZeroStatus,

    /// <summary>Another response that is not valid HTTP.</summary>
    NotHttp,

    /// <summary>The response is larger than the limit of its endpoint.</summary>
    TooLarge,
}

/// <summary>The reason why no connection was made.</summary>
internal enum NoConnectionCause
{
    /// <summary>The name is unknown, or no DNS server responds.</summary>
    Name,

    /// <summary>No process listens at the address.</summary>
    Refused,

    /// <summary>The proxy refused the connection.</summary>
    Proxy,

    /// <summary>The connection attempt timed out.</summary>
    Silence,

    /// <summary>Another reason.</summary>
    Other,
}

/// <summary>The failure of an exchange. Callers convert it, so users never see this exception.</summary>
internal sealed class WireException(WireFailure failure, string endpoint, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public WireFailure Failure { get; } = failure;

    public string Endpoint { get; } = endpoint;

    /// <summary>Whether the request certainly did not reach the server, so that a retry cannot create a duplicate.</summary>
    public bool NeverSent => Failure is WireFailure.NoConnection or WireFailure.Tls;
}
