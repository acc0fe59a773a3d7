using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class LoginTests
{
    [Fact]
    public async Task A_code_is_shown_scanned_and_confirmed_and_leads_to_a_live_saved_session()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        var watch = new LoginWatch(step =>
        {
            if (step is LoginEvent.QrCode code) server.Emulator.Phone.Scan(Uuid(code));
            if (step is LoginEvent.Scanned) server.Emulator.Phone.Confirm();
        });

        WeChatSession session = await server.ConnectAsync(watch);

        Assert.Equal(["QrCode", "Scanned", "Confirmed"], watch.Steps);
        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal("我", session.User!.Name);
        Assert.Equal(server.Emulator.Endpoint.Authority, session.Endpoint);
        Assert.Contains(session.Contacts.All, contact => contact.Name == "李四");
        Assert.Contains(session.Contacts.All, contact => contact.Name == "周末爬山");
        Assert.True(File.Exists(server.SessionFile));
        Assert.Equal(1, server.Asked("webwxstatusnotify"));
        Assert.Empty(session.TakeNotices(withTrace: true));
    }

    [Fact]
    public async Task The_codes_text_is_WeChats_own_address_with_any_endpoint()
    {
        await using LiveServer server = LiveServer.Start();
        var watch = new LoginWatch();
        await server.ConnectAsync(watch);

        LoggedRequest poll = server.Emulator.Requests.Get("login")[0];
        string uuid = System.Web.HttpUtility.ParseQueryString(poll.Query)["uuid"]!;
        Assert.Equal($"https://login.weixin.qq.com/l/{uuid}", Assert.Single(watch.Codes).Text.OriginalString);
    }

    [Fact]
    public async Task A_login_that_is_cancelled_on_the_phone_gets_a_new_code()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        var watch = new LoginWatch(step =>
        {
            if (step is LoginEvent.QrCode { Attempt: 1 } first) server.Emulator.Phone.Cancel(Uuid(first));
            if (step is LoginEvent.QrCode { Attempt: 2 } second) server.Emulator.Phone.Confirm(Uuid(second));
        });

        WeChatSession session = await server.ConnectAsync(watch);

        Assert.Equal(["QrCode", "Cancelled", "QrCode", "Confirmed"], watch.Steps);
        Assert.Equal(SessionState.Online, session.State);
    }

    [Fact]
    public async Task After_three_codes_that_grew_old_the_login_is_given_up_and_nothing_is_saved()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        var watch = new LoginWatch(step =>
        {
            if (step is LoginEvent.QrCode code) server.Emulator.Phone.Expire(Uuid(code));
        });

        WeChatException error = await server.RefusedAsync(server.Options, watch);

        Assert.Equal(WeChatErrorReason.LoginTimeout, error.Reason);
        Assert.Equal([(1, 3), (2, 3), (3, 3)], watch.Codes.Select(code => (code.Attempt, code.Of)));
        Assert.Equal(3, watch.Codes.Select(code => code.Text).Distinct().Count());
        Assert.Equal(3, server.Asked("jslogin"));
        Assert.False(File.Exists(server.SessionFile));
    }

    [Fact]
    public async Task A_refused_account_hears_the_servers_own_words_and_nothing_is_saved()
    {
        await using LiveServer server = LiveServer.Start();
        server.Emulator.Faults.Add(new Fault("webwxnewloginpage", FaultKind.Refused1203) { Text = "此微信号\u202e不允许登录" });
        WeChatSession? seen = null;
        var watch = new LoginWatch(_ => seen ??= SessionRegistry.Live.Single(s => s.Endpoint == server.Emulator.Endpoint.Authority));

        WeChatException error = await server.RefusedAsync(server.Options, watch);

        Assert.Equal(WeChatErrorReason.LoginRefused, error.Reason);
        Assert.Equal(1203, error.ServerCode);
        Assert.Contains("此微信号", error.Message);
        Assert.Contains("不允许登录", error.Message);
        Assert.DoesNotContain('\u202e', error.Message);
        Assert.Equal(SessionState.Restricted, seen!.State);
        Assert.Equal(error.Message, seen.LastError);
        Assert.DoesNotContain(seen, SessionRegistry.Live);
        Assert.False(File.Exists(server.SessionFile));
        Assert.Equal(0, server.Asked("webwxinit"));
    }

    [Theory]
    [InlineData(LoginPageStyle.Ok, 200)]
    [InlineData(LoginPageStyle.Moved, 301)]
    public async Task The_login_page_may_come_with_either_status(LoginPageStyle style, int status)
    {
        EmulatorOptions options = LiveServer.Quick;
        options.LoginPage = style;
        await using LiveServer server = LiveServer.Start(options);

        WeChatSession session = await server.ConnectAsync();

        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal(status, Assert.Single(server.Emulator.Requests.Get("webwxnewloginpage")).Status);
    }

    [Fact]
    public async Task The_desktop_client_shows_its_marks_on_the_login_page_alone()
    {
        EmulatorOptions options = LiveServer.Quick;
        options.DesktopOnly = true;
        await using LiveServer server = LiveServer.Start(options);
        Assert.Equal(WeChatErrorReason.LoginRefused, (await server.RefusedAsync(server.Options)).Reason);
        server.Emulator.Requests.Clear();

        WeChatSession session = await server.ConnectAsync(server.Options with { Mode = WeChatLoginMode.Desktop });

        Assert.Equal(WeChatLoginMode.Desktop, session.Mode);
        var marked = server.Emulator.Requests.Get().Where(r => r.Header("client-version") is not null || r.Header("extspam") is not null);
        Assert.Equal("webwxnewloginpage", Assert.Single(marked).Endpoint);
        Assert.Contains("mod%3Ddesktop", Assert.Single(server.Emulator.Requests.Get("jslogin")).Query);
    }

    [Fact]
    public async Task A_saved_desktop_session_stays_one_unless_another_mode_is_asked_for()
    {
        await using LiveServer server = LiveServer.Start();
        (await server.ConnectAsync(server.Options with { Mode = WeChatLoginMode.Desktop })).Dispose();

        WeChatSession session = await server.ConnectAsync();

        Assert.Equal(WeChatLoginMode.Desktop, session.Mode);
        session.Dispose();
        Assert.Equal(WeChatLoginMode.Desktop, server.Saved().Mode);
    }

    [Fact]
    public async Task The_whole_login_takes_no_longer_than_it_may()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        var time = new DrivenTime();
        Task<WeChatSession> login = server.ConnectAsync(server.Options with { Time = time, Timeout = TimeSpan.FromSeconds(20) });
        await Eventually.UntilAsync(() => server.Asked("login") == 1, "the phone is waited for");

        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(WeChatErrorReason.LoginTimeout, (await Assert.ThrowsAsync<WeChatException>(() => login)).Reason);
        Assert.DoesNotContain(SessionRegistry.Live, s => s.Endpoint == server.Emulator.Endpoint.Authority);
    }

    [Fact]
    public async Task A_cancelled_login_ends_as_cancelled_and_frees_the_session()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        using var stop = new System.Threading.CancellationTokenSource();
        var watch = new LoginWatch(step =>
        {
            if (step is LoginEvent.QrCode) stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.ConnectAsync(server.Options, watch, stop.Token));

        new SessionStore(server.Store).Open(server.Name).Dispose();
    }

    [Fact]
    public async Task A_session_that_is_closed_during_its_login_ends_the_login_and_frees_its_folder()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        Task<WeChatSession> login = server.ConnectAsync();
        await Eventually.UntilAsync(() => server.Asked("login") == 1, "the phone is waited for");

        Assert.Single(SessionRegistry.Live, s => s.Endpoint == server.Emulator.Endpoint.Authority).Dispose();

        Assert.Equal(WeChatErrorReason.NotConnected, (await Assert.ThrowsAsync<WeChatException>(() => login)).Reason);
        new SessionStore(server.Store).Open(server.Name).Dispose();
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_login_stops_before_it_needs_a_person()
    {
        await using LiveServer server = LiveServer.Start();

        WeChatException error = await server.RefusedAsync(server.Options with { NonInteractive = true });

        Assert.Equal(WeChatErrorReason.LoginRequired, error.Reason);
        Assert.Empty(server.Emulator.Requests.Get());
    }

    [Fact]
    public async Task An_explicit_code_login_goes_ahead_where_nobody_can_be_asked()
    {
        await using LiveServer server = LiveServer.Start();

        WeChatSession session = await server.ConnectAsync(server.Options with { NonInteractive = true, Login = WeChatLoginMethod.Qr });

        Assert.Equal(SessionState.Online, session.State);
    }

    [Fact]
    public async Task An_ephemeral_session_leaves_nothing_on_disk()
    {
        await using LiveServer server = LiveServer.Start();

        WeChatSession session = await server.ConnectAsync(server.Options with { Ephemeral = true });

        Assert.True(session.IsEphemeral);
        Assert.Empty(Directory.GetFileSystemEntries(server.Store));
    }

    private static string Uuid(LoginEvent.QrCode code) => code.Text.AbsolutePath[(code.Text.AbsolutePath.LastIndexOf('/') + 1)..];
}
