using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>A session's name, used by one account and then by another.</summary>
public sealed class OtherAccountTests
{
    [Fact]
    public async Task Another_account_begins_empty_and_nothing_of_the_first_is_lost()
    {
        await using LiveServer first = LiveServer.Start(), second = LiveServer.Start();
        await LeaveOneWaitingAsync(first);

        WeChatSession session = await second.ConnectAsync(second.Options with { Name = first.Name, StorePath = first.Store, Login = WeChatLoginMethod.Qr });

        string aside = Aside(first);
        Assert.Equal(0, session.PendingCount);
        SessionNotice warning = Assert.Single(session.TakeNotices(withTrace: false), notice => notice.Level == NoticeLevel.Warning);
        Assert.Contains($"Connect-WeChat -Name {aside}", warning.Text, StringComparison.Ordinal);
        using (MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true })) Assert.Empty((await stream.TakeAllAsync()).Messages);

        WeChatSession back = await first.ConnectAsync(first.Options with { Name = aside, Login = WeChatLoginMethod.Resume });
        using MessageStream kept = back.OpenStream(Streams.Texts with { NoWait = true });
        WeChatMessage message = Assert.Single((await kept.TakeAllAsync()).Messages);
        Assert.Equal(("for the first", "王五"), (message.Text, message.From.Name));
    }

    [Fact]
    public async Task Logging_the_second_out_leaves_what_was_set_aside()
    {
        await using LiveServer first = LiveServer.Start(), second = LiveServer.Start();
        await LeaveOneWaitingAsync(first);
        WeChatSession session = await second.ConnectAsync(second.Options with { Name = first.Name, StorePath = first.Store, Login = WeChatLoginMethod.Qr });

        await session.DisconnectAsync(logout: true, default);

        Assert.True(File.Exists(Path.Combine(first.Store, Aside(first), "inbox.log")));
    }

    [Fact]
    public async Task An_exported_session_of_another_account_takes_nothing_over()
    {
        await using LiveServer first = LiveServer.Start(), second = LiveServer.Start();
        await LeaveOneWaitingAsync(first);
        Hush(first);
        WeChatSession exported = await second.ConnectAsync();

        WeChatSession session = await second.ConnectAsync(second.Options with { Name = first.Name, StorePath = first.Store, SavedSession = exported.Export().Secret });

        Assert.Equal(0, session.PendingCount);
        session.Dispose();
        Assert.Equal((null, null), (first.Saved().ThrottledUntil, first.Saved().SendsPausedUntil));
        Assert.NotNull(first.Saved(Aside(first)).ThrottledUntil);
    }

    [Fact]
    public async Task The_same_account_goes_on_with_what_is_there()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveOneWaitingAsync(server);
        Hush(server);

        WeChatSession session = await server.ConnectAsync(server.Options with { Login = WeChatLoginMethod.Qr });

        Assert.Equal(1, session.PendingCount);
        Assert.DoesNotContain(session.TakeNotices(withTrace: false), notice => notice.Level == NoticeLevel.Warning);
        session.Dispose();
        Assert.NotNull(server.Saved().SendsPausedUntil);
        Assert.Single(new SessionStore(server.Store).List());
    }

    private static async Task LeaveOneWaitingAsync(LiveServer server)
    {
        WeChatSession session = await server.ConnectDrainedAsync();
        server.Emulator.Deliver("王五", "for the first");
        using (MessageStream stream = session.OpenStream(Streams.Texts)) await stream.TextAsync();
        session.Dispose();
    }

    /// <summary>The server wanted to be left alone when the session was saved.</summary>
    private static void Hush(LiveServer server)
    {
        using SessionFolder folder = new SessionStore(server.Store).Open(server.Name);
        DateTimeOffset later = DateTimeOffset.UtcNow.AddMinutes(20);
        folder.Save(folder.Load()! with { ThrottledUntil = later, SendsPausedUntil = later });
    }

    private static string Aside(LiveServer server) => Assert.Single(
        new SessionStore(server.Store).List().Select(saved => saved.Name),
        name => name.StartsWith($"{server.Name}.set-aside-", StringComparison.Ordinal));
}
