using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Examination;

public sealed class ExaminationTests
{
    private static EmulatorOptions Brief(TimeSpan hold)
    {
        EmulatorOptions options = LiveServer.Quick;
        options.Hold = hold;
        return options;
    }

    [Fact]
    public async Task A_healthy_session_gives_one_finding_a_check_in_order_and_consumes_nothing()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Deliver("张三", "still there");

        List<WeChatSyncFinding> first = await session.ExamineAsync(2);
        List<WeChatSyncFinding> second = await session.ExamineAsync(0.5);

        Assert.Equal(Examined.Checks, first.Select(finding => finding.Check));
        Assert.All(first.Concat(second), finding => Assert.True(finding.Level <= FindingLevel.Note, finding.ToString()));
        Assert.All(first, finding => Assert.Equal(session.Name, finding.Session));
        first.Of("Keys").Says(FindingLevel.Note, "The server sends SyncCheckKey with the first fetch");
        second.Of("Keys").Says(FindingLevel.Ok, "Polls use SyncCheckKey");
        second.Of("Hold").Says(FindingLevel.Note, "reached its time limit");
        Assert.Equal(2, session.PendingCount);
        using MessageStream stream = session.OpenStream(Streams.Texts);
        Assert.Equal("still there", (await stream.TakeAsync()).Text);
    }

    [Fact]
    public async Task Findings_come_as_they_are_made()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();

        await using IAsyncEnumerator<WeChatSyncFinding> findings = session.ExamineSyncAsync(TimeSpan.FromSeconds(10), default).GetAsyncEnumerator();

        foreach (string check in Examined.Checks.Take(3))
        {
            Assert.True(await findings.MoveNextAsync());
            Assert.Equal(check, findings.Current.Check);
        }

        Assert.Equal(0, server.Asked("synccheck"));
    }

    [Fact]
    public async Task A_session_that_is_closed_meanwhile_ends_it()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        await using IAsyncEnumerator<WeChatSyncFinding> findings = session.ExamineSyncAsync(TimeSpan.FromSeconds(10), default).GetAsyncEnumerator();
        for (int i = 0; i < 3; i++) await findings.MoveNextAsync();

        session.Dispose();

        WeChatException error = await Assert.ThrowsAsync<WeChatException>(async () => await findings.MoveNextAsync());
        Assert.Equal(WeChatErrorReason.NotConnected, error.Reason);
    }

    [Theory]
    [InlineData(FaultKind.InstantZero, null, "Hold", FindingLevel.Problem, "return immediately")]
    [InlineData(FaultKind.PhantomSelector, 3, "Hold", FindingLevel.Problem, "selector 3, but a fetch returns no data")]
    [InlineData(FaultKind.Reset, null, "Hold", FindingLevel.Problem, "The connection was closed after")]
    [InlineData(FaultKind.ZeroStatus, null, "Hold", FindingLevel.NotChecked, "status line '0 -'")]
    [InlineData(FaultKind.Redirect, null, "Redirect", FindingLevel.Problem, "redirected to https://weixin.qq.com (HTTP status 302)")]
    [InlineData(FaultKind.Html, null, "Content", FindingLevel.Problem, "502 Bad Gateway")]
    [InlineData(FaultKind.Empty, null, "Content", FindingLevel.Warning, "empty")]
    [InlineData(FaultKind.Status, 503, "Content", FindingLevel.Warning, "HTTP status 503")]
    [InlineData(FaultKind.Status, 407, "Content", FindingLevel.Problem, "HTTP status 407")]
    [InlineData(FaultKind.Status, 404, "Content", FindingLevel.Problem, "HTTP status 404")]
    [InlineData(FaultKind.Ret, -1, "Content", FindingLevel.Warning, "retcode -1")]
    [InlineData(FaultKind.Ret, 1101, "Content", FindingLevel.Warning, "retcode 1101")]
    [InlineData(FaultKind.Ret, 1205, "State", FindingLevel.Warning, "Requests pause until")]
    [InlineData(FaultKind.Status, 502, "State", FindingLevel.Warning, "Degraded since")]
    public async Task A_poll_that_goes_wrong_is_found_out(FaultKind kind, int? code, string check, FindingLevel level, string found)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        await session.DrainedAsync();
        server.Emulator.Faults.Add("synccheck", kind, code: code);

        List<WeChatSyncFinding> findings = await session.ExamineAsync(5);

        Assert.Equal(Examined.Checks, findings.Select(finding => finding.Check));
        findings.Of(check).Says(level, found);
    }

    [Fact]
    public async Task A_poll_that_is_never_answered_is_found_out_by_the_deadline()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with { PollDeadline = TimeSpan.FromMilliseconds(500) });
        await session.DrainedAsync();
        server.Emulator.Faults.Add("synccheck", FaultKind.Hang);

        (await session.ExamineAsync()).Of("Hold").Says(FindingLevel.Problem, "within its deadline of 0.5 s");
    }

    [Fact]
    public async Task A_deadline_that_leaves_no_margin_is_found_out()
    {
        await using LiveServer server = LiveServer.Start(Brief(TimeSpan.FromMilliseconds(100)));
        WeChatSession session = await server.ConnectAsync(server.Options with { PollDeadline = TimeSpan.FromSeconds(4) });

        (await session.ExamineAsync()).Of("Hold").Says(FindingLevel.Warning, "the client waits up to 4 s");
    }

    [Fact]
    public async Task Another_charset_is_only_a_note()
    {
        await using LiveServer server = LiveServer.Start(Brief(TimeSpan.FromMilliseconds(100)));
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Faults.Add("synccheck", FaultKind.WrongCharset);

        (await session.ExamineAsync()).Of("Content").Says(FindingLevel.Note, "x-no-such-charset");
    }

    [Fact]
    public async Task An_encoding_that_cannot_be_undone_is_named()
    {
        await using LiveServer server = LiveServer.Start(Brief(TimeSpan.FromMilliseconds(100)));
        WeChatSession session = await server.ConnectAsync(server.Options with
        {
            Http = SpoiledReplies.Through(reply => reply.Content.Headers.TryAddWithoutValidation("Content-Encoding", "zstd")),
        });

        (await session.ExamineAsync()).Of("Content").Says(FindingLevel.Problem, "'zstd'");
    }

    [Fact]
    public async Task A_cookie_that_the_server_did_not_set_is_missed()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with
        {
            Http = SpoiledReplies.Through(static reply =>
            {
                if (!reply.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines)) return;
                string[] kept = [.. lines.Where(line => !line.StartsWith("webwx_data_ticket", StringComparison.Ordinal))];
                reply.Headers.Remove("Set-Cookie");
                reply.Headers.TryAddWithoutValidation("Set-Cookie", kept);
            }),
        });

        (await session.ExamineAsync(0.5)).Of("Cookies").Says(FindingLevel.Problem, "webwx_data_ticket does not reach");
    }

    [Fact]
    public async Task A_clock_that_differs_is_found_out()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with
        {
            Http = SpoiledReplies.Through(static reply => reply.Headers.Date = DateTimeOffset.UtcNow.AddDays(-3)),
        });

        (await session.ExamineAsync(0.5)).Of("Clock").Says(FindingLevel.Warning, "3 days ahead");
    }

    [Fact]
    public async Task A_server_that_is_down_is_told_apart_and_not_polled()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Pause();

        List<WeChatSyncFinding> findings = await session.ExamineAsync();

        findings.Of("Server").Says(FindingLevel.Problem, "cannot be reached");
        Assert.StartsWith("The connection was refused", findings.Of("Server").Advice, StringComparison.Ordinal);
        foreach (string check in new[] { "Hold", "Clock", "Connection" }) findings.Of(check).Says(FindingLevel.NotChecked, "The server did not respond.");
        foreach (string check in new[] { "Redirect", "Content" }) findings.Of(check).Says(FindingLevel.NotChecked, "No poll had a response");
        Assert.Equal(0, session.PollCount);
    }

    [Fact]
    public async Task A_fetch_that_fails_is_told_from_a_poll_that_does()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Faults.Add("webwxsync", FaultKind.Status, code: 502);

        (await session.ExamineAsync()).Of("Hold").Says(FindingLevel.Problem, "HTTP status 502");
    }

    [Fact]
    public async Task A_busy_account_is_no_problem()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Requests.Answered += request =>
        {
            if (request.Endpoint == "webwxsync") server.Emulator.Deliver("张三", "more");
        };

        (await session.ExamineAsync()).Of("Hold").Says(FindingLevel.NotChecked, "They are in the inbox");
        Assert.True(session.PendingCount > 1);
    }

    [Fact]
    public async Task A_receivers_poll_is_joined_and_none_is_added()
    {
        await using LiveServer server = LiveServer.Start(Brief(TimeSpan.FromSeconds(2)));
        WeChatSession session = await server.ConnectAsync();
        using MessageStream stream = session.OpenStream(Streams.Texts);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1 && session.ReceivedCount > 0, "the receiver polls");
        long most = 0;
        server.Emulator.Requests.Answered += _ => most = Math.Max(most, server.Emulator.Counters.OpenPolls);

        List<WeChatSyncFinding> findings = await session.ExamineAsync();

        findings.Of("Hold").Says(FindingLevel.Ok, "The receiver's poll was held 2");
        Assert.True(most <= 1, $"{most} polls at once");
        server.Emulator.Deliver("张三", "undisturbed");
        Assert.Equal("undisturbed", (await stream.TakeAsync()).Text);
    }

    [Fact]
    public async Task A_throttled_session_is_left_alone()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Faults.Add("synccheck", FaultKind.Ret, count: 1, code: 1205);
        await session.ExamineAsync();
        long polls = session.PollCount;

        (await session.ExamineAsync()).Of("Hold").Says(FindingLevel.NotChecked, "Polling pauses until");

        Assert.Equal(polls, session.PollCount);
    }

    [Fact]
    public async Task A_session_that_ends_meanwhile_says_so_and_then_nothing_else()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Kick();

        (await session.ExamineAsync()).Of("State").Says(FindingLevel.Problem, "was ended on the phone");
        Assert.Equal(["State"], (await session.ExamineAsync()).Select(finding => finding.Check));
    }
}
