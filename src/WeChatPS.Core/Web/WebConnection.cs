using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>What every request of a session needs: the servers, the credentials of the moment, and the way there.</summary>
internal sealed class WebConnection(WeChatHttp http, CookieJar cookies, WebEndpoints endpoints, WebCredentials credentials, TimeProvider time)
{
    private WebCredentials _credentials = credentials;

    public WebEndpoints Endpoints { get; } = endpoints;

    public CookieJar Cookies { get; } = cookies;

    /// <summary>The credentials of the moment; the server replaces the skey now and then.</summary>
    public WebCredentials Credentials => Volatile.Read(ref _credentials);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The proxy on the way to an address; null where there is none.</summary>
    public Uri? ProxyFor(Uri address) => http.ProxyFor(address);

    /// <summary>Adopts the skey that a reply brought.</summary>
    public void Adopt(string skey)
    {
        WebCredentials before = Credentials;
        Volatile.Write(ref _credentials, before.WithSkey(skey));
    }

    /// <summary>Sends a request and reads the whole reply.</summary>
    /// <exception cref="WireException">There is no whole reply.</exception>
    public Task<WireReply> SendAsync(WireRequest request, CancellationToken cancellationToken) => http.SendAsync(request, cancellationToken);

    /// <summary>Sends a request and returns when the reply begins.</summary>
    /// <exception cref="WireException">No reply begins.</exception>
    public Task<WireDownload> OpenAsync(WireRequest request, CancellationToken cancellationToken) => http.OpenAsync(request, cancellationToken);
}
