using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Sync;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class SendPaceTests
{
    [Fact]
    public void Tokens_come_back_one_an_interval_and_never_more_than_a_burst()
    {
        var time = new DrivenTime();
        var pace = new Pace(TimeSpan.FromSeconds(2), burst: 3, time);
        Assert.Equal([0, 0, 0, 2, 4], Take(5));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal([3, 5], Take(2));
        pace.Return();
        Assert.Equal([5], Take(1));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([0, 0, 0, 2], Take(4));

        double[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => pace.Take().TotalSeconds)];
    }

    [Fact]
    public async Task Five_messages_go_out_at_once_and_then_one_a_second()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(
            server.Options with { Time = time, Http = time.Http, SendInterval = TimeSpan.FromSeconds(1) });
        DateTimeOffset started = time.GetUtcNow();
        Task<WeChatReceipt>[] sends = [.. Enumerable.Range(0, 8).Select(i => SendAsync(session, "张三", $"{i}"))];

        // the clock stands still: only the burst gets out
        await Task.WhenAll(sends.Take(5));
        Assert.Equal(5, server.Emulator.Sent.Count);
        for (int more = 5; more < 8; more++)
        {
            await time.DriveAsync(sends[more]);
            Assert.True(time.GetUtcNow() - started >= TimeSpan.FromSeconds(more - 4));
        }

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7"], server.Emulator.Sent.Select(sent => sent.Text));
    }

    [Fact]
    public async Task Messages_to_one_receiver_keep_their_order_and_another_receiver_is_not_held_up()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.LostReply, count: 1);
        Task<WeChatReceipt> first = SendAsync(session, "张三", "first");
        await Eventually.UntilAsync(() => server.Asked("webwxsendmsg") == 1, "the first is under way");
        Task<WeChatReceipt>[] behind = [SendAsync(session, "张三", "second"), SendAsync(session, "张三", "third")];

        await SendAsync(session, "王五", "other");

        Assert.False(first.IsCompleted || behind[0].IsCompleted || behind[1].IsCompleted);
        await time.DriveAsync(Task.WhenAll(behind));
        Assert.Equal(2, (await first).Attempts);
        Assert.Equal(["first", "other", "second", "third"], server.Emulator.Sent.Select(sent => sent.Text));
    }

    [Fact]
    public async Task A_cancelled_message_leaves_the_queue_at_once_and_the_order_of_the_others_holds()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.LostReply, count: 1);
        using var stop = new CancellationTokenSource();
        Task<WeChatReceipt> first = SendAsync(session, "张三", "first");
        await Eventually.UntilAsync(() => server.Asked("webwxsendmsg") == 1, "the first is under way");
        Task<WeChatReceipt> second = SendAsync(session, "张三", "second", stop: stop.Token);
        Task<WeChatReceipt> third = SendAsync(session, "张三", "third");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(first.IsCompleted || third.IsCompleted);
        await time.DriveAsync(third);
        Assert.True(first.IsCompletedSuccessfully);
        Assert.Equal(["first", "third"], server.Emulator.Sent.Select(sent => sent.Text));
    }

    [Fact]
    public async Task A_message_behind_others_waits_no_longer_than_it_may()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.LostReply, count: 1);
        Task<WeChatReceipt> first = SendAsync(session, "张三", "first");
        await Eventually.UntilAsync(() => server.Asked("webwxsendmsg") == 1, "the first is under way");
        Task<WeChatReceipt> second = SendAsync(session, "张三", "second", new SendOptions { Timeout = TimeSpan.FromSeconds(5) });

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(WeChatErrorReason.Throttled, (await Assert.ThrowsAsync<WeChatException>(() => second)).Reason);
        await time.DriveAsync(first);
        Assert.Equal("first", Assert.Single(server.Emulator.Sent).Text);
    }

    [Fact]
    public async Task A_refusal_for_haste_pauses_everything_and_drops_nothing()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http, SendInterval = TimeSpan.FromSeconds(1) });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: 1205);
        var waiting = new Waits();
        DateTimeOffset started = time.GetUtcNow();
        List<Task<WeChatReceipt>> sends = [SendAsync(session, "张三", "0", new SendOptions { Waiting = waiting })];
        await Eventually.UntilAsync(() => waiting.Told.Count == 1, "the first is paused");
        for (int i = 1; i < 10; i++) sends.Add(SendAsync(session, i % 2 == 0 ? "张三" : "王五", $"{i}"));

        Assert.Equal(1, server.Asked("webwxsendmsg"));
        await time.DriveAsync(Task.WhenAll(sends));

        Assert.InRange(waiting.Told.First(), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(1));
        Assert.Equal(11, server.Asked("webwxsendmsg"));
        Assert.Equal(["0", "2", "4", "6", "8"], Texts(server, "张三"));
        Assert.Equal(["1", "3", "5", "7", "9"], Texts(server, "王五"));

        // one token was used up by the refused one, four go out together when the pause is over, and then one a second
        Assert.True(time.GetUtcNow() - started >= waiting.Told.First() + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_message_that_would_wait_too_long_is_throttled_at_once_and_not_sent()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = new DrivenTime() });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: 1205);

        Task<WeChatReceipt> send = SendAsync(session, "张三", "?", new SendOptions { Timeout = TimeSpan.FromSeconds(10) });

        Assert.Equal(WeChatErrorReason.Throttled, (await Assert.ThrowsAsync<WeChatException>(() => send)).Reason);
        Assert.Empty(server.Emulator.Sent);
    }

    [Fact]
    public async Task The_pause_is_saved_and_kept_by_the_next_process()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        ConnectOptions options = server.Options with { Time = time, Http = time.Http };
        WeChatSession session = await server.ConnectAsync(options);
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: 1205);
        await Assert.ThrowsAsync<WeChatException>(
            () => SendAsync(session, "张三", "?", new SendOptions { Timeout = TimeSpan.FromSeconds(10) }));
        session.Dispose();
        DateTimeOffset until = server.Saved().SendsPausedUntil!.Value;
        Assert.InRange(until - time.GetUtcNow(), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(1));

        session = await server.ConnectAsync(options with { NonInteractive = true });
        var waiting = new Waits();
        Task<WeChatReceipt> send = SendAsync(session, "张三", "later", new SendOptions { Waiting = waiting });
        await Eventually.UntilAsync(() => waiting.Told.Count == 1, "it waits");
        Assert.Equal(until - time.GetUtcNow(), waiting.Told.First());
        Assert.Empty(server.Emulator.Sent);
        await time.DriveAsync(send);

        Assert.Equal("later", Assert.Single(server.Emulator.Sent).Text);
    }

    [Fact]
    public async Task A_pause_from_before_the_clock_was_set_back_stops_nobody_for_longer_than_a_pause()
    {
        await using LiveServer server = LiveServer.Start();
        var later = new DrivenTime();
        later.Advance(TimeSpan.FromHours(2));
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = later });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: 1205);
        await Assert.ThrowsAsync<WeChatException>(
            () => SendAsync(session, "张三", "?", new SendOptions { Timeout = TimeSpan.FromSeconds(10) }));
        session.Dispose();

        session = await server.ConnectAsync(server.Options with { Time = new DrivenTime(), NonInteractive = true });

        Assert.Equal(1, (await SendAsync(session, "张三", "now")).Attempts);
    }

    private static IEnumerable<string> Texts(LiveServer server, string receiver) =>
        server.Emulator.Sent.Where(sent => sent.To.NickName == receiver).Select(sent => sent.Text);

    private static Task<WeChatReceipt> SendAsync(
        WeChatSession session, string to, string text, SendOptions? options = null, CancellationToken stop = default) =>
        session.SendAsync(session.Contacts.Resolve(to).Contact!, MessageBody.Text(text), options ?? new SendOptions(), stop);

    private sealed class Waits : IProgress<TimeSpan>
    {
        public ConcurrentQueue<TimeSpan> Told { get; } = new();

        public void Report(TimeSpan value) => Told.Enqueue(value);
    }
}
