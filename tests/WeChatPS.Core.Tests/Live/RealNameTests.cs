using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Http;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>
/// With the names of WeChat's own servers: on one loopback address every cookie reaches every server, and a lost Domain would not show.
/// </summary>
public sealed class RealNameTests
{
    private static readonly Uri s_file = new("https://file.wx2.qq.com/cgi-bin/mmwebwx-bin/webwxuploadmedia?f=json");

    private static EmulatorOptions Wx2 => new()
    {
        Hold = TimeSpan.FromSeconds(20), ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero, RedirectHost = "wx2.qq.com",
    };

    [Fact]
    public async Task A_login_ends_at_the_server_that_it_is_sent_to_and_polls_its_neighbour()
    {
        await using LiveServer server = LiveServer.Start(Wx2);
        WeChatSession session = await server.ConnectAsync(Options(server));
        server.Emulator.Deliver("张三", "你好");
        using MessageStream stream = session.OpenStream(Streams.Texts);

        Assert.Equal("你好", (await stream.TakeAsync()).Text);

        Assert.Equal("wx2.qq.com", session.Endpoint);
        Assert.Equal(["login.wx.qq.com"], server.Emulator.Hosts("jslogin"));
        Assert.Equal(["login.wx.qq.com"], server.Emulator.Hosts("login"));
        Assert.Equal(["wx2.qq.com"], server.Emulator.Hosts("webwxnewloginpage"));
        Assert.Equal(["wx2.qq.com"], server.Emulator.Hosts("webwxinit"));
        Assert.Equal(["wx2.qq.com"], server.Emulator.Hosts("webwxsync"));
        Assert.Equal(["webpush.wx2.qq.com"], server.Emulator.Hosts("synccheck"));
    }

    [Fact]
    public async Task The_session_survives_being_saved_and_loaded_again_and_again()
    {
        await using LiveServer server = LiveServer.Start(Wx2);
        (await server.ConnectAsync(Options(server))).Dispose();
        IReadOnlyList<WireCookie> first = server.Saved().Cookies;

        for (int round = 1; round <= 3; round++)
        {
            server.Emulator.Requests.Clear();
            WeChatSession session = await server.ConnectAsync(Options(server) with { NonInteractive = true });
            string text = $"round {round}";
            server.Emulator.Deliver("张三", text);
            using (MessageStream stream = session.OpenStream(Streams.Texts)) Assert.Equal(text, (await stream.TakeAsync()).Text);
            session.Dispose();

            SavedSession saved = server.Saved();
            Assert.Equal("wx2.qq.com", saved.ApiAuthority);
            Assert.Equal(first.Select(Scope), saved.Cookies.Select(Scope).Intersect(first.Select(Scope)));
            Assert.Contains("webwx_data_ticket=", await CookiesAtFileServerAsync(server, saved.Cookies));
            Assert.All(server.Emulator.Requests.Get("synccheck"), poll => Assert.Contains("webwx_data_ticket=", poll.Header("Cookie")));
            Assert.Equal(["wx2.qq.com"], server.Emulator.Hosts("webwxinit"));
            Assert.Equal(0, server.Asked("jslogin"));
        }
    }

    [Fact]
    public async Task A_cookie_that_lost_its_domain_no_longer_reaches_the_other_servers()
    {
        await using LiveServer server = LiveServer.Start(Wx2);
        (await server.ConnectAsync(Options(server))).Dispose();
        SavedSession whole = server.Saved();

        // as a store would leave them that keeps the host they came from, and no more
        WireCookie[] stripped = [.. whole.Cookies.Select(cookie => cookie with { Domain = "wx2.qq.com", HostOnly = true })];

        Assert.Contains("webwx_data_ticket=", await CookiesAtFileServerAsync(server, whole.Cookies));
        Assert.DoesNotContain("webwx_data_ticket=", await CookiesAtFileServerAsync(server, stripped));
    }

    [Fact]
    public async Task A_push_login_asks_the_sessions_own_servers()
    {
        await using LiveServer server = LiveServer.Start(Wx2);
        (await server.ConnectAsync(Options(server))).Dispose();
        server.Emulator.Kick();
        server.Emulator.Requests.Clear();
        var watch = new LoginWatch();

        WeChatSession session = await server.ConnectAsync(Options(server), watch);

        Assert.Contains("Pushed", watch.Steps);
        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal(["wx2.qq.com"], server.Emulator.Hosts("webwxpushloginurl"));
        Assert.Equal(["login.wx2.qq.com"], server.Emulator.Hosts("login"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("wx2.qq.com.evil.example")]
    [InlineData("wx2-qq.com")]
    [InlineData("wx2.qq.com:8443")]
    public async Task A_login_that_is_sent_to_a_foreign_server_ends(string host)
    {
        EmulatorOptions options = Wx2;
        await using LiveServer server = LiveServer.Start(new EmulatorOptions
        {
            Hold = options.Hold, ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero, RedirectHost = host,
        });

        WeChatException error = await server.RefusedAsync(Options(server));

        Assert.Equal(WeChatErrorReason.InvalidEndpoint, error.Reason);
        Assert.Equal(0, server.Asked("webwxnewloginpage"));
    }

    [Fact]
    public async Task A_saved_session_of_the_real_servers_is_not_resumed_at_an_endpoint()
    {
        await using LiveServer server = LiveServer.Start(Wx2);
        (await server.ConnectAsync(Options(server))).Dispose();
        server.Emulator.Requests.Clear();

        Assert.Equal(WeChatErrorReason.EndpointMismatch, (await server.RefusedAsync(server.Options)).Reason);
        Assert.Empty(server.Emulator.Requests.Get());
    }

    private static ConnectOptions Options(LiveServer server) =>
        server.Options with { Endpoint = null, Http = RealNames.To(server.Emulator) };

    private static (string, string, bool, string, bool) Scope(WireCookie cookie) =>
        (cookie.Name, cookie.Domain, cookie.HostOnly, cookie.Path, cookie.Secure);

    /// <summary>What the file server gets to see.</summary>
    private static async Task<string> CookiesAtFileServerAsync(LiveServer server, IEnumerable<WireCookie> cookies)
    {
        var jar = new CookieJar();
        jar.Load(cookies);
        using var http = new WeChatHttp(RealNames.To(server.Emulator), jar, TimeProvider.System);
        await http.SendAsync(new WireRequest("webwxuploadmedia", HttpMethod.Get, s_file), default);
        LoggedRequest seen = server.Emulator.Requests.Get("webwxuploadmedia")[^1];
        Assert.Equal("file.wx2.qq.com", seen.Header("Host"));
        return seen.Header("Cookie") ?? "";
    }
}
