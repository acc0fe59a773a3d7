using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>The servers, current credentials and connections that a session's requests use.</summary>
internal sealed class WebConnection(WeChatHttp http, CookieJar cookies, WebEndpoints endpoints, WebCredentials credentials, TimeProvider time)
{
    private WebCredentials _credentials = credentials;

    public WebEndpoints Endpoints { get; } = endpoints;

    public CookieJar Cookies { get; } = cookies;

    /// <summary>The current credentials. The server occasionally replaces the skey.</summary>
    public WebCredentials Credentials => Volatile.Read(ref _credentials);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Gets the proxy for an address; null for a direct connection.</summary>
    public Uri? ProxyFor(Uri address) => http.ProxyFor(address);

    /// <summary>Adopts the skey of a response.</summary>
    public void Adopt(string skey)
    {
        WebCredentials before = Credentials;
        Volatile.Write(ref _credentials, before.WithSkey(skey));
    }

    /// <summary>Abandons the open connections. The next request opens a new one.</summary>
    public void Refresh() => http.Refresh();

    /// <summary>Sends a request and reads the complete response.</summary>
    /// <exception cref="WireException">The response did not arrive completely.</exception>
    public Task<WireReply> SendAsync(WireRequest request, CancellationToken cancellationToken) => http.SendAsync(request, cancellationToken);

    /// <summary>Sends a request and returns when the response begins.</summary>
    /// <exception cref="WireException">No response arrived.</exception>
    public Task<WireDownload> OpenAsync(WireRequest request, CancellationToken cancellationToken) => http.OpenAsync(request, cancellationToken);
}
