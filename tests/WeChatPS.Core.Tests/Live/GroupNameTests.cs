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
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await ConnectWithoutContactsAsync(server, server.Options);
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
    public async Task Names_that_do_not_come_hold_a_message_back_for_a_moment_only()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await ConnectWithoutContactsAsync(server, server.Options with { Time = time });
        server.Emulator.Faults.Add("webwxbatchgetcontact", FaultKind.Hang);
        server.Emulator.Deliver("赵六", "一", "周末爬山");
        using MessageStream stream = session.OpenStream(Streams.Texts);
        Task<WeChatMessage> message = stream.TakeAsync();
        await Eventually.UntilAsync(() => server.Asked("webwxbatchgetcontact") == 1, "the names are asked for");

        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("一", (await message).Text);
    }

    /// <summary>A session that knows of its groups only what webwxinit says.</summary>
    private static async Task<WeChatSession> ConnectWithoutContactsAsync(LiveServer server, ConnectOptions options)
    {
        server.Emulator.Faults.Add("webwxgetcontact", FaultKind.Status, count: 1);
        WeChatSession session = await server.ConnectAsync(options);
        Assert.Equal(0, server.Asked("webwxbatchgetcontact"));
        return session;
    }
}
