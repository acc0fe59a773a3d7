using System;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Groups whose members have no names yet, as webwxinit brings them.</summary>
public sealed class GroupNameTests
{
    [Fact]
    public async Task Messages_of_unknown_members_come_with_names_after_one_request_a_group()
    {
        // the clock stands still: however slow the machine is, the moment for names is not over
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await ConnectWithoutContactsAsync(server, server.Options with { Time = new DrivenTime() });
        server.Emulator.Deliver("赵六", "一", "周末爬山");
        server.Emulator.Deliver("李队", "二", "周末爬山");
        server.Emulator.Deliver("孙七 <ops>", "三", "运维群");
        server.Emulator.Deliver("赵六", "四", "周末爬山");
        using MessageStream stream = session.OpenStream(Streams.Texts);

        WeChatMessage[] messages = [await stream.TakeAsync(), await stream.TakeAsync(), await stream.TakeAsync(), await stream.TakeAsync()];

        Assert.Equal(["一", "二", "三", "四"], messages.Select(message => message.Text));
        Assert.Equal(["赵六", "李队", "孙七 <ops>", "赵六"], messages.Select(message => message.Sender!.Name));
        Assert.Equal(["周末爬山", "周末爬山", "运维群", "周末爬山"], messages.Select(message => message.Group!.Name));
        Assert.Equal(2, server.Asked("webwxbatchgetcontact"));
    }

    [Fact]
    public async Task Names_that_cannot_be_had_are_asked_for_once_and_hold_no_message_back()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await ConnectWithoutContactsAsync(server, server.Options);
        server.Emulator.Faults.Add("webwxbatchgetcontact", FaultKind.Ret, code: 1205);
        server.Emulator.Deliver("赵六", "一", "周末爬山");
        server.Emulator.Deliver("赵六", "二", "周末爬山");
        using MessageStream stream = session.OpenStream(Streams.Texts);

        Assert.Equal("一", (await stream.TakeAsync()).Text);
        Assert.Equal("二", (await stream.TakeAsync()).Text);

        Assert.Equal(1, server.Asked("webwxbatchgetcontact"));
        Assert.Equal(SessionState.Online, session.State);
    }

    [Fact]
    public async Task Names_that_do_not_come_hold_a_burst_back_for_a_moment_only()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await ConnectWithoutContactsAsync(server, server.Options with { Time = time });
        server.Emulator.Faults.Add("webwxbatchgetcontact", FaultKind.Hang, count: 1);
        int asked = server.Asked("webwxbatchgetcontact");
        for (int i = 0; i < 32; i++)
            DeliverRaw(server, i);
        using MessageStream stream = session.OpenStream(Streams.Texts);
        Task<WeChatMessage> message = stream.TakeAsync();
        await Eventually.UntilAsync(() => server.Asked("webwxbatchgetcontact") == asked + 1, "the names are asked for");

        time.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal("0", (await message).Text);
        for (int i = 1; i < 32; i++) Assert.Equal($"{i}", (await stream.TakeAsync()).Text);
        Assert.Equal(asked + 1, server.Asked("webwxbatchgetcontact"));

        // after the pause, one request asks for all of them
        time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.UntilAsync(() => session.TakeNotices(withTrace: false).Any(notice => notice.Text.Contains("did not load in time", StringComparison.Ordinal)), "the look-up is given up");
        time.Advance(TimeSpan.FromSeconds(31));
        server.Emulator.Deliver("张三", "x");
        Assert.Equal("x", (await stream.TakeAsync()).Text);
        await Eventually.UntilAsync(() => server.Asked("webwxbatchgetcontact") == asked + 2, "the names are asked for again");
        Assert.Contains("\"Count\":32", server.Emulator.Requests.Get("webwxbatchgetcontact")[^1].Body, StringComparison.Ordinal);
    }

    /// <summary>A message from a chat that nobody knows.</summary>
    private static void DeliverRaw(LiveServer server, int number) => server.Emulator.Deliver(new IncomingMessage
    {
        Kind = Emulator.MessageKind.Raw,
        Json = $$"""{"MsgId":"{{7_000_000 + number}}","FromUserName":"@unknown{{number}}","ToUserName":"{{server.Emulator.Self.Sessions[0].SelfUserName}}","MsgType":1,"Content":"{{number}}","CreateTime":1700000000}""",
    });

    /// <summary>A session that knows of its groups only what webwxinit says.</summary>
    private static async Task<WeChatSession> ConnectWithoutContactsAsync(LiveServer server, ConnectOptions options)
    {
        server.Emulator.Faults.Add("webwxgetcontact", FaultKind.Status, count: 1);
        WeChatSession session = await server.ConnectAsync(options);
        Assert.Equal(0, server.Asked("webwxbatchgetcontact"));
        return session;
    }
}
