using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Acceptance;

/// <summary>
/// What people suffer from with other clients, each pain as a test with its number: here the polling. A whole session talks to a server;
/// only its clock is not real.
/// </summary>
public sealed partial class AcceptanceTests
{
    private const string Friend = "王五";

    [Theory]
    [InlineData("synccheck", FaultKind.PhantomSelector)]
    [InlineData("synccheck", FaultKind.InstantZero)]
    [InlineData("synccheck", FaultKind.ZeroStatus)]
    [InlineData("webwxsync", FaultKind.ClockOnlyKey)]
    [InlineData("webwxsync", FaultKind.ContinueWithoutItems)]
    public async Task A_storm_without_messages_costs_one_request_in_2_s_and_one_warning_and_a_message_comes_within_5_s(
        string endpoint, FaultKind kind)
    {
        await using var stage = new Stage();
        WeChatSession session = await stage.ConnectAsync();
        stage.Server.Faults.Add(endpoint, kind);
        if (kind == FaultKind.ContinueWithoutItems) stage.Server.Deliver(Friend, "the first");
        TimeSpan settled = stage.Clock.Passed + TimeSpan.FromMinutes(1);
        await using var receiver = new Receiver(session);
        await stage.Clock.RunTo(stage.Clock.Passed + TimeSpan.FromMinutes(30));
        TimeSpan[] requests = [.. stage.Answered.Select(one => one.At).Where(at => at >= settled)];
        Assert.InRange(requests.Length, 800, 880);
        Assert.All(requests, from => Assert.InRange(requests.Count(at => at >= from && at < from + TimeSpan.FromSeconds(15)), 1, 15));
        Assert.Single(receiver.Warnings);
        Assert.Equal(SessionState.Degraded, session.State);

        // where the fetch itself is at fault, nothing can come before it ends
        if (endpoint == "webwxsync") stage.Server.Faults.Clear();
        stage.Clock.StopAt(stage.Clock.Passed + TimeSpan.FromSeconds(5));
        stage.Server.Deliver(Friend, "at last");
        await receiver.Take(kind == FaultKind.ContinueWithoutItems ? 2 : 1);
        Assert.Equal("at last", receiver.Texts[^1]);
    }

    [Fact]
    public async Task The_status_line_0_brings_the_message_in_less_than_a_second_and_no_error()
    {
        await using var stage = new Stage();
        WeChatSession session = await stage.ConnectAsync();
        stage.Server.Faults.Add("synccheck", FaultKind.ZeroStatus, count: 1);
        TimeSpan before = stage.Clock.Passed;
        stage.Server.Deliver(Friend, "在吗");
        await using var receiver = new Receiver(session);
        await receiver.Take(1);
        Assert.True(stage.Clock.Passed - before < TimeSpan.FromSeconds(1));
        Assert.Equal(FaultKind.ZeroStatus, stage.Server.Requests.Get("synccheck")[0].Fault);
        Assert.Empty(receiver.Warnings);
        Assert.Null(session.LastError);
    }

    [Fact]
    public async Task A_poll_that_is_never_answered_is_followed_after_35_s_by_one_on_a_new_connection()
    {
        var time = new FakeTimeProvider();
        int connections = 0;
        await using var stage = new Stage(time)
        {
            Handler = () => new SocketsHttpHandler
            {
                UseCookies = false,
                ConnectCallback = (context, stop) =>
                {
                    Interlocked.Increment(ref connections);
                    return Connections.OpenAsync(context, stop);
                },
            },
        };
        WeChatSession session = await stage.ConnectAsync(defaultDeadlines: true);
        stage.Server.Faults.Add("synccheck", FaultKind.Hang, count: 1);
        await using var receiver = new Receiver(session);
        await Eventually.UntilAsync(() => stage.Server.Requests.Get("synccheck").Count == 1, "the first poll");
        int before = Volatile.Read(ref connections);
        time.Advance(TimeSpan.FromSeconds(35));
        await Eventually.UntilAsync(() => stage.Server.Counters.OpenPolls == 1, "the second poll");
        Assert.Equal(2, stage.Server.Requests.Get("synccheck").Count);
        Assert.True(Volatile.Read(ref connections) > before);
        stage.Server.Deliver(Friend, "still there");
        await receiver.Take(1);
    }

    [Fact]
    public async Task Ten_minutes_without_a_network_cost_next_to_nothing_and_messages_flow_within_5_s_of_its_return()
    {
        int tries = 0;
        await using var stage = new Stage
        {
            Handler = () => new SocketsHttpHandler
            {
                UseCookies = false,
                ConnectCallback = (context, stop) =>
                {
                    Interlocked.Increment(ref tries);
                    return Connections.OpenAsync(context, stop);
                },
            },
        };
        WeChatSession session = await stage.ConnectAsync();
        await using var receiver = new Receiver(session);
        await Eventually.UntilAsync(() => stage.Server.Counters.OpenPolls == 1, "the first poll");
        TimeSpan outage = stage.Clock.Passed;
        stage.Clock.StopAt(outage);
        stage.Server.Pause();
        tries = 0;
        await stage.Clock.RunTo(outage + TimeSpan.FromMinutes(10));

        // asleep between tries: the number of tries is all that it costs
        Assert.InRange(Volatile.Read(ref tries), 200, 300);
        Assert.Single(receiver.Warnings);

        stage.Server.Resume();
        stage.Server.Deliver(Friend, "back again");
        stage.Clock.StopAt(outage + TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(5));
        await receiver.Take(1);
        Assert.Single(receiver.Recoveries);
        Assert.Equal(SessionState.Online, session.State);
    }

    [Theory]
    [InlineData(FaultKind.Status)]
    [InlineData(FaultKind.Empty)]
    [InlineData(FaultKind.Html)]
    public async Task Errors_503_empty_replies_and_web_pages_log_nobody_out(FaultKind kind)
    {
        await using var stage = new Stage();
        WeChatSession session = await stage.ConnectAsync();
        stage.Server.Faults.Add("synccheck", kind, count: 5);
        stage.Server.Faults.Add("webwxsync", kind, count: 5);
        await using var receiver = new Receiver(session);
        stage.Server.Deliver(Friend, "unharmed");
        await receiver.Take(1);

        // Two polls, and the fetches until one succeeds.
        Assert.InRange(stage.Server.Requests.Get().Count(request => request.Fault == kind), 7, 10);
        Assert.False(receiver.Ended.IsCompleted);
        await Eventually.UntilAsync(() => session.State == SessionState.Online, "the polls work again");
        Assert.Equal(0, Assert.Single(stage.Server.Sessions).EndCode);
        Assert.Single(stage.Server.Requests.Get("webwxnewloginpage"));
    }

    [Theory]
    [InlineData(1100, WeChatErrorReason.LoggedOut)]
    [InlineData(1101, WeChatErrorReason.SessionExpired)]
    [InlineData(1102, WeChatErrorReason.SessionExpired)]
    public async Task Codes_1100_to_1102_end_a_session_once_and_the_next_login_tries_resume_then_push_then_a_code(
        int code, WeChatErrorReason reason)
    {
        await using var stage = new Stage();
        WeChatSession session = await stage.ConnectAsync();
        await using (var receiver = new Receiver(session))
        {
            await Eventually.UntilAsync(() => stage.Server.Counters.OpenPolls == 1, "the first poll");
            stage.Server.Requests.Clear();
            stage.Server.Kick(code: code);
            WeChatException ended = await Assert.ThrowsAsync<WeChatException>(() => receiver.Ended);
            Assert.Equal((reason, (int?)code), (ended.Reason, ended.ServerCode));

            // one more request to be sure, and then none
            Assert.Equal(["webwxsync"], stage.Server.Requests.Get().Select(request => request.Endpoint));
            Assert.Empty(receiver.Warnings);
        }

        Assert.Equal(reason, Assert.Throws<WeChatException>(() => new Receiver(session)).Reason);
        stage.Server.Options.AutoPhone = false;
        var watch = new LoginWatch(step =>
        {
            if (step is LoginEvent.Pushed) stage.Server.Phone.Cancel();
            if (step is LoginEvent.QrCode) stage.Server.Phone.Confirm();
        });
        WeChatSession next = await stage.ConnectAsync(watch);
        string[] ladder = ["Resuming", "ResumeFailed", "Pushed", "Cancelled", "QrCode", "Confirmed"];
        Assert.Equal(ladder, watch.Steps.Where(step => step != "Scanned"));
        stage.Server.Deliver(Friend, "welcome back");
        await using var again = new Receiver(next);
        await again.Take(1);
        Assert.Equal(["welcome back"], again.Texts);
    }
}
