using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

public sealed class WeChatHttpTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly CookieJar _jar = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly WeChatHttp _http;

    public WeChatHttpTests() => _http = new WeChatHttp(new HttpSettings { NoProxy = true, BodyLimit = 100_000 }, _jar, TimeProvider.System);

    public void Dispose()
    {
        _http.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_request_carries_what_a_browser_sends_and_the_headers_of_its_own()
    {
        using var server = RawServer.Answering(Ok);
        _jar.Apply(server.Uri, ["wxsid=8uHg+z; Path=/; Secure"], DateTimeOffset.UtcNow);
        var request = new WireRequest("webwxinit", HttpMethod.Post, new Uri(server.Uri, "cgi-bin/webwxinit?r=1&pass_ticket=a%252Bb"))
        {
            Body = Encoding.UTF8.GetBytes("{\"a\":\"张\"}"),
            ContentType = "application/json; charset=utf-8",
            Headers = [new("client-version", "2.0.0"), new("Accept", "application/json")],
        };

        WireReply reply = await _http.SendAsync(request, _limit.Token);

        Assert.Equal((200, "ok"), (reply.Status, Text(reply)));
        RawRequest seen = Assert.Single(server.Requests);
        Assert.Equal("POST /cgi-bin/webwxinit?r=1&pass_ticket=a%252Bb HTTP/1.1", seen.Line);
        Assert.Equal(HttpSettings.BrowserUserAgent, Assert.Single(seen.Header("User-Agent")));
        Assert.Equal("application/json", Assert.Single(seen.Header("Accept")));
        Assert.Equal("zh-CN,zh;q=0.9", Assert.Single(seen.Header("Accept-Language")));
        Assert.Equal("wxsid=8uHg+z", Assert.Single(seen.Header("Cookie")));
        Assert.Equal("keep-alive", Assert.Single(seen.Header("Connection")));
        Assert.Equal("application/json; charset=utf-8", Assert.Single(seen.Header("Content-Type")));
        Assert.Equal("2.0.0", Assert.Single(seen.Header("client-version")));
        Assert.Contains("gzip", Assert.Single(seen.Header("Accept-Encoding")), StringComparison.Ordinal);
        Assert.Empty(seen.Header("Expect"));
        Assert.Equal(request.Body, seen.Body);
    }

    [Fact]
    public async Task The_users_headers_go_before_the_requests_own_and_each_goes_once()
    {
        using var server = RawServer.Answering(Ok);
        var settings = new HttpSettings { NoProxy = true, UserAgent = "Tester/1", Headers = [new("X-Trace", "7"), new("client-VERSION", "3"), new("accept-language", "en")] };
        using var http = new WeChatHttp(settings, _jar, TimeProvider.System);
        var request = new WireRequest("webwxnewloginpage", HttpMethod.Get, server.Uri) { Headers = [new("client-version", "2.0.0"), new("extspam", "x")] };

        await http.SendAsync(request, _limit.Token);

        RawRequest seen = Assert.Single(server.Requests);
        Assert.Equal("Tester/1", Assert.Single(seen.Header("User-Agent")));
        Assert.Equal("7", Assert.Single(seen.Header("X-Trace")));
        Assert.Equal("3", Assert.Single(seen.Header("client-version")));
        Assert.Equal("x", Assert.Single(seen.Header("extspam")));
        Assert.Equal("en", Assert.Single(seen.Header("Accept-Language")));
    }

    [Theory]
    [InlineData("Host", "x")]
    [InlineData("cookie", "a=b")]
    [InlineData("Content-Length", "1")]
    [InlineData("Content-MD5", "1")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Last-Modified", "1")]
    [InlineData("User-Agent", "x")]
    [InlineData("", "x")]
    [InlineData("a b", "x")]
    [InlineData("X-Trace", "1\r\nCookie: a=b")]
    [InlineData("X-Trace", "\u503c")]
    public void Headers_that_the_client_writes_itself_and_what_cannot_be_sent_are_refused(string name, string value)
    {
        WeChatException refused = Assert.Throws<WeChatException>(() => new HttpSettings { Headers = [new(name, value)] }.Check());

        Assert.Equal(WeChatErrorReason.InvalidRequest, refused.Reason);
        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_get_accepts_everything_and_has_no_cookie_header_without_cookies()
    {
        using var server = RawServer.Answering(Ok);

        await _http.SendAsync(Get(server), _limit.Token);

        RawRequest seen = Assert.Single(server.Requests);
        Assert.Equal("*/*", Assert.Single(seen.Header("Accept")));
        Assert.Empty(seen.Header("Cookie"));
        Assert.Empty(seen.Header("Content-Type"));
    }

    [Fact]
    public async Task A_redirect_is_a_reply_and_its_cookies_count()
    {
        using var server = RawServer.Answering(
            "HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example/\r\nSet-Cookie: wxuin=1; Path=/\r\nSet-Cookie: wxsid=2; Path=/\r\nContent-Length: 5\r\n\r\n<xml>");

        WireReply reply = await _http.SendAsync(Get(server), _limit.Token);

        Assert.Equal((301, "<xml>", "https://elsewhere.example/"), (reply.Status, Text(reply), reply.Location));
        Assert.Equal("wxuin=1; wxsid=2", _jar.HeaderFor(server.Uri, DateTimeOffset.UtcNow));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", 503, "")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Type: text/html; charset=gbk\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: nonsense; charset=klingon\r\nLocation: ::::\r\nDate: yesterday\r\nExpires: -1\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 200 OK\r\nX: \u00e9\u00ff\r\nSet-Cookie: a=\u00e9\r\nSet-Cookie: \r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 000 Odd\r\nContent-Length: 2\r\n\r\nok", 0, "ok")]
    public async Task Odd_replies_are_replies(string raw, int status, string body)
    {
        using var server = RawServer.Answering(raw);

        WireReply first = await _http.SendAsync(Get(server), _limit.Token);
        WireReply second = await _http.SendAsync(Get(server), _limit.Token);

        Assert.Equal((status, body), (first.Status, Text(first)));
        Assert.Equal((status, body), (second.Status, Text(second)));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Compressed_bodies_arrive_as_they_were(string encoding)
    {
        byte[] packed = Pack(Encoding.UTF8.GetBytes("张三"), encoding);
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {packed.Length}\r\n\r\n");
            await connection.SendAsync(packed);
        });

        Assert.Equal("张三", Text(await _http.SendAsync(Get(server), _limit.Token)));
    }

    [Fact]
    public async Task A_body_at_the_limit_is_whole_and_one_byte_more_is_too_large()
    {
        using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                string body = new('x', request.Line.Contains("more", StringComparison.Ordinal) ? 101 : 100);
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n");
            }
        });

        Assert.Equal(100, (await _http.SendAsync(Get(server, bodyLimit: 100), _limit.Token)).Body.Length);
        Assert.Equal(WireFailure.TooLarge, await FailureOf(Get(server, "more", bodyLimit: 100)));
    }

    [Fact]
    public async Task An_endless_body_is_cut_off_at_the_limit()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\n");
            while (true)
                await connection.SendAsync(new byte[4096]);
        });

        Assert.Equal(WireFailure.TooLarge, await FailureOf(Get(server)));
    }

    [Fact]
    public async Task A_bomb_is_limited_by_what_comes_out_of_it()
    {
        byte[] bomb = Pack(new byte[50_000_000], "gzip");
        Assert.InRange(bomb.Length, 1, 99_999);
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
            await connection.SendAsync(bomb);
        });

        Assert.Equal(WireFailure.TooLarge, await FailureOf(Get(server)));
    }

    [Theory]
    [InlineData("HTTP/1.1 0 -\r\n\r\n", nameof(WireFailure.ZeroStatus))]
    [InlineData("HTTP/1.1 1 -\r\n\r\n", nameof(WireFailure.NotHttp))]
    [InlineData("HTTP/1.1 0\r\n\r\n", nameof(WireFailure.NotHttp))]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n", nameof(WireFailure.NotHttp))]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n", nameof(WireFailure.NotHttp))]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", nameof(WireFailure.NotHttp))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!", nameof(WireFailure.NotHttp))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", nameof(WireFailure.Cut))]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nshort", nameof(WireFailure.Cut))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", nameof(WireFailure.Cut))]
    [InlineData("", nameof(WireFailure.Cut))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", nameof(WireFailure.TooLarge))]
    public async Task Broken_replies_are_told_apart(string raw, string expected)
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(raw);
        });

        Assert.Equal(expected, (await FailureOf(Get(server))).ToString());
    }

    [Fact]
    public async Task Endless_headers_end_the_exchange()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n");
            while (true)
                await connection.SendAsync($"X: {new string('x', 4000)}\r\n");
        });

        Assert.Equal(WireFailure.TooLarge, await FailureOf(Get(server)));
    }

    [Fact]
    public async Task A_reset_is_a_cut()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });

        Assert.Equal(WireFailure.Cut, await FailureOf(Get(server)));
    }

    [Fact]
    public async Task A_refused_connection_was_never_sent()
    {
        var server = RawServer.Answering(Ok);
        server.Dispose();

        WireException failure = await Assert.ThrowsAsync<WireException>(() => _http.SendAsync(Get(server), _limit.Token));

        Assert.Equal(WireFailure.NoConnection, failure.Failure);
        Assert.True(failure.NeverSent);
        Assert.StartsWith($"synccheck: 127.0.0.1:{server.Uri.Port} cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_tls_is_no_secure_server()
    {
        using var server = new RawServer(async connection => await connection.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));
        var request = new WireRequest("jslogin", HttpMethod.Get, new UriBuilder(server.Uri) { Scheme = "https" }.Uri);

        Assert.Equal(WireFailure.Tls, await FailureOf(request));
    }

    [Fact]
    public async Task A_post_is_never_repeated_behind_our_back()
    {
        // the second one meets a kept connection that ends without an answer: platforms like to repeat then
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Ok);
            await connection.ReadRequestAsync();
        });
        WireRequest post = new("webwxsendmsg", HttpMethod.Post, server.Uri) { Body = [1, 2, 3] };
        await _http.SendAsync(post, _limit.Token);

        Assert.Equal(WireFailure.Cut, await FailureOf(post));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Connections_are_kept_warm()
    {
        using var server = RawServer.Answering(Ok);

        for (int i = 0; i < 3; i++)
            await _http.SendAsync(Get(server), _limit.Token);

        Assert.Equal([1, 1, 1], server.Requests.Select(request => request.Connection));
    }

    [Fact]
    public async Task A_proxy_is_used_with_its_credentials_for_everything_but_this_machine()
    {
        using var proxy = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                await connection.SendAsync(request.Header("Proxy-Authorization").Any()
                    ? Ok
                    : "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
            }
        });
        using var server = RawServer.Answering(Ok);
        var settings = new HttpSettings { Proxy = proxy.Uri, ProxyCredential = new NetworkCredential("me", "pass") };
        using var http = new WeChatHttp(settings, _jar, TimeProvider.System);

        await http.SendAsync(Get(server), _limit.Token);
        Assert.Empty(proxy.Requests);
        Assert.Single(server.Requests);

        await http.SendAsync(new WireRequest("jslogin", HttpMethod.Get, new Uri("http://login.wx.qq.com/jslogin")), _limit.Token);
        Assert.Equal("GET http://login.wx.qq.com/jslogin HTTP/1.1", proxy.Requests.Last().Line);
        Assert.Equal("Basic bWU6cGFzcw==", Assert.Single(proxy.Requests.Last().Header("Proxy-Authorization")));
    }

    [Fact]
    public async Task A_disposed_session_sends_nothing()
    {
        using var server = RawServer.Answering(Ok);
        _http.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => _http.SendAsync(Get(server), _limit.Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_trace_shows_every_request_and_reply_without_secrets()
    {
        using var server = RawServer.Answering(Ok);
        var lines = new List<string>();
        _http.Trace = lines.Add;

        await _http.SendAsync(Get(server, "synccheck?sid=SECRET&r=1"), _limit.Token);
        server.Dispose();

        Assert.Equal(2, lines.Count);
        Assert.Equal($"> GET {server.Uri}synccheck?sid=***&r=1", lines[0]);
        Assert.Matches("^< synccheck 200 \\(2 bytes\\) after [0-9]+ ms$", lines[1]);
    }

    private static WireRequest Get(RawServer server, string path = "", int? bodyLimit = null) =>
        new("synccheck", HttpMethod.Get, new Uri(server.Uri, path)) { BodyLimit = bodyLimit };

    private static string Text(WireReply reply) => Encoding.UTF8.GetString(reply.Body.Span);

    private static byte[] Pack(byte[] bytes, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding == "gzip"
            ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)
            : new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            packer.Write(bytes);
        return packed.ToArray();
    }

    private async Task<WireFailure> FailureOf(WireRequest request) =>
        (await Assert.ThrowsAsync<WireException>(() => _http.SendAsync(request, _limit.Token))).Failure;
}
