using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class StreamTests
{
    [Fact]
    public async Task Messages_come_once_and_in_order()
    {
        EmulatorOptions options = LiveServer.Quick;
        options.MaxMessagesPerSync = 7;
        await using LiveServer server = LiveServer.Start(options);
        WeChatSession session = await server.ConnectAsync();
        using MessageStream stream = session.OpenStream(Streams.Texts);
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => $"text {i}")];

        Task sending = Task.Run(() =>
        {
            foreach (string text in texts) server.Emulator.Deliver("张三", text);
        });
        List<WeChatMessage> received = [];
        while (received.Count < texts.Length) received.Add(await stream.TakeAsync());
        await sending;

        Assert.Equal(texts, received.Select(message => message.Text));
        Assert.All(received, message => Assert.Equal(1, message.DeliveryCount));
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the stream polls on");
        Assert.Equal(0, session.PendingCount);
        Assert.Equal(SessionState.Online, session.State);
    }

    [Fact]
    public async Task What_lies_behind_the_first_message_stays_for_the_next_stream()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        foreach (string text in (string[])["one", "two", "three"]) server.Emulator.Deliver("张三", text);

        using (MessageStream stream = session.OpenStream(Streams.Texts)) Assert.Equal("one", (await stream.TakeAsync()).Text);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 0, "nothing polls any more");
        using MessageStream next = session.OpenStream(Streams.Texts with { NoWait = true });
        (List<WeChatMessage> rest, _) = await next.TakeAllAsync();

        Assert.Equal(["two", "three"], rest.Select(message => message.Text));
        Assert.All(rest, message => Assert.Equal(1, message.DeliveryCount));
    }

    [Fact]
    public async Task A_message_that_was_not_handed_over_comes_first_next_time_even_in_the_next_process()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Deliver("张三", "one");
        server.Emulator.Deliver("张三", "two");

        using (MessageStream stream = session.OpenStream(Streams.Texts)) Assert.Equal(("one", 1), await SeenAsync(stream));
        using (MessageStream stream = session.OpenStream(Streams.Texts)) Assert.Equal(("one", 2), await SeenAsync(stream));
        session.Dispose();
        session = await server.ConnectAsync();
        using MessageStream last = session.OpenStream(Streams.Texts);

        Assert.Equal(("one", 3), await SeenAsync(last));
    }

    [Fact]
    public async Task A_message_kept_without_acknowledgement_is_completed_later_and_only_in_its_own_session()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatSession other = await server.ConnectAsync(server.Options with { Name = "other", Login = WeChatLoginMethod.Qr });
        server.Emulator.Deliver("张三", "one");
        WeChatMessage message, same;
        using (MessageStream stream = session.OpenStream(Streams.Texts)) message = await stream.TextAsync();
        using (MessageStream stream = other.OpenStream(Streams.Texts)) same = await stream.TextAsync();

        Assert.Equal(message.Sequence, same.Sequence);
        Assert.Equal(WeChatErrorReason.MessageNotFound, Assert.Throws<WeChatException>(() => other.Complete(message)).Reason);
        session.Complete(message);
        Assert.Equal(WeChatErrorReason.MessageNotFound, Assert.Throws<WeChatException>(() => session.Complete(message)).Reason);

        Assert.Equal(0, session.PendingCount);
        Assert.Equal(1, other.PendingCount);
    }

    [Fact]
    public async Task A_filter_consumes_what_it_does_not_want()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        foreach (string text in (string[])["no", "yes", "no", "no"]) server.Emulator.Deliver("张三", text);

        using (MessageStream stream = session.OpenStream(new StreamOptions { NoWait = true, Filter = message => message.Text == "yes" }))
            Assert.Equal("yes", Assert.Single((await stream.TakeAllAsync()).Messages).Text);

        Assert.Equal(0, session.PendingCount);
    }

    [Fact]
    public async Task Without_waiting_the_stream_brings_what_is_there_and_ends()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Deliver("张三", "one");

        using (MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true }))
            Assert.Equal("one", Assert.Single((await stream.TakeAllAsync()).Messages).Text);
        using (MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true }))
            Assert.Empty((await stream.TakeAllAsync()).Messages);

        Assert.Equal(0, server.Asked("synccheck"));
    }

    [Fact]
    public async Task A_stream_ends_when_its_time_is_up_and_that_is_no_error()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { Time = time });
        using MessageStream stream = session.OpenStream(Streams.Texts with { Timeout = TimeSpan.FromSeconds(5) });
        Task<StreamEntry> next = stream.EntryAsync();
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the stream waits");

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await next).IsEnd);
        Assert.Equal(SessionState.Online, session.State);
    }

    [Fact]
    public async Task A_second_receiver_is_turned_away_until_the_first_has_gone()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        using (session.OpenStream(Streams.Texts))
            Assert.Equal(WeChatErrorReason.SyncInUse, Assert.Throws<WeChatException>(() => session.OpenStream(Streams.Texts)).Reason);

        using MessageStream next = session.OpenStream(Streams.Texts);
        server.Emulator.Deliver("张三", "one");

        Assert.Equal("one", (await next.TakeAsync()).Text);
    }

    private static async Task<(string, int)> SeenAsync(MessageStream stream)
    {
        WeChatMessage message = await stream.TextAsync();
        return (message.Text, message.DeliveryCount);
    }
}
