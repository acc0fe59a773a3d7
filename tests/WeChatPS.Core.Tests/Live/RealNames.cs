using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Http;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Keeps WeChat's own names in addresses, cookies and Host headers, and leads every connection to an emulator.</summary>
internal sealed class RealNames(WeChatEmulator emulator) : DelegatingHandler(new SocketsHttpHandler
{
    UseCookies = false, AllowAutoRedirect = false, UseProxy = false,
})
{
    public static HttpSettings To(WeChatEmulator emulator) => new() { Handler = () => new RealNames(emulator) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri real = request.RequestUri!;
        if (real.Scheme != Uri.UriSchemeHttps || !real.IsDefaultPort) throw new InvalidOperationException($"{real} is no address of WeChat's");
        request.Headers.Host = real.Host;
        request.RequestUri = new Uri(emulator.Endpoint, real.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}

internal static class LoggedRequests
{
    /// <summary>The hosts that an endpoint was asked at.</summary>
    public static string[] Hosts(this WeChatEmulator emulator, string endpoint) =>
        [.. emulator.Requests.Get(endpoint).Select(request => request.Header("Host")!).Distinct()];
}
