using System;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>A login page that wants the login at another server.</summary>
public sealed class LoginElsewhereTests
{
    private static EmulatorOptions AtWx => new()
    {
        Hold = TimeSpan.FromSeconds(20), ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero, RedirectHost = "wx.qq.com",
    };

    [Fact]
    public async Task The_login_begins_there_with_a_new_code()
    {
        await using LiveServer server = LiveServer.Start(AtWx);
        server.Emulator.Faults.Add(new Fault("webwxnewloginpage", FaultKind.LoginElsewhere) { Text = "https://wx2.qq.com/?&lang=zh_CN", Count = 1 });
        var watch = new LoginWatch();

        WeChatSession session = await server.ConnectAsync(Options(server), watch);

        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal(["login.wx.qq.com", "login.wx2.qq.com"], server.Emulator.Hosts("jslogin"));
        Assert.Equal(["login.wx.qq.com", "login.wx2.qq.com"], server.Emulator.Hosts("login"));
        Assert.Contains("wx2.qq.com%2Fcgi-bin", server.Emulator.Requests.Get("jslogin")[^1].Query, StringComparison.Ordinal);
        Assert.Equal(2, watch.Codes.Count());
        Assert.Contains("SentElsewhere", watch.Steps);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://wx2.qq.com.evil.example/")]
    [InlineData("https://wx2.qq.com@evil.example/")]
    [InlineData("https://wx2.qq.com:8443/")]
    [InlineData("http://wx2.qq.com/")]
    [InlineData("file:///etc/passwd")]
    public async Task It_does_not_begin_at_a_foreign_server(string address)
    {
        await using LiveServer server = LiveServer.Start(AtWx);
        server.Emulator.Faults.Add(new Fault("webwxnewloginpage", FaultKind.LoginElsewhere) { Text = address });

        WeChatException error = await server.RefusedAsync(Options(server));

        Assert.Equal(WeChatErrorReason.InvalidEndpoint, error.Reason);
        Assert.Equal(1, server.Asked("jslogin"));
    }

    [Fact]
    public async Task A_server_that_the_user_named_is_never_left()
    {
        await using LiveServer server = LiveServer.Start();
        server.Emulator.Faults.Add(new Fault("webwxnewloginpage", FaultKind.LoginElsewhere) { Text = "https://evil.example/x?y", Count = 1 });
        var watch = new LoginWatch();

        WeChatSession session = await server.ConnectAsync(server.Options, watch);

        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal([server.Emulator.Endpoint.Authority], server.Emulator.Hosts("jslogin"));
        Assert.Equal(2, watch.Codes.Count());
    }

    [Fact]
    public async Task Servers_that_send_it_round_in_circles_do_not_keep_it()
    {
        await using LiveServer server = LiveServer.Start(AtWx);
        server.Emulator.Faults.Add(new Fault("webwxnewloginpage", FaultKind.LoginElsewhere) { Text = "https://wx.qq.com/" });

        WeChatException error = await server.RefusedAsync(Options(server));

        Assert.Equal(WeChatErrorReason.Unreachable, error.Reason);
        Assert.Equal(3, server.Asked("jslogin"));
    }

    [Fact]
    public async Task After_a_confirmation_without_a_code_one_is_shown()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        server.Emulator.Kick();
        server.Emulator.Faults.Add("webwxnewloginpage", FaultKind.LoginElsewhere, count: 1);
        var watch = new LoginWatch();

        await server.ConnectAsync(server.Options, watch);

        Assert.Equal(["Pushed", "Confirmed", "SentElsewhere", "QrCode"], watch.Steps.SkipWhile(step => step != "Pushed").Where(step => step != "Scanned").Take(4));
    }

    [Fact]
    public async Task Who_wants_no_code_is_told_that_one_is_needed()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        server.Emulator.Kick();
        server.Emulator.Faults.Add("webwxnewloginpage", FaultKind.LoginElsewhere);

        WeChatException error = await server.RefusedAsync(server.Options with { Login = WeChatLoginMethod.Push });

        Assert.Equal(WeChatErrorReason.LoginRequired, error.Reason);
        Assert.Equal(0, server.Asked("jslogin"));
    }

    private static ConnectOptions Options(LiveServer server) =>
        server.Options with { Endpoint = null, Http = RealNames.To(server.Emulator) };
}
