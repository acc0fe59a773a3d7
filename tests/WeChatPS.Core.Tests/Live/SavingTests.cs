using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>What is saved while a session works, and what happens when the disk refuses it.</summary>
public sealed class SavingTests
{
    [Fact]
    public async Task A_key_that_could_not_be_saved_is_saved_later_and_said_once()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { Time = time, Http = time.Http });
        string before = Read(server).Credentials.Skey;
        Occupy(server.SessionFile);

        server.Emulator.RotateSKey();
        List<string> said = [.. await FetchAsync(session), .. await FetchAsync(session)];
        time.Advance(TimeSpan.FromSeconds(11));
        said.AddRange(await FetchAsync(session));
        Assert.Contains(server.SessionFile, Assert.Single(said), StringComparison.Ordinal);

        Directory.Delete(server.SessionFile, recursive: true);

        // Without a fetch, which changes cookies, so that they would be saved anyway.
        session.OpenStream(Streams.Texts).Dispose();
        Assert.False(File.Exists(server.SessionFile), "It was tried again too soon.");
        time.Advance(TimeSpan.FromSeconds(11));
        session.OpenStream(Streams.Texts).Dispose();
        Assert.NotEqual(before, Read(server).Credentials.Skey);
    }

    [Fact]
    public async Task What_could_not_be_saved_is_saved_when_the_session_is_closed()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        string before = Read(server).Credentials.Skey;
        Occupy(server.SessionFile);
        server.Emulator.RotateSKey();
        await FetchAsync(session);
        Directory.Delete(server.SessionFile, recursive: true);

        session.Dispose();

        Assert.NotEqual(before, Read(server).Credentials.Skey);
    }

    [Fact]
    public async Task Ids_that_change_with_each_fetch_are_not_written_with_each_and_are_whole_when_the_receiver_ends()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { Time = time, Http = time.Http });
        string path = Path.Combine(server.Store, server.Name, "identities.json");
        var written = new HashSet<DateTime>();
        using (MessageStream stream = session.OpenStream(Streams.Texts))
        {
            for (int round = 0; round < 20; round++) await RoundAsync(stream, round);
            Assert.InRange(written.Count, 1, 4);
            time.Advance(TimeSpan.FromSeconds(31));
            int before = written.Count;
            await RoundAsync(stream, 20);
            Assert.Equal(before + 1, written.Count);
            await RoundAsync(stream, 21);
        }

        Assert.Equal(22, IdentityFile.Read(path)!.People.Count(one => one.Id.StartsWith("wxid_storm", StringComparison.Ordinal)));

        async Task RoundAsync(MessageStream stream, int round)
        {
            session.Contacts.LearnIds([new($"@storm{round}", $"wxid_storm{round}")]);
            server.Emulator.Deliver(new Emulator.IncomingMessage { From = "张三", Text = $"{round}" });
            await stream.TakeAsync();
            written.Add(File.GetLastWriteTimeUtc(path));
        }
    }

    [Fact]
    public async Task Ids_that_could_not_be_saved_are_saved_later_and_said_once()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        string path = Path.Combine(server.Store, server.Name, "identities.json");
        Occupy(path);
        session.Contacts.LearnIds([new("@late", "wxid_late")]);
        List<string> said = [.. await FetchAsync(session), .. await FetchAsync(session)];
        Assert.Contains("ids", Assert.Single(said), StringComparison.Ordinal);
        Directory.Delete(path, recursive: true);
        Assert.Empty(await FetchAsync(session));
        Assert.Contains(IdentityFile.Read(path)!.People, one => one.Id == "wxid_late");
    }

    private static SavedSession Read(LiveServer server) => SessionFile.Read(File.ReadAllBytes(server.SessionFile));

    // For root too, no file can replace a folder that is not empty.
    private static void Occupy(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(Path.Combine(path, "x"));
    }

    /// <summary>Fetches once: the warnings.</summary>
    private static async Task<IEnumerable<string>> FetchAsync(WeChatSession session)
    {
        using MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true });
        List<SessionNotice> notices = (await stream.TakeAllAsync()).Notices;
        return notices.Concat(session.TakeNotices(withTrace: false)).Where(notice => notice.Level == NoticeLevel.Warning).Select(notice => notice.Text);
    }
}
