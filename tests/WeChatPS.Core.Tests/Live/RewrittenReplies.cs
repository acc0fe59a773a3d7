using System;
using System.Collections.Concurrent;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Core.Tests.Live;

/// <summary>A network that changes what the emulator answers, as a server that mixes things up would.</summary>
internal sealed class RewrittenReplies
{
    private readonly ConcurrentDictionary<string, Func<string, string>> _changes = new(StringComparer.Ordinal);

    public HttpSettings Http => new() { Handler = () => new Handler(this) };

    /// <summary>From now on, the replies of an endpoint are changed.</summary>
    public void Change(string endpoint, Func<string, string> change) => _changes[endpoint] = change;

    public void Restore(string endpoint) => _changes.TryRemove(endpoint, out _);

    private sealed class Handler(RewrittenReplies network) : DelegatingHandler(new SocketsHttpHandler
    {
        UseCookies = false, AllowAutoRedirect = false, UseProxy = false,
    })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage reply = await base.SendAsync(request, cancellationToken);
            string endpoint = request.RequestUri!.Segments[^1];
            if (!network._changes.TryGetValue(endpoint, out Func<string, string>? change)) return reply;
            string body = Encoding.UTF8.GetString(await reply.Content.ReadAsByteArrayAsync(cancellationToken));
            var changed = new HttpResponseMessage(reply.StatusCode) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(change(body))) };
            if (reply.Headers.TryGetValues("Set-Cookie", out System.Collections.Generic.IEnumerable<string>? cookies)) changed.Headers.Add("Set-Cookie", cookies);
            reply.Dispose();
            return changed;
        }
    }
}
