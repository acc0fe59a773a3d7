using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;

namespace WeChatPS.Http;

/// <summary>A session's network settings.</summary>
internal sealed record HttpSettings
{
    /// <summary>The User-Agent of a current desktop browser, sent by default.</summary>
    public const string BrowserUserAgent =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    private static readonly string[] s_proxySchemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>The proxy; null for the system's proxy. Connections to loopback are always direct.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The credential for the proxy.</summary>
    public ICredentials? ProxyCredential { get; init; }

    /// <summary>Whether all connections are direct, even with a system proxy or <see cref="Proxy"/>.</summary>
    public bool NoProxy { get; init; }

    /// <summary>The User-Agent header; null for <see cref="BrowserUserAgent"/>.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Headers for every request, which take precedence over the protocol's headers. Their values may be secrets.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>For an exchange without its own deadline: the time until the response begins, and the longest pause in its body.</summary>
    public TimeSpan DefaultDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest time without progress in an upload or download. The total time is not limited.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit for opening a connection. After it, the request counts as not sent.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For tests: the largest accepted response in decompressed bytes; null for that of each kind of request (<see cref="ReplyLimits"/>).</summary>
    public int? BodyLimit { get; init; }

    /// <summary>For tests: creates the handler that connects real host names to a test server. Called once for each connection pool.</summary>
    public Func<HttpMessageHandler>? Handler { get; init; }

    /// <summary>Checks the settings. The error message never contains a value that may be a secret.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InvalidRequest"/>: a setting is not usable.</exception>
    public void Check()
    {
        if (UserAgent is not null && !AddedHeaders.IsPlain(UserAgent))
            throw new WeChatException(WeChatErrorReason.InvalidRequest, "-UserAgent must be printable ASCII.");
        AddedHeaders.Check(Headers);
        CheckProxy();
    }

    // The proxy's address may contain a password.
    public override string ToString() => nameof(HttpSettings);

    private void CheckProxy()
    {
        if (Proxy is null || (Proxy.IsAbsoluteUri && s_proxySchemes.Contains(Proxy.Scheme))) return;
        throw new WeChatException(WeChatErrorReason.InvalidRequest, $"-Proxy must be an address such as http://host:port. Supported schemes: {string.Join(", ", s_proxySchemes)}.");
    }
}
