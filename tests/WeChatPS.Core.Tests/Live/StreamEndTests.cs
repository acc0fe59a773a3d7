using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class StreamEndTests
{
    [Theory]
    [InlineData(1100, WeChatErrorReason.LoggedOut, SessionState.LoggedOut)]
    [InlineData(1101, WeChatErrorReason.SessionExpired, SessionState.Expired)]
    [InlineData(1102, WeChatErrorReason.SessionExpired, SessionState.Expired)]
    public async Task An_end_at_the_server_is_said_once_after_everything_that_was_pending(int code, WeChatErrorReason reason, SessionState state)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        using MessageStream stream = session.OpenStream(Streams.Texts);
        server.Emulator.Deliver("张三", "one");
        server.Emulator.Deliver("张三", "two");
        await Eventually.UntilAsync(() => session.PendingCount == 3, "both are in the inbox");
        server.Emulator.Kick(code: code);

        Assert.Equal("one", (await stream.TakeAsync()).Text);
        Assert.Equal("two", (await stream.TakeAsync()).Text);
        WeChatException end = await Assert.ThrowsAsync<WeChatException>(() => stream.EntryAsync());

        Assert.Equal(reason, end.Reason);
        Assert.Equal(code, end.ServerCode);
        Assert.Equal(state, session.State);
        Assert.Equal(end.Message, session.LastError);
        Assert.DoesNotContain(session.TakeNotices(withTrace: true), notice => notice.Level == NoticeLevel.Warning);
        foreach (Func<Task> later in (Func<Task>[])
            [
                () => session.WaitSyncAsync(null, default),
                () => session.SendAsync(session.Contacts.Resolve("张三").Contact!, MessageBody.Text("?"), new SendOptions(), default),
                () => session.GetContactsAsync(refresh: true, default),
                () => session.ResolveAsync("张三", default),
            ])
        {
            WeChatException again = await Assert.ThrowsAsync<WeChatException>(later);
            Assert.Equal((end.Reason, end.Message), (again.Reason, again.Message));
        }
    }

    [Fact]
    public async Task An_ended_session_still_hands_over_what_is_in_its_inbox()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Deliver("张三", "one");
        using (MessageStream stream = session.OpenStream(Streams.Texts)) await stream.TextAsync();
        server.Emulator.Kick();
        await Assert.ThrowsAsync<WeChatException>(() => session.GetContactsAsync(refresh: true, default));
        Assert.Equal(SessionState.LoggedOut, session.State);

        using (MessageStream stream = session.OpenStream(Streams.Texts))
        {
            Assert.Equal("one", (await stream.TakeAsync()).Text);
            Assert.Equal(WeChatErrorReason.LoggedOut, (await Assert.ThrowsAsync<WeChatException>(() => stream.EntryAsync())).Reason);
        }

        Assert.Throws<WeChatException>(() => session.OpenStream(Streams.Texts));
    }

    [Fact]
    public async Task A_single_refusal_does_not_end_a_session()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Faults.Add("webwxgetcontact", FaultKind.Ret, count: 1, code: 1101);
        await Assert.ThrowsAsync<WeChatException>(() => session.GetContactsAsync(refresh: true, default));
        Assert.Equal(SessionState.Online, session.State);
        Assert.NotEmpty(await session.GetContactsAsync(refresh: true, default));
    }

    [Fact]
    public async Task A_text_that_was_refused_once_was_not_sent_and_goes_out_again()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: 1101);
        WeChatReceipt receipt = await session.SendAsync(session.Contacts.Resolve("张三").Contact!, MessageBody.Text("?"), new SendOptions(), default);
        Assert.Equal(receipt.MessageId, Assert.Single(server.Emulator.Sent).MsgId);
        Assert.Equal(SessionState.Online, session.State);
    }

    [Fact]
    public async Task An_outage_is_told_as_one_warning_and_one_good_word()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        using MessageStream stream = session.OpenStream(Streams.Texts);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the stream polls");
        server.Emulator.Pause();
        DateTimeOffset paused = time.GetUtcNow();
        await time.DriveAsync(Eventually.UntilAsync(() => time.GetUtcNow() - paused > TimeSpan.FromMinutes(2), "several tries failed"));
        server.Emulator.Deliver("张三", "after");
        server.Emulator.Resume();
        await time.DriveAsync(Eventually.UntilAsync(() => session.ReceivedCount == 2, "the message came"));

        List<StreamEntry> entries = [await stream.EntryAsync(), await stream.EntryAsync(), await stream.EntryAsync()];

        // The message is not held back until a poll has shown that all is well.
        Assert.Equal([NoticeLevel.Warning, NoticeLevel.Information], entries.Where(entry => entry.Notice is not null).Select(entry => entry.Notice!.Level));
        Assert.Equal("after", Assert.Single(entries, entry => entry.Message is not null).Message!.Text);
        Assert.Empty(session.TakeNotices(withTrace: true));
    }

    [Fact]
    public async Task A_stream_gives_up_when_the_server_is_away_for_too_long_and_the_next_one_tries_anew()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        StreamOptions options = Streams.Texts with { OfflineTimeout = TimeSpan.FromMinutes(5) };
        server.Emulator.Pause();
        using (MessageStream stream = session.OpenStream(options))
        {
            Task<(List<WeChatMessage>, List<SessionNotice>)> all = stream.TakeAllAsync();
            await time.DriveAsync(Task.WhenAny(all));
            Assert.Equal(WeChatErrorReason.Unreachable, (await Assert.ThrowsAsync<WeChatException>(() => all)).Reason);
        }

        time.Advance(TimeSpan.FromHours(1));
        server.Emulator.Deliver("张三", "hello");
        server.Emulator.Resume();
        using MessageStream next = session.OpenStream(options);

        Task<WeChatMessage> message = next.TakeAsync();
        await time.DriveAsync(Task.WhenAny(message));
        Assert.Equal("hello", (await message).Text);
    }

    [Fact]
    public async Task Closing_the_stream_ends_the_poll_that_is_held()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        MessageStream stream = session.OpenStream(Streams.Texts);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the poll is held");

        stream.Dispose();

        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 0, "the poll has ended");
        Assert.Equal(SessionState.Online, session.State);
        using MessageStream next = session.OpenStream(Streams.Texts);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the next stream polls");
    }

    [Fact]
    public async Task Closing_the_session_ends_stream_poll_and_wait_and_tells_those_who_use_them()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        MessageStream stream = session.OpenStream(Streams.Texts);
        Task<StreamEntry> next = stream.EntryAsync();
        Task<WeChatSyncResult> wait = session.WaitSyncAsync(null, default);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the poll is held");

        session.Dispose();

        Assert.Equal(WeChatErrorReason.NotConnected, (await Assert.ThrowsAsync<WeChatException>(() => next)).Reason);
        Assert.Equal(WeChatErrorReason.NotConnected, (await Assert.ThrowsAsync<WeChatException>(() => wait)).Reason);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 0, "the poll has ended");
        Assert.Equal(SessionState.Disconnected, session.State);
        Assert.Equal(WeChatErrorReason.NotConnected, Assert.Throws<WeChatException>(() => session.OpenStream(Streams.Texts)).Reason);
        Assert.Equal(WeChatErrorReason.NotConnected, (await Assert.ThrowsAsync<WeChatException>(() => stream.EntryAsync())).Reason);
        stream.Dispose();
        session.Dispose();
    }

    [Fact]
    public async Task Closing_the_session_ends_a_poll_that_nobody_streams()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        Task<WeChatSyncResult> wait = session.WaitSyncAsync(null, default);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the poll is held");

        session.Dispose();

        Assert.Equal(WeChatErrorReason.NotConnected, (await Assert.ThrowsAsync<WeChatException>(() => wait)).Reason);
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 0, "the poll has ended");
    }

    [Fact]
    public async Task Many_sessions_leave_nothing_behind()
    {
        await using LiveServer server = LiveServer.Start();
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"s{i}")];
        WeChatSession[] sessions = await Task.WhenAll(names.Select(name => server.ConnectAsync(server.Options with { Name = name })));
        MessageStream[] streams = [.. sessions.Select(session => session.OpenStream(Streams.Texts))];
        server.Emulator.Deliver("张三", "to all");
        WeChatMessage[] messages = await Task.WhenAll(streams.Select(stream => stream.TakeAsync()));
        Assert.Equal(names, messages.Select(message => message.Session));
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 20, "all poll");

        Parallel.ForEach(sessions, session => session.Dispose());

        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 0, "no poll is left");
        Assert.DoesNotContain(SessionRegistry.Live, sessions.Contains);
        var store = new SessionStore(server.Store);
        foreach (string name in names)
        {
            store.Open(name).Dispose();
            foreach (string file in Directory.GetFiles(Path.Combine(server.Store, name)))
                new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_saved_is_warned_of_once_and_stops_nothing()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        using MessageStream stream = session.OpenStream(Streams.Texts);

        // a folder in the file's place cannot be replaced, not even by root
        File.Delete(server.SessionFile);
        Directory.CreateDirectory(server.SessionFile);
        for (int i = 0; i < 3; i++)
        {
            server.Emulator.RotateSKey();
            server.Emulator.Deliver("张三", $"{i}");
            Assert.Equal($"{i}", (await NextMessageAsync(stream)).Text);
        }

        Assert.Equal(SessionState.Online, session.State);
        Assert.Single(_warnings);
    }

    private readonly List<string> _warnings = [];

    private async Task<WeChatMessage> NextMessageAsync(MessageStream stream)
    {
        while (true)
        {
            StreamEntry entry = await stream.EntryAsync();
            if (entry.Notice is { Level: NoticeLevel.Warning } warning) _warnings.Add(warning.Text);
            if (entry.Message is not { } message) continue;
            stream.Acknowledge(message);
            return message;
        }
    }
}
