using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Core.Tests.Examination;

/// <summary>What a proxy might do to replies on their way.</summary>
internal sealed class SpoiledReplies(Action<HttpResponseMessage> spoil) : DelegatingHandler(new SocketsHttpHandler
{
    UseCookies = false, AllowAutoRedirect = false, UseProxy = false,
})
{
    public static HttpSettings Through(Action<HttpResponseMessage> spoil) => new() { Handler = () => new SpoiledReplies(spoil) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        spoil(response);
        return response;
    }
}
