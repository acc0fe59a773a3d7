using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class LoginTroubleTests
{
    public static TheoryData<string, FaultKind> Broken
    {
        get
        {
            var all = new TheoryData<string, FaultKind>();
            foreach (string endpoint in new[] { "jslogin", "login", "webwxnewloginpage", "webwxinit" })
            {
                foreach (FaultKind kind in new[] { FaultKind.Html, FaultKind.Empty, FaultKind.Status, FaultKind.Reset, FaultKind.Redirect })
                    all.Add(endpoint, kind);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Nonsense_at_any_step_is_unreachable_and_leaves_the_saved_session_alone(string endpoint, FaultKind kind)
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        byte[] before = await File.ReadAllBytesAsync(server.SessionFile);
        server.Emulator.Faults.Add(endpoint, kind);
        var time = new DrivenTime();
        ConnectOptions options = server.Options with { Login = WeChatLoginMethod.Qr, Time = time, Http = time.Http, Timeout = TimeSpan.FromMinutes(10) };

        Task<WeChatException> login = server.RefusedAsync(options);
        WeChatException error = await time.DriveAsync(login);

        Assert.Equal(WeChatErrorReason.Unreachable, error.Reason);
        Assert.Equal(before, await File.ReadAllBytesAsync(server.SessionFile));
    }

    [Theory]
    [InlineData(FaultKind.Html, null)]
    [InlineData(FaultKind.Empty, null)]
    [InlineData(FaultKind.Status, 502)]
    [InlineData(FaultKind.Reset, null)]
    [InlineData(FaultKind.Truncate, null)]
    [InlineData(FaultKind.Ret, -1)]
    [InlineData(FaultKind.Ret, 1205)]
    public async Task Passing_trouble_never_leads_down_the_ladder(FaultKind kind, int? code)
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        byte[] before = await File.ReadAllBytesAsync(server.SessionFile);
        server.Emulator.Faults.Add("webwxinit", kind, code: code);
        var watch = new LoginWatch();

        WeChatException error = await server.RefusedAsync(server.Options, watch);

        WeChatErrorReason expected = code switch
        {
            -1 => WeChatErrorReason.Refused,
            1205 => WeChatErrorReason.Throttled,
            _ => WeChatErrorReason.Unreachable,
        };
        Assert.Equal(expected, error.Reason);
        Assert.Equal(["Resuming"], watch.Steps);
        Assert.Equal(["webwxinit"], server.Emulator.Requests.Get().Select(r => r.Endpoint).Distinct());
        Assert.Equal(before, await File.ReadAllBytesAsync(server.SessionFile));
    }

    [Fact]
    public async Task Without_a_network_the_login_fails_without_waiting()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        server.Emulator.Pause();

        // on a clock that stands still nothing that waits ever ends
        ConnectOptions options = server.Options with { Time = new DrivenTime() };

        Assert.Equal(WeChatErrorReason.Unreachable, (await server.RefusedAsync(options)).Reason);
        Assert.Equal(WeChatErrorReason.Unreachable, (await server.RefusedAsync(options with { Login = WeChatLoginMethod.Qr })).Reason);
    }

    [Fact]
    public async Task Trouble_while_the_phone_is_waited_for_is_waited_out()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        server.Emulator.Faults.Add("login", FaultKind.Reset, count: 2);
        server.Emulator.Faults.Add("login", FaultKind.Html, count: 2);
        server.Emulator.Faults.Add("login", FaultKind.Status, count: 1);
        var time = new DrivenTime();
        var watch = new LoginWatch(step =>
        {
            if (step is LoginEvent.QrCode) server.Emulator.Phone.Confirm();
        });

        WeChatSession session = await time.DriveAsync(server.ConnectAsync(server.Options with { Time = time, Http = time.Http }, watch));

        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal(["QrCode", "Confirmed"], watch.Steps);
        Assert.Equal(6, server.Asked("login"));
    }

    [Fact]
    public async Task A_poll_that_fails_at_the_server_does_not_use_up_the_code()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        server.Emulator.Faults.Add("login", FaultKind.Ret, count: 3, code: 500);
        var time = new DrivenTime();
        var watch = new LoginWatch(step =>
        {
            if (step is LoginEvent.QrCode) server.Emulator.Phone.Confirm();
        });

        await time.DriveAsync(server.ConnectAsync(server.Options with { Time = time, Http = time.Http }, watch));

        Assert.Equal(["QrCode", "Confirmed"], watch.Steps);
        Assert.Equal(1, server.Asked("jslogin"));
    }

    [Fact]
    public async Task Polls_that_keep_failing_at_the_server_lead_to_a_new_code_and_in_the_end_nowhere()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        server.Emulator.Faults.Add("login", FaultKind.Ret, code: 500);
        var time = new DrivenTime();
        ConnectOptions options = server.Options with { Time = time, Http = time.Http, Timeout = TimeSpan.FromMinutes(10) };

        WeChatException error = await time.DriveAsync(server.RefusedAsync(options));

        Assert.Equal(WeChatErrorReason.LoginTimeout, error.Reason);
        Assert.Equal(3, server.Asked("jslogin"));
    }

    [Fact]
    public async Task Polls_that_are_answered_at_once_do_not_spin()
    {
        EmulatorOptions options = LiveServer.Quick;
        options.AutoPhone = false;
        options.Hold = TimeSpan.Zero;
        await using LiveServer server = LiveServer.Start(options);
        var time = new DrivenTime();
        DateTimeOffset started = time.GetUtcNow();
        Task<WeChatSession> login = server.ConnectAsync(server.Options with { Time = time, Http = time.Http, Timeout = TimeSpan.FromDays(1) });

        Task twoMinutes = time.DriveAsync(Eventually.UntilAsync(() => time.GetUtcNow() - started > TimeSpan.FromMinutes(2), "two minutes passed"));
        await twoMinutes;

        Assert.InRange(server.Asked("login"), 6, 70);
        server.Emulator.Phone.Confirm();
        Assert.Equal(SessionState.Online, (await time.DriveAsync(login)).State);
    }

    [Fact]
    public async Task Contacts_that_cannot_be_read_yet_do_not_keep_a_session_from_starting()
    {
        await using LiveServer server = LiveServer.Start();
        server.Emulator.Faults.Add("webwxgetcontact", FaultKind.Status, count: 1);

        WeChatSession session = await server.ConnectAsync();

        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal(NoticeLevel.Warning, Assert.Single(session.TakeNotices(withTrace: true)).Level);
        Assert.Equal("张三", (await session.ResolveAsync("张三", default)).Name);
        Assert.Equal(2, server.Asked("webwxgetcontact"));
    }

    [Fact]
    public async Task Contacts_that_never_come_do_not_keep_the_login_beyond_its_time()
    {
        await using LiveServer server = LiveServer.Start();
        server.Emulator.Faults.Add("webwxgetcontact", FaultKind.Hang);
        var time = new DrivenTime();
        Task<WeChatSession> login = server.ConnectAsync(server.Options with { Time = time, Timeout = TimeSpan.FromSeconds(10) });
        await Eventually.UntilAsync(() => server.Asked("webwxgetcontact") == 1, "the contacts are asked for");

        time.Advance(TimeSpan.FromSeconds(10));

        WeChatSession session = await login;
        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal(NoticeLevel.Warning, Assert.Single(session.TakeNotices(withTrace: true)).Level);
    }
}
