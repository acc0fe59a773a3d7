using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>The servers, current credentials and connections that a session's requests use.</summary>
internal sealed class WebConnection(WeChatHttp http, CookieJar cookies, WebEndpoints endpoints, WebCredentials credentials, TimeProvider time)
{
    private WebCredentials _credentials = credentials;
    private WebCredentials? _accepted;
    private bool _hasSaidSkey;

    public WebEndpoints Endpoints { get; } = endpoints;

    public CookieJar Cookies { get; } = cookies;

    /// <summary>The current credentials. The server occasionally replaces the skey.</summary>
    public WebCredentials Credentials => Volatile.Read(ref _credentials);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Gets the proxy for an address; null for a direct connection.</summary>
    public Uri? ProxyFor(Uri address) => http.ProxyFor(address);

    /// <summary>Called with a sentence for the user, once for each bound that a server's reply reaches.</summary>
    public Action<string>? Bounded { get; init; }

    /// <summary>Adopts the skey of a response.</summary>
    public void Adopt(string skey)
    {
        if (skey.Length > WebCredentials.MaxSkey && !Interlocked.Exchange(ref _hasSaidSkey, true))
            Bounded?.Invoke($"The server sent a key (SKey) of {skey.Length} characters. It is ignored, and the previous one stays in use.");
        WebCredentials before = Credentials;
        Volatile.Write(ref _credentials, before.WithSkey(skey));
    }

    /// <summary>Abandons the open connections. The next request opens a new one.</summary>
    public void Refresh() => http.Refresh();

    /// <summary>Sends a request and reads the complete response.</summary>
    /// <exception cref="WireException">The response did not arrive completely.</exception>
    public async Task<WireReply> SendAsync(WireRequest request, CancellationToken cancellationToken)
    {
        WebCredentials used = Credentials;
        WireReply reply = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!reply.IsTooLong) Volatile.Write(ref _accepted, used);
        else if (Volatile.Read(ref _accepted) is { } accepted) Interlocked.CompareExchange(ref _credentials, accepted, used);
        return reply;
    }

    /// <summary>Sends a request and returns when the response begins.</summary>
    /// <exception cref="WireException">No response arrived.</exception>
    public Task<WireDownload> OpenAsync(WireRequest request, CancellationToken cancellationToken) => http.OpenAsync(request, cancellationToken);
}
