using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;

namespace WeChatPS.Http;

/// <summary>How a session talks to the network.</summary>
internal sealed record HttpSettings
{
    /// <summary>What a current desktop browser calls itself.</summary>
    public const string BrowserUserAgent =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    private static readonly string[] s_proxySchemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>The proxy to use; the system's own when null. Loopback is always reached directly.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>For the proxy, whichever it is.</summary>
    public ICredentials? ProxyCredential { get; init; }

    /// <summary>Goes straight to the server, whatever proxy the system or <see cref="Proxy"/> names.</summary>
    public bool NoProxy { get; init; }

    /// <summary>What the client calls itself; <see cref="BrowserUserAgent"/> when null.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Headers for every request, before those that the protocol has. Their values may be secrets.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How long an exchange may take where the request does not say.</summary>
    public TimeSpan DefaultDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a file may stand still on its way up or down; as a whole it takes as long as it takes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take to reach the server before the request counts as never sent.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest reply accepted, in decompressed bytes, where the request does not say.</summary>
    public int BodyLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>For tests: where connections really go while names stay the real ones. Called once for each set of fresh connections.</summary>
    public Func<HttpMessageHandler>? Handler { get; init; }

    /// <summary>Says so when something in here cannot be used; without repeating what may be a secret.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InvalidRequest"/>.</exception>
    public void Check()
    {
        if (UserAgent is not null && !AddedHeaders.IsPlain(UserAgent))
            throw new WeChatException(WeChatErrorReason.InvalidRequest, "-UserAgent has to be printable ASCII.");
        AddedHeaders.Check(Headers);
        CheckProxy();
    }

    // a proxy address may carry a password
    public override string ToString() => nameof(HttpSettings);

    private void CheckProxy()
    {
        if (Proxy is null || (Proxy.IsAbsoluteUri && s_proxySchemes.Contains(Proxy.Scheme))) return;
        throw new WeChatException(WeChatErrorReason.InvalidRequest, $"-Proxy has to be an address like http://host:port, with one of {string.Join(", ", s_proxySchemes)}.");
    }
}
