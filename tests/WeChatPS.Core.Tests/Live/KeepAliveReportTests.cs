using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>What a session that is kept alive tells the server about itself, and when.</summary>
public sealed class KeepAliveReportTests
{
    private const string Endpoint = "webwxstatusnotify";

    // no deadline may pass while a test moves the clock by minutes
    private static readonly TimeSpan s_never = TimeSpan.FromDays(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Every_five_minutes_the_end_of_a_poll_brings_one_report()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await ConnectAsync(server, keepAlive: true);

        await PassAsync(server, session, TimeSpan.FromSeconds(299));
        await PassAsync(server, session, TimeSpan.FromSeconds(1));
        await ReportedAsync(server, 2);
        await PassAsync(server, session, TimeSpan.FromSeconds(299));

        // however long no poll ends, nothing is said; and then once
        _time.Advance(TimeSpan.FromHours(1));
        await Task.Yield();
        Assert.Equal(2, server.Asked(Endpoint));
        await PassAsync(server, session, TimeSpan.Zero);
        await ReportedAsync(server, 3);
        await PassAsync(server, session, TimeSpan.FromSeconds(1));

        IReadOnlyList<LoggedRequest> reports = server.Emulator.Requests.Get(Endpoint);
        Assert.Equal(3, reports.Count);
        string self = session.User!.UserName;
        Assert.All(reports, report =>
        {
            Assert.Equal(0, report.Ret);
            Assert.Contains($"\"Code\":3,\"FromUserName\":\"{self}\",\"ToUserName\":\"{self}\"", report.Body, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task While_somebody_receives_his_polls_bring_the_reports()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await ConnectAsync(server, keepAlive: true);
        using MessageStream stream = session.OpenStream(Streams.Texts);
        await HeldAsync(server);

        await PassAsync(server, session, TimeSpan.FromMinutes(5));

        await ReportedAsync(server, 2);
    }

    [Fact]
    public async Task A_session_that_is_not_kept_alive_reports_nothing_after_its_login()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await ConnectAsync(server, keepAlive: false);
        using MessageStream stream = session.OpenStream(Streams.Texts);
        await HeldAsync(server);

        for (int time = 0; time < 3; time++) await PassAsync(server, session, TimeSpan.FromMinutes(6));

        Assert.Equal(1, server.Asked(Endpoint));
    }

    [Theory]
    [InlineData(FaultKind.Reset, null, "webwxstatusnotify")]
    [InlineData(FaultKind.Html, null, "is invalid")]
    [InlineData(FaultKind.Ret, 1101, "code 1101")]
    [InlineData(FaultKind.Ret, -1, "code -1")]
    public async Task A_report_that_fails_is_told_in_verbose_and_does_nothing_else(FaultKind kind, int? code, string why)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await ConnectAsync(server, keepAlive: true);
        session.TakeNotices(withTrace: true);
        server.Emulator.Faults.Add(Endpoint, kind, count: 1, code: code);
        var notices = new List<SessionNotice>();

        await PassAsync(server, session, TimeSpan.FromMinutes(5));
        await Eventually.UntilAsync(
            () =>
            {
                notices.AddRange(session.TakeNotices(withTrace: true));
                return notices.Count > 0;
            },
            "the failure is told");
        await PassAsync(server, session, TimeSpan.FromMinutes(5));
        await ReportedAsync(server, 3);

        SessionNotice notice = Assert.Single(notices);
        Assert.Equal(NoticeLevel.Verbose, notice.Level);
        Assert.Contains(why, notice.Text, StringComparison.Ordinal);
        Assert.Equal(SessionState.Online, session.State);
        Assert.Null(session.LastError);
    }

    private async Task<WeChatSession> ConnectAsync(LiveServer server, bool keepAlive)
    {
        ConnectOptions options = server.Options;
        WeChatSession session = await server.ConnectDrainedAsync(
            options with { Time = _time, KeepAlive = keepAlive, PollDeadline = s_never, Http = options.Http with { DefaultDeadline = s_never } });
        if (keepAlive) await HeldAsync(server);
        return session;
    }

    /// <summary>Lets time pass, and then a poll end.</summary>
    private async Task PassAsync(LiveServer server, WeChatSession session, TimeSpan time)
    {
        _time.Advance(time);
        long received = session.ReceivedCount;
        server.Emulator.Deliver("张三", "x");
        await Eventually.UntilAsync(() => session.ReceivedCount > received, "the poll brought something");
        await HeldAsync(server);
    }

    private static Task HeldAsync(LiveServer server) => Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "a poll is held");

    private static Task ReportedAsync(LiveServer server, int count) =>
        Eventually.UntilAsync(() => server.Emulator.Requests.Get(Endpoint).Count(report => report.Status is not null) >= count, $"report {count}");
}
