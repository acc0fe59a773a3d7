using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Http;
using WeChatPS.Emulator;
using WeChatPS.Http;
using WeChatPS.Sync;
using WeChatPS.Web;
using WeChatPS.Web.Checks;
using Xunit;

namespace WeChatPS.Core.Tests.Examination;

public sealed class CheckTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly WebEndpoints s_servers = WebEndpoints.ForAuthority("wx2.qq.com");
    private static readonly WebCredentials s_credentials = new(2_500_000_000, "a+b/c=", "@crypt_1a_2b", "t%2Bk%3D", "e123456789012345");
    private static readonly WebCursor s_cursor = new(Key("1_10|2_20"), Key("1_10|2_21|201_7"));

    [Fact]
    public void The_poll_that_the_client_builds_is_spelt_well()
    {
        Says(SpellingCheck.Examine(Poll(s_cursor)), FindingLevel.Ok, "seven parameters");
        Says(SpellingCheck.Examine(Respelt("synckey=1_2&_=5&r=1&uin=4&skey=2&deviceid=e1&sid=3")), FindingLevel.Ok, "seven parameters");
    }

    [Theory]
    [InlineData("r=1&skey=2&sid=3&uin=4&deviceid=e1&syncKey=1_2&_=5", "Polls have the parameter syncKey instead of synckey.")]
    [InlineData("r=1&skey=2&sid=3&uin=4&deviceid=e1&synckey=1_2", "Polls lack the parameter _.")]
    [InlineData("r=1&skey=&sid=3&uin=4&deviceid=e1&synckey=1_2&_=5", "The parameter skey of polls is empty.")]
    [InlineData("r=1&skey=2&sid=3&uin=4&deviceid=e1&synckey=1_2,3_4&_=5", "The synckey of polls is not a list of Key_Val pairs joined by |.")]
    [InlineData("r=1&skey=2&sid=3&uin=4&deviceid=e1&synckey=1_2%7C&_=5", "The synckey of polls is not a list of Key_Val pairs joined by |.")]
    [InlineData("r=1&r=1&skey=2&sid=3&uin=4&deviceid=e1&synckey=1_2&_=5", "Polls have the parameter r 2 times.")]
    public void A_poll_that_is_spelt_otherwise_is_found_out(string query, string found) =>
        Says(SpellingCheck.Examine(Respelt(query)), FindingLevel.Problem, found);

    [Fact]
    public void A_poll_to_another_address_is_found_out()
    {
        var elsewhere = new WireRequest("synccheck", HttpMethod.Get, new Uri("https://wx2.qq.com/synccheck"));
        var posted = new WireRequest("synccheck", HttpMethod.Post, Poll(s_cursor).Uri);

        Says(SpellingCheck.Examine(elsewhere), FindingLevel.Problem, "/synccheck instead of");
        Says(SpellingCheck.Examine(posted), FindingLevel.Problem, "POST instead of GET");
    }

    [Fact]
    public void The_keys_of_polls_and_fetches_are_told_apart()
    {
        var early = new WebCursor(s_cursor.Fetch, null);
        var other = new WebCursor(s_cursor.Check!, s_cursor.Fetch);

        Says(KeyCheck.Examine(s_cursor, Poll(s_cursor), Fetch(s_cursor)), FindingLevel.Ok, "Polls use SyncCheckKey");
        Says(KeyCheck.Examine(early, Poll(early), Fetch(early)), FindingLevel.Note, "The server sends SyncCheckKey with the first fetch");
        Says(KeyCheck.Examine(s_cursor, Poll(other), Fetch(s_cursor)), FindingLevel.Problem, "Polls do not use the last SyncCheckKey");
        Says(KeyCheck.Examine(s_cursor, Poll(s_cursor), Fetch(other)), FindingLevel.Problem, "Fetches do not use the last SyncKey");
    }

    [Theory]
    [InlineData(25, null, 35, FindingLevel.Ok, "A poll was held 25 s; the client waits up to 35 s.")]
    [InlineData(31, null, 35, FindingLevel.Warning, "A poll was held 31 s")]
    [InlineData(1, null, 35, FindingLevel.Ok, "A poll was held 1 s")]
    [InlineData(8, 8.2, 35, FindingLevel.Ok, "A poll was held 8 s")]
    [InlineData(8, 25.0, 35, FindingLevel.Warning, "A poll was held 8 s; this server has held one 25 s.")]
    [InlineData(0.04, null, 35, FindingLevel.Problem, "return immediately")]
    public void A_hold_is_compared_with_the_longest_of_the_server_and_with_the_deadline(
        double held, double? longest, int deadline, FindingLevel level, string found)
    {
        PollObservation observation = Quiet(TimeSpan.FromSeconds(held), TimeSpan.FromSeconds(deadline)) with
        {
            LongestHold = TimeSpan.FromSeconds(longest ?? held),
        };

        Says(HoldCheck.Examine(observation), level, found);
    }

    [Fact]
    public void What_was_not_measured_is_not_judged()
    {
        PollObservation old = Quiet(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(35)) with { IsFresh = false, Obstacle = "Polling pauses." };

        Says(HoldCheck.Examine(old), FindingLevel.NotChecked, "Polling pauses.");
        Says(HoldCheck.Examine(new PollObservation()), FindingLevel.NotChecked, "No poll ended");
        Says(RedirectCheck.Examine(null, s_servers), FindingLevel.NotChecked, "No poll had a response");
        Says(ContentCheck.Examine(null), FindingLevel.NotChecked, "No poll had a response");
        Says(ConnectionCheck.Examine(null), FindingLevel.NotChecked, "did not respond");
        Says(ClockCheck.Examine((DateTimeOffset?)null, s_now), FindingLevel.NotChecked, "does not send its time");
        Says(ClockCheck.Examine(new HostReply(s_servers.Push, null, null), s_now), FindingLevel.NotChecked, "did not respond");
    }

    [Theory]
    [InlineData("https://portal.example/login?sid=s3cret", "to https://portal.example (", "hotel")]
    [InlineData("https://wx2.qq.com/", "to https://wx2.qq.com (", "Connect again")]
    [InlineData("/elsewhere", "to https://webpush.wx2.qq.com (", "Connect again")]
    [InlineData(null, "without a target", "proxy")]
    public void A_redirect_is_judged_by_where_it_leads(string? location, string found, string advice)
    {
        Finding finding = RedirectCheck.Examine(Answered(new WireReply(302, default) { Location = location }), s_servers);

        Says(finding, FindingLevel.Problem, found);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wx2.qq.com", null, FindingLevel.Ok, "go to every server.")]
    [InlineData("qq.com", 600, FindingLevel.Ok, "go to every server, until 2026-05-01")]
    [InlineData("qq.com", 20, FindingLevel.Warning, "expires in 20 minutes")]
    [InlineData("qq.com", -1, FindingLevel.Problem, "it has expired")]
    [InlineData("login.wx2.qq.com", null, FindingLevel.Problem, "does not reach wx2.qq.com: it is only for login.wx2.qq.com")]
    public void Cookies_have_to_reach_every_server_for_a_while(string domain, int? minutes, FindingLevel level, string found)
    {
        var jar = new CookieJar();
        jar.Load(Cookies(domain, minutes is { } left ? s_now.AddMinutes(left) : null, hostOnly: false));

        Says(CookieCheck.Examine(jar, s_servers, s_now), level, found);
    }

    [Fact]
    public void Cookies_that_lost_their_domain_or_are_not_there_are_missed()
    {
        var jar = new CookieJar();
        Says(CookieCheck.Examine(jar, s_servers, s_now), FindingLevel.Problem, "wxuin does not reach wx2.qq.com: the server has not set it");

        jar.Load(Cookies("wx2.qq.com", null, hostOnly: true));
        Says(CookieCheck.Examine(jar, s_servers, s_now), FindingLevel.Problem, "does not reach webpush.wx2.qq.com: it is only for wx2.qq.com");
    }

    [Theory]
    [InlineData(0, FindingLevel.Ok, "agree")]
    [InlineData(90, FindingLevel.Ok, "90 s ahead of")]
    [InlineData(-1800, FindingLevel.Warning, "30 minutes behind")]
    [InlineData(36000, FindingLevel.Warning, "10 hours ahead of")]
    public void Clocks_may_differ_by_minutes(int seconds, FindingLevel level, string found) =>
        Says(ClockCheck.Examine(s_now, s_now.AddSeconds(seconds)), level, found);

    [Fact]
    public async Task Connections_that_are_not_used_again_are_found_out()
    {
        using RawServer keeping = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using RawServer closing = new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        });
        using RawServer old = RawServer.Answering("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");

        Says(await TwiceAsync(old), FindingLevel.Warning, "HTTP/1.0");
        Says(await TwiceAsync(keeping), FindingLevel.Ok, "same connection");
        Says(await TwiceAsync(closing), FindingLevel.Warning, "needed a new connection");
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "The host name was not found")]
    [InlineData(SocketError.TryAgain, "The host name was not found")]
    [InlineData(SocketError.ConnectionRefused, "The connection was refused")]
    public void Failures_to_connect_are_told_apart(SocketError error, string advice)
    {
        WireException failure = WireFailures.Describe(new WireExchange(Poll(s_cursor), TimeProvider.System), new HttpRequestException("no", new SocketException((int)error)), default);

        Advises(ServerCheck.Examine(failure, null), advice);
        Advises(ServerCheck.Examine(failure, new Uri("http://me:pass@proxy.example:8080/")), "uses the proxy proxy.example:8080.");
    }

    [Fact]
    public void Silence_on_connecting_is_told_from_silence_afterwards()
    {
        WireException connecting = WireFailures.Describe(new WireExchange(Poll(s_cursor), TimeProvider.System), new TimeoutException("no"), default);
        WireException waiting = WireFailures.Describe(new WireExchange(Poll(s_cursor), TimeProvider.System), new Polly.Timeout.TimeoutRejectedException(), TimeSpan.FromSeconds(15));

        Advises(ServerCheck.Examine(connecting, null), "The connection attempt had no response");
        Advises(ServerCheck.Examine(waiting, null), "The connection works");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_apart()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start();
        var secure = new UriBuilder(emulator.Endpoint) { Scheme = "https" }.Uri;

        Finding finding = await ServerAsync(WebEndpoints.Single(secure), new HttpSettings { NoProxy = true });

        Says(finding, FindingLevel.Problem, "No secure connection to 127.0.0.1");
        Advises(finding, "its own certificate");
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_told_apart()
    {
        var gone = new TcpListener(IPAddress.Loopback, 0);
        gone.Start();
        int port = ((IPEndPoint)gone.LocalEndpoint).Port;
        gone.Stop();

        Finding finding = await ServerAsync(s_servers, new HttpSettings { Proxy = new Uri($"http://127.0.0.1:{port}") });

        Says(finding, FindingLevel.Problem, "cannot be reached");
        Advises(finding, $"uses the proxy 127.0.0.1:{port}");
    }

    [Fact]
    public async Task A_server_that_speaks_no_HTTP_or_hangs_up_is_found_out()
    {
        using RawServer garbage = RawServer.Answering("SSH-2.0-OpenSSH\r\n\r\n");
        using RawServer mute = new(async connection => await connection.ReadRequestAsync());
        var direct = new HttpSettings { NoProxy = true };

        Advises(await ServerAsync(WebEndpoints.Single(garbage.Uri), direct), "not from a web server");
        Advises(await ServerAsync(WebEndpoints.Single(mute.Uri), direct), "closes connections");
    }

    private static async Task<Finding> ServerAsync(WebEndpoints servers, HttpSettings settings)
    {
        var jar = new CookieJar();
        using var http = new WeChatHttp(settings, jar, TimeProvider.System);
        var connection = new WebConnection(http, jar, servers, s_credentials, TimeProvider.System);
        return ServerCheck.Examine(await ServerCheck.AskAsync(connection, CancellationToken.None), connection.ProxyFor);
    }

    private static async Task<Finding> TwiceAsync(RawServer server)
    {
        var jar = new CookieJar();
        using var http = new WeChatHttp(new HttpSettings { NoProxy = true }, jar, TimeProvider.System);
        var connection = new WebConnection(http, jar, WebEndpoints.Single(server.Uri), s_credentials, TimeProvider.System);
        await ServerCheck.AskAsync(connection, CancellationToken.None);
        return ConnectionCheck.Examine(await ServerCheck.AskAsync(connection, server.Uri, CancellationToken.None));
    }

    private static IEnumerable<WireCookie> Cookies(string domain, DateTimeOffset? expires, bool hostOnly) =>
        new[] { "wxuin", "wxsid", "webwx_data_ticket" }.Select(name => new WireCookie(name, "v", domain, hostOnly, "/", expires, Secure: true, HttpOnly: false));

    private static PollObservation Quiet(TimeSpan held, TimeSpan deadline) => new()
    {
        Last = new PollExchange(
            SyncRequests.Poll(s_servers, s_credentials, s_cursor, s_now, deadline), new WireReply(200, default), null,
            new PollReply(SyncVerdict.Ok, false, 0, 0, held, "synccheck: retcode 0, selector 0"), s_now),
        IsFresh = true,
    };

    private static PollExchange Answered(WireReply reply) => new(Poll(s_cursor), reply, null, SyncClassification.Poll(reply), s_now);

    private static WireRequest Poll(WebCursor cursor) => SyncRequests.Poll(s_servers, s_credentials, cursor, s_now);

    private static WireRequest Fetch(WebCursor cursor) => SyncRequests.Fetch(s_servers, s_credentials, cursor, s_now);

    private static WireRequest Respelt(string query) =>
        new("synccheck", HttpMethod.Get, new Uri("https://webpush.wx2.qq.com/cgi-bin/mmwebwx-bin/synccheck?" + query));

    private static SyncKey Key(string text) => SyncKey.TryParse(text, out SyncKey key) ? key : throw new FormatException(text);

    private static void Says(Finding finding, FindingLevel level, string found) => new WeChatSyncFinding("", finding.Level, finding.Found, finding.Advice, "").Says(level, found);

    private static void Advises(Finding finding, string advice) => Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
}
