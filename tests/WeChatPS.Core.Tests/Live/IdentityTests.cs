using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Ids that still mean the same person when every user name is new.</summary>
public sealed class IdentityTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task An_id_means_the_same_person_after_the_next_login()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession first = await server.ConnectAsync();
        WeChatContact before = await FindAsync(first, "王五");
        WeChatContact group = await FindAsync(first, "运维群");
        first.Dispose();

        WeChatSession second = await server.ConnectAsync(server.Options with { Login = WeChatLoginMethod.Qr });
        WeChatContact after = await second.ResolveAsync(before.Id, s_none);

        Assert.Equal((true, server.Emulator.Self.Contact("王五").Id), (before.HasStableId, before.Id));
        Assert.EndsWith("@chatroom", group.Id, System.StringComparison.Ordinal);
        Assert.NotEqual(before.UserName, after.UserName);
        Assert.Equal(("王五", before.Id, true), (after.Name, after.Id, after.HasStableId));
        Assert.Equal("运维群", (await second.ResolveAsync(group.Id, s_none)).Name);
    }

    [Fact]
    public async Task An_id_is_known_without_a_fetch_when_a_session_is_resumed()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession first = await server.ConnectAsync();
        string id = (await FindAsync(first, "王五")).Id;
        first.Dispose();
        int fetches = server.Asked("webwxsync");

        WeChatSession resumed = await server.ConnectAsync();

        Assert.Equal("王五", (await resumed.ResolveAsync(id, s_none)).Name);
        Assert.True((await resumed.ResolveAsync(id, s_none)).HasStableId);
        Assert.Equal(fetches, server.Asked("webwxsync"));
    }

    [Fact]
    public async Task Who_has_dropped_out_of_the_recent_chats_is_recognised_and_marked_as_guessed()
    {
        await using LiveServer server = LiveServer.Start();
        Account account = server.Emulator.Self;
        WeChatSession first = await server.ConnectAsync();
        WeChatContact before = await FindAsync(first, "王五");
        first.Dispose();
        for (int n = 0; n < 10; n++) account.AddFriend("新" + n);
        Contact last = account.Contact("王五");
        account.Remove(last);
        account.AddFriend("王五");

        WeChatSession second = await server.ConnectAsync(server.Options with { Login = WeChatLoginMethod.Qr });
        WeChatContact after = await second.ResolveAsync(before.Id, s_none);

        Assert.Equal(("王五", before.Id, false), (after.Name, after.Id, after.HasStableId));
    }

    [Fact]
    public async Task Who_never_had_an_id_has_a_fingerprint_that_lasts()
    {
        await using LiveServer server = LiveServer.Start();
        for (int n = 0; n < 20; n++) server.Emulator.Self.AddFriend("好友" + n);
        WeChatSession first = await server.ConnectAsync();
        WeChatContact before = await FindAsync(first, "好友19");
        first.Dispose();

        WeChatSession second = await server.ConnectAsync(server.Options with { Login = WeChatLoginMethod.Qr });
        WeChatContact after = await second.ResolveAsync(before.Id, s_none);

        Assert.StartsWith("fp_", before.Id, System.StringComparison.Ordinal);
        Assert.False(before.HasStableId);
        Assert.NotEqual(before.UserName, after.UserName);
        Assert.Equal(("好友19", before.Id), (after.Name, after.Id));
    }

    [Fact]
    public async Task Whoever_takes_anothers_name_does_not_get_the_others_id()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact victim = await FindAsync(session, "王五");
        server.Emulator.Self.AddFriend("王五");
        await session.GetContactsAsync(refresh: true, s_none);

        Assert.Equal(victim.UserName, (await session.ResolveAsync(victim.Id, s_none)).UserName);
        Assert.Equal(2, session.Contacts.All.Where(one => one.Name == "王五").Select(one => one.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"version":1,"checksum":"0000000000000000","session":{"login":"","people":[]}}""")]
    public async Task A_damaged_file_is_set_aside_and_reported(string damage)
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        string path = Path.Combine(server.Store, server.Name, "identities.json");
        await File.WriteAllTextAsync(path, damage);

        WeChatSession session = await server.ConnectAsync();
        await FindAsync(session, "王五");

        Assert.Contains(session.TakeNotices(withTrace: true), notice => notice.Level == NoticeLevel.Warning && notice.Text.Contains("was renamed to", System.StringComparison.Ordinal));
        string aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!, "identities.json.damaged-*"));
        Assert.Equal(damage, await File.ReadAllTextAsync(aside));
    }

    private static async Task<WeChatContact> FindAsync(WeChatSession session, string name) =>
        Assert.Single(await session.GetContactsAsync(refresh: false, s_none), contact => contact.Name == name);
}
