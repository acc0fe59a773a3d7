using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>What a session knows of people, from whatever list it comes, and how it follows changes.</summary>
public sealed class KnownPeopleTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task A_group_that_is_not_saved_to_the_address_book_is_there_with_its_members()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();

        WeChatContact group = Assert.Single(await session.GetContactsAsync(false, s_none), one => one.Name == "周末爬山");

        Assert.Equal(["李队", "王五", "赵六", "我"], (await session.GetMembersAsync(group, false, s_none)).Select(one => one.Name));
    }

    [Fact]
    public async Task A_member_who_joins_later_gets_a_name()
    {
        // the clock stands still: however slow the machine is, the moment for names is not over
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { Time = new DrivenTime() });
        Account account = server.Emulator.Self;
        account.Join(account.Contact("运维群"), new GroupMember(Account.NewStranger("周八"), "周八-网络"));
        server.Emulator.Deliver("周八", "来了", "运维群");
        server.Emulator.Deliver("周八", "再来", "运维群");
        int asked = server.Asked("webwxbatchgetcontact");
        using MessageStream stream = session.OpenStream(Streams.Texts);

        WeChatMessage message = await stream.TakeAsync();
        await stream.TakeAsync();

        Assert.Equal(("来了", "周八-网络"), (message.Text, message.Sender!.Name));
        Assert.Equal(asked + 1, server.Asked("webwxbatchgetcontact"));
    }

    [Fact]
    public async Task A_remark_that_is_cleared_on_the_phone_is_gone()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        Account account = server.Emulator.Self;
        account.Rename(account.Contact("李四"), remarkName: "");
        using MessageStream stream = session.OpenStream(Streams.Texts);
        server.Emulator.Deliver("王五", "x");

        await stream.TakeAsync();

        Assert.DoesNotContain(session.Contacts.All, one => one.RemarkName == "李四");
        Assert.Contains(session.Contacts.All, one => one.Name == "小四🌙");
    }

    [Fact]
    public async Task A_group_is_muted_and_heard_again()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        Account account = server.Emulator.Self;
        using MessageStream stream = session.OpenStream(Streams.Texts);
        Assert.False((await session.ResolveAsync("运维群", s_none)).IsMuted);

        account.Mute(account.Contact("运维群"));
        server.Emulator.Deliver("王五", "1");
        await stream.TakeAsync();
        Assert.True((await session.ResolveAsync("运维群", s_none)).IsMuted);

        account.Mute(account.Contact("运维群"), false);
        server.Emulator.Deliver("王五", "2");
        await stream.TakeAsync();
        Assert.False((await session.ResolveAsync("运维群", s_none)).IsMuted);
    }

    [Fact]
    public async Task After_a_1205_nobody_is_asked_for_until_the_server_has_rested()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time });
        WeChatContact group = await session.ResolveAsync("运维群", s_none);
        server.Emulator.Faults.Add("webwxbatchgetcontact", FaultKind.Ret, code: 1205, count: 1);

        foreach (int _ in new[] { 1, 2, 3 })
        {
            var refused = await Assert.ThrowsAsync<WeChatException>(() => session.GetMembersAsync(group, true, s_none));
            Assert.Equal(WeChatErrorReason.Throttled, refused.Reason);
        }

        int asked = server.Asked("webwxbatchgetcontact");
        time.Advance(System.TimeSpan.FromMinutes(31));
        Assert.NotEmpty(await session.GetMembersAsync(group, true, s_none));
        Assert.Equal(asked + 1, server.Asked("webwxbatchgetcontact"));
    }
}
