using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;
using Xunit;
using static WeChatPS.Core.Tests.Web.SampleRequests;

namespace WeChatPS.Core.Tests.Http;

/// <summary>A server that refuses what it made the client carry: the next request works.</summary>
public sealed class TooLongTests : IDisposable
{
    private static readonly Uri s_server = new("http://127.0.0.1:9/");

    private readonly CookieJar _jar = new();
    private readonly Server _server = new();
    private readonly WeChatHttp _http;

    public TooLongTests() => _http = new WeChatHttp(new HttpSettings { Handler = () => _server }, _jar, TimeProvider.System);

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(431)]
    [InlineData(400)]
    public async Task After_cookies_that_are_too_long_the_last_accepted_ones_go_again(int refusal)
    {
        _server.Refusal = refusal;
        Assert.Equal(200, await SendAsync("wxsid=1; Path=/", "other=2; Path=/"));
        Assert.Equal(200, await SendAsync("wxsid=" + new string('x', 3500) + "; Path=/", "junk=3; Path=/"));

        Assert.Equal(refusal, await SendAsync());
        Assert.Equal(200, await SendAsync());

        Assert.Equal("wxsid=1; other=2", _server.Cookies);
    }

    [Fact]
    public async Task Where_nothing_was_accepted_only_the_logins_own_go_again()
    {
        _jar.Load(
        [
            Saved("junk", new string('x', 3500)),
            Saved("wxsid", "1"),
        ]);

        Assert.Equal(431, await SendAsync());
        Assert.Equal(200, await SendAsync());

        Assert.Equal("wxsid=1", _server.Cookies);
        Assert.Equal("wxsid", Assert.Single(_jar.All).Name);
    }

    [Fact]
    public async Task A_refusal_sets_no_cookies_and_another_host_keeps_its_own()
    {
        _jar.Apply(new Uri("http://other.example/"), ["kept=1"], DateTimeOffset.UtcNow);
        await SendAsync("junk=" + new string('x', 3500) + "; Path=/");

        Assert.Equal(431, await SendAsync("more=1; Path=/"));
        Assert.Equal(200, await SendAsync());

        Assert.Null(_server.Cookies);
        Assert.Equal("kept", Assert.Single(_jar.All).Name);
    }

    [Fact]
    public async Task A_bad_request_of_usual_length_loses_no_cookie()
    {
        await SendAsync("wxsid=1; Path=/", "other=2; Path=/");
        _server.Limit = 0;
        _server.Refusal = 400;

        await SendAsync();

        Assert.Equal(2, _jar.All.Count);
    }

    [Fact]
    public async Task A_download_that_is_refused_goes_back_too()
    {
        _jar.Load([Saved("junk", new string('x', 3500)), Saved("wxsid", "1")]);

        using (WireDownload refused = await _http.OpenAsync(Request(), CancellationToken.None))
            Assert.Equal(431, refused.Status);

        Assert.Equal(200, await SendAsync());
    }

    [Theory]
    [InlineData(414)]
    [InlineData(431)]
    public async Task After_an_address_that_is_too_long_the_last_accepted_skey_goes_again(int refusal)
    {
        var connection = new WebConnection(_http, _jar, Endpoints, Credentials, TimeProvider.System);
        await connection.SendAsync(Request(), CancellationToken.None);
        connection.Adopt(new string('k', WebCredentials.MaxSkey));
        _server.Limit = 0;
        _server.Refusal = refusal;

        await connection.SendAsync(Request(), CancellationToken.None);

        Assert.Equal(Credentials.Skey, connection.Credentials.Skey);
    }

    [Fact]
    public void An_skey_of_kilobytes_is_garbage_and_said_once()
    {
        int said = 0;
        var connection = new WebConnection(_http, _jar, Endpoints, Credentials, TimeProvider.System) { Bounded = _ => said++ };

        connection.Adopt(new string('k', 100_000));
        connection.Adopt(new string('k', 100_001));

        Assert.Equal(Credentials.Skey, connection.Credentials.Skey);
        Assert.Equal(1, said);
    }

    private static WireCookie Saved(string name, string value) => new(name, value, "127.0.0.1", true, "/", null, false, false);

    private static WireRequest Request() => new("webwxsync", HttpMethod.Post, s_server) { Body = [1] };

    private async Task<int> SendAsync(params string[] setCookies)
    {
        _server.SetCookies = setCookies;
        return (await _http.SendAsync(Request(), CancellationToken.None)).Status;
    }

    /// <summary>Refuses requests whose cookies are longer than a limit.</summary>
    private sealed class Server : HttpMessageHandler
    {
        public int Limit { get; set; } = 3000;

        public int Refusal { get; set; } = 431;

        public string[] SetCookies { get; set; } = [];

        public string? Cookies { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Cookies = request.Headers.TryGetValues("Cookie", out var cookies) ? cookies.Single() : null;
            int length = Cookies?.Length ?? 0;
            var reply = new HttpResponseMessage(length > Limit || Limit == 0 ? (HttpStatusCode)Refusal : HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes("ok")),
            };
            foreach (string line in SetCookies)
                reply.Headers.TryAddWithoutValidation("Set-Cookie", line);
            return Task.FromResult(reply);
        }
    }
}
