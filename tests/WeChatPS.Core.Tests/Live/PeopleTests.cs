using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Web;
using Xunit;
using ClientKind = WeChatPS.ContactKind;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Changes to contacts, groups and friendships: made once, and checked first.</summary>
public sealed class PeopleTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Theory]
    [InlineData("老王 & <b> 😀")]
    [InlineData("")]
    public async Task A_remark_is_set_and_taken_away(string remark)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact li = await session.ResolveAsync("李四", s_none);

        await session.SetRemarkAsync(li, remark, s_none);

        Contact there = server.Emulator.Self.Contacts.Single(one => one.NickName == "小四🌙");
        Assert.Equal(remark, there.RemarkName);
        Assert.Equal(remark, session.Contacts.Find(li.UserName)!.RemarkName);
    }

    [Fact]
    public async Task A_pin_keeps_the_remark_that_was_changed_on_the_phone_since()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact li = await session.ResolveAsync("李四", s_none);
        Contact there = server.Emulator.Self.Contact("李四");
        server.Emulator.Self.Rename(there, remarkName: "新备注");

        await session.SetPinnedAsync(li, true, s_none);

        Assert.Equal(("新备注", true), (there.RemarkName, there.IsPinned));
        Assert.True(session.Contacts.Find(li.UserName)!.IsPinned);
        await session.SetPinnedAsync(li, false, s_none);
        Assert.Equal(("新备注", false), (there.RemarkName, there.IsPinned));
        Assert.False(session.Contacts.Find(li.UserName)!.IsPinned);
    }

    [Fact]
    public async Task A_lost_reply_is_said_and_nothing_is_sent_twice()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact li = await session.ResolveAsync("李四", s_none);
        server.Emulator.Faults.Add("webwxoplog", FaultKind.LostReply, count: 1);

        var failure = await Assert.ThrowsAsync<WeChatException>(() => session.SetRemarkAsync(li, "x", s_none));

        Assert.Equal(WeChatErrorReason.OutcomeUnknown, failure.Reason);
        Assert.Equal(1, server.Asked("webwxoplog"));
    }

    [Theory]
    [InlineData(1205, WeChatErrorReason.Throttled)]
    [InlineData(-1, WeChatErrorReason.Refused)]
    public async Task A_refusal_is_said_with_the_servers_code(int code, WeChatErrorReason reason)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact group = await session.ResolveAsync("运维群", s_none);
        server.Emulator.Faults.Add("webwxupdatechatroom", FaultKind.Ret, code: code, count: 1);

        var failure = await Assert.ThrowsAsync<WeChatException>(() => session.RenameGroupAsync(group, "x", s_none));

        Assert.Equal((reason, code), (failure.Reason, failure.ServerCode));
        Assert.Equal("运维群", session.Contacts.Find(group.UserName)!.Name);
    }

    [Fact]
    public async Task A_group_is_made_changed_and_left()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact[] friends = [await session.ResolveAsync("张三", s_none), await session.ResolveAsync("李四", s_none)];

        WeChatContact group = await session.CreateGroupAsync(friends, "三人行 & <3>", s_none);
        Contact there = server.Emulator.Self.Contact("三人行 & <3>");
        Assert.Equal(("三人行 & <3>", 3, session.User!.UserName), (group.Name, group.MemberCount, group.GroupOwner));

        (var added, bool invited) = await session.AddMembersAsync(group, [await session.ResolveAsync("王五", s_none), friends[0]], s_none);
        Assert.Equal((1, false), (added.Count, invited));
        Assert.Equal(["我", "张三", "小四🌙", "王五"], there.Members.Select(one => one.Person.NickName));

        WeChatGroupMember zhang = session.Contacts.FindMember(group.UserName, friends[0].UserName)!;
        await session.RemoveMembersAsync(group, [zhang], s_none);
        Assert.Equal(["我", "小四🌙", "王五"], there.Members.Select(one => one.Person.NickName));
        Assert.Equal(3, session.Contacts.Members(group.UserName)!.Count);

        await session.RenameGroupAsync(group, "新名", s_none);
        Assert.Equal(("新名", "新名"), (there.NickName, session.Contacts.Find(group.UserName)!.Name));

        await session.LeaveGroupAsync(group, s_none);
        Assert.Null(server.Emulator.Self.Find("新名"));
        Assert.Null(session.Contacts.Find(group.UserName));
    }

    [Theory]
    [InlineData(37, "addmember")]
    [InlineData(38, "invitemember")]
    public async Task From_40_members_on_friends_are_invited(int others, string function)
    {
        await using LiveServer server = LiveServer.Start();
        Account account = server.Emulator.Self;
        account.AddGroup("大群", [.. Enumerable.Range(0, others).Select(n => new GroupMember(Account.NewStranger("人" + n)))]);
        WeChatSession session = await server.ConnectAsync();
        WeChatContact group = await session.ResolveAsync("大群", s_none);

        (_, bool invited) = await session.AddMembersAsync(group, [await session.ResolveAsync("王五", s_none)], s_none);

        Assert.Equal(function == "invitemember", invited);
        Assert.Contains(function, server.Emulator.Requests.Get("webwxupdatechatroom").Single().Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public async Task The_server_says_from_which_size_on(int size, bool expected)
    {
        EmulatorOptions options = LiveServer.Quick;
        options.InviteStartCount = size;
        await using LiveServer server = LiveServer.Start(options);
        WeChatSession session = await server.ConnectAsync();
        WeChatContact group = await session.ResolveAsync("运维群", s_none);

        (_, bool invited) = await session.AddMembersAsync(group, [await session.ResolveAsync("王五", s_none)], s_none);

        Assert.Equal(expected, invited);
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_before_anything_is_sent()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact wang = await session.ResolveAsync("王五", s_none);
        WeChatContact group = await session.ResolveAsync("运维群", s_none);
        WeChatContact official = await session.ResolveAsync("每日天气", s_none);
        string self = session.User!.UserName;
        server.Emulator.Requests.Clear();

        await RefusedAsync(WeChatErrorReason.ContactNotAllowed, () => session.SetRemarkAsync(group, "x", s_none));
        await RefusedAsync(WeChatErrorReason.ContactNotAllowed, () => session.SetPinnedAsync(session.User!, true, s_none));
        await RefusedAsync(WeChatErrorReason.ContactNotAllowed, () => session.MarkReadAsync(session.User!, s_none));
        await RefusedAsync(WeChatErrorReason.TooFewMembers, () => session.CreateGroupAsync([wang, wang], "x", s_none));
        await RefusedAsync(WeChatErrorReason.ContactNotAllowed, () => session.CreateGroupAsync([wang, official], "x", s_none));
        await RefusedAsync(WeChatErrorReason.ContactNotAllowed, () => session.AddMembersAsync(group, [official], s_none));
        await RefusedAsync(WeChatErrorReason.EmptyName, () => session.RenameGroupAsync(group, " ", s_none));
        await RefusedAsync(WeChatErrorReason.ContactNotAllowed, () => session.SendFriendRequestAsync(wang, "", s_none));
        await RefusedAsync(WeChatErrorReason.ContactNotAllowed, () => session.SendFriendRequestAsync(group, "", s_none));
        await RefusedAsync(WeChatErrorReason.ContactNotAllowed, () => session.RemoveMembersAsync(
            new WeChatContact("@@x"), [new WeChatGroupMember(self)], s_none));

        Assert.Empty(server.Emulator.Requests.Get());
    }

    [Fact]
    public async Task Nobody_is_removed_from_a_group_of_somebody_elses()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        Account account = server.Emulator.Self;
        using MessageStream stream = session.OpenStream(Streams.Texts);
        account.Rename(account.Contact("运维群"), nickName: "运维二群");
        server.Emulator.Deliver("王五", "x");
        await stream.TakeAsync();
        WeChatContact group = await session.ResolveAsync("运维二群", s_none);

        await RefusedAsync(WeChatErrorReason.NotGroupOwner, () => session.RemoveMembersAsync(group, [session.Contacts.Members(group.UserName)![0]], s_none));

        Assert.Equal(0, server.Asked("webwxupdatechatroom"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_details_of_a_group_say_whose_it_is(bool isOwner)
    {
        await using LiveServer server = LiveServer.Start();
        Account account = server.Emulator.Self;
        account.AddGroup("别的群", [new GroupMember(account.Contact("王五"))], isOwner: isOwner);
        WeChatSession session = await server.ConnectAsync();

        WeChatContact group = await session.ResolveAsync("别的群", s_none);

        Assert.Equal((isOwner, isOwner ? session.User!.UserName : ""), (group.IsOwner, group.GroupOwner));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_accepted_friend_becomes_a_contact_under_a_new_user_name(bool somebodyReceives)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        server.Emulator.Deliver(new IncomingMessage { Kind = Emulator.MessageKind.FriendRequest, From = "新朋友", Text = "你好" });
        MessageStream stream = session.OpenStream(Streams.Texts with { Filter = message => message.Kind == MessageKind.FriendRequest });
        WeChatMessage request = await stream.TakeAsync();
        if (!somebodyReceives) stream.Dispose();

        WeChatContact? friend = await session.ApproveAsync(request, "", s_none);

        Assert.Equal(("新朋友", ClientKind.Friend), (friend!.Name, friend.Kind));
        Assert.NotEqual(((FriendRequestContent)request.Content!).UserName, friend.UserName);
        Assert.NotEmpty((await session.SendAsync(friend, MessageBody.Text("hi"), new SendOptions(), s_none)).MessageId);
        stream.Dispose();
    }

    [Fact]
    public async Task A_request_that_was_turned_down_can_no_longer_be_accepted()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        server.Emulator.Deliver(new IncomingMessage { Kind = Emulator.MessageKind.FriendRequest, From = "新朋友", Text = "你好" });
        using MessageStream stream = session.OpenStream(Streams.Texts with { Filter = message => message.Kind == MessageKind.FriendRequest });
        WeChatMessage request = await stream.TakeAsync();

        await session.DenyAsync(request, s_none);

        await RefusedAsync(WeChatErrorReason.Refused, () => session.ApproveAsync(request, "", s_none));
        Assert.Null(server.Emulator.Self.Find("新朋友"));
    }

    [Fact]
    public async Task Somebody_in_a_group_is_asked_with_the_greeting_as_it_is()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact group = await session.ResolveAsync("运维群", s_none);
        WeChatGroupMember zhao = (await session.GetMembersAsync(group, false, s_none)).Single(one => one.NickName == "赵六");

        await session.SendFriendRequestAsync(zhao.ToStranger(), "我是“老张” <&> 😀", s_none);

        FriendRequest asked = Assert.Single(server.Emulator.Self.Asked);
        Assert.Equal(("赵六", "我是“老张” <&> 😀"), (asked.To.NickName, asked.Greeting));
    }

    private static async Task RefusedAsync(WeChatErrorReason reason, Func<Task> change) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<WeChatException>(change)).Reason);
}
