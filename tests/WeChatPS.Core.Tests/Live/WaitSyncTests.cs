using System;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class WaitSyncTests
{
    [Fact]
    public async Task A_wait_ends_when_something_comes_and_takes_nothing()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        Task<WeChatSyncResult> wait = session.WaitSyncAsync(null, default);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the poll is held");
        int fetches = server.Asked("webwxsync");

        server.Emulator.Deliver("张三", "one");
        WeChatSyncResult result = await wait;

        Assert.Equal((0, 2, true, 0), (result.RetCode, result.Selector, result.HasChanges, result.Pending));
        Assert.Equal(fetches, server.Asked("webwxsync"));
        using MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true });
        Assert.Equal("one", (await stream.TakeAsync()).Text);
    }

    [Fact]
    public async Task A_wait_returns_at_once_while_messages_wait_in_the_inbox()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        server.Emulator.Deliver("张三", "one");
        using (MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true })) await stream.TextAsync();

        WeChatSyncResult result = await session.WaitSyncAsync(null, default);

        Assert.Equal((true, 1), (result.HasChanges, result.Pending));
        Assert.Equal(0, server.Asked("synccheck"));
        Assert.Equal(1, session.PendingCount);
    }

    [Fact]
    public async Task A_wait_joins_the_poll_of_a_running_stream()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        using MessageStream stream = session.OpenStream(Streams.Texts);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the stream polls");
        Task<WeChatSyncResult> wait = session.WaitSyncAsync(null, default);

        server.Emulator.Deliver("张三", "one");

        Assert.True((await wait).HasChanges);
        Assert.Equal("one", (await stream.TakeAsync()).Text);
        Assert.InRange(server.Asked("synccheck"), 1, 2);
    }

    [Fact]
    public async Task A_wait_whose_time_is_up_is_no_error_and_leaves_no_poll_behind()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { Time = time });
        Task<WeChatSyncResult> wait = session.WaitSyncAsync(TimeSpan.FromSeconds(5), default);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the poll is held");

        time.Advance(TimeSpan.FromSeconds(5));

        WeChatSyncResult result = await wait;
        Assert.False(result.HasChanges);
        Assert.Equal(TimeSpan.FromSeconds(5), result.Elapsed);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 0, "the poll has ended");
    }

    [Fact]
    public async Task A_poll_that_the_server_ends_brings_no_changes()
    {
        EmulatorOptions options = LiveServer.Quick;
        options.Hold = TimeSpan.FromMilliseconds(50);
        await using LiveServer server = LiveServer.Start(options);
        WeChatSession session = await server.ConnectDrainedAsync();

        WeChatSyncResult result = await session.WaitSyncAsync(null, default);

        Assert.Equal((0, 0, false, 0), (result.RetCode, result.Selector, result.HasChanges, result.Pending));
    }

    [Fact]
    public async Task A_wait_without_a_network_says_so()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        server.Emulator.Pause();

        Assert.Equal(WeChatErrorReason.Unreachable, (await Assert.ThrowsAsync<WeChatException>(() => session.WaitSyncAsync(null, default))).Reason);
        Assert.Equal(SessionState.Degraded, session.State);
    }

    [Fact]
    public async Task A_wait_on_a_session_that_was_ended_says_so()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        Task<WeChatSyncResult> wait = session.WaitSyncAsync(null, default);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the poll is held");

        server.Emulator.Kick();

        Assert.Equal(WeChatErrorReason.LoggedOut, (await Assert.ThrowsAsync<WeChatException>(() => wait)).Reason);
        Assert.Equal(SessionState.LoggedOut, session.State);
    }
}
