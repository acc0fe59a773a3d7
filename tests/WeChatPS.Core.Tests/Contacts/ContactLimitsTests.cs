using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Contacts;

/// <summary>What a server may say about contacts without filling the memory.</summary>
public sealed class ContactLimitsTests
{
    private readonly ContactBook _book = new();
    private readonly List<string> _said = [];

    public ContactLimitsTests()
    {
        _book.Limited = _said.Add;
        _book.SetSelf(new WeChatContact("@me") { NickName = "me" });
    }

    [Fact]
    public void Contacts_beyond_the_limit_are_not_kept_and_that_is_said_once()
    {
        ContactPageReply page = ContactPageReply.Parse(Page(30_000, number => $$"""{"UserName":"@{{number}}","NickName":"n{{number}}","ContactFlag":1}"""));
        Assert.True(page.Contacts.Count <= ContactLimits.Contacts + 1, $"{page.Contacts.Count} were read");
        _book.Upsert(page.Contacts);
        for (int i = 0; i < 20; i++) _book.Upsert([Friend($"@more{i}")]);
        Assert.Equal(ContactLimits.Contacts, _book.All.Count);
        Assert.Contains("20000 contacts", Assert.Single(_said), StringComparison.Ordinal);

        // who is known is still kept up to date
        _book.Upsert([Friend("@7") with { NickName = "new" }]);
        Assert.Equal("new", _book.Find("@7")!.Name);
        Assert.Equal(ContactKind.Self, _book.All[0].Kind);
        Assert.Single(_said);
    }

    [Fact]
    public void Former_friends_make_room_for_new_ones()
    {
        for (int i = 0; i < 50_000; i++)
        {
            _book.Upsert([Friend($"@{i}")]);
            _book.Remove([$"@{i - 10_000}"]);
        }

        Assert.Equal(10_000, _book.All.Count(one => one.Kind == ContactKind.Friend));
        Assert.NotNull(_book.Find("@49999"));
        Assert.Empty(_said);
    }

    [Fact]
    public void Groups_that_come_and_go_leave_nothing_behind()
    {
        for (int i = 0; i < 50_000; i++)
        {
            _book.Upsert([new WeChatContact($"@@{i}") { NickName = "g", Kind = ContactKind.Group, Members = [new WeChatGroupMember("@a"), new WeChatGroupMember("@b")] }]);
            _book.Remove([$"@@{i}"]);
        }

        Assert.Single(_book.All);
        Assert.Empty(_said);
    }

    [Fact]
    public void A_groups_members_beyond_the_limit_are_not_kept_and_that_is_said_once()
    {
        for (int i = 0; i < 2; i++) _book.Upsert(ContactJson.ReadList(List($$"""{"UserName":"@@{{i}}","MemberList":[{{Members("m", 5_000)}}]}""")));

        Assert.Equal(ContactLimits.MembersOfGroup, _book.Members("@@1")!.Count);
        Assert.Contains("2000 members", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void The_members_of_all_groups_have_a_limit_too_and_the_latest_are_kept()
    {
        for (int i = 0; i < 60; i++) _book.Upsert(ContactJson.ReadList(List($$"""{"UserName":"@@{{i}}","MemberList":[{{Members($"{i}-", 2_000)}}]}""")));

        Assert.Equal(ContactLimits.Members, Enumerable.Range(0, 60).Sum(i => _book.Members($"@@{i}")?.Count ?? 0));
        Assert.Equal(2_000, _book.Members("@@59")!.Count);
        Assert.Contains("100000 group members", Assert.Single(_said), StringComparison.Ordinal);
        Assert.Equal(61, _book.All.Count);
    }

    [Fact]
    public void One_reply_is_not_read_beyond_the_limits_either()
    {
        string groups = string.Join(',', Enumerable.Range(0, 300).Select(i => $$"""{"UserName":"@@{{i}}","MemberList":[{{Members($"{i}-", 1_000)}}]}"""));
        Assert.True(ContactJson.ReadList(List(groups)).Sum(group => group.Members.Count) <= ContactLimits.Members + 1);
    }

    [Fact]
    public void Long_texts_are_cut_and_that_is_said_once()
    {
        string huge = new('長', 1_000_000);
        for (int i = 0; i < 2; i++)
        {
            _book.Upsert(ContactJson.ReadList(List(
                $$"""{"UserName":"@{{i}}","NickName":"{{huge}}","Signature":"{{huge}}","Alias":"{{huge}}","EncryChatRoomId":"{{huge}}","HeadImgUrl":"/{{huge}}"}""")));
        }

        WeChatContact contact = _book.Find("@1")!;
        Assert.Equal(new string('長', ContactLimits.Name - 1) + "…", contact.NickName);
        Assert.Equal(ContactLimits.Text, contact.Signature.Length);
        Assert.Equal(("", "", ""), (contact.Alias, contact.GroupKey, contact.AvatarPath));
        Assert.Contains("too long", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_full_of_emoji_is_cut_between_two_of_them()
    {
        string emoji = string.Concat(Enumerable.Repeat("<span class=\\\"emoji emoji1f602\\\"></span>", 80));
        WeChatContact contact = ContactJson.ReadList(List($$"""{"UserName":"@1","NickName":"x{{emoji}}"}"""))[0];
        Assert.Equal("x" + string.Concat(Enumerable.Repeat("😂", 49)) + "…", contact.NickName);
        contact = ContactJson.ReadList(List($$"""{"UserName":"@1","NickName":"{{string.Concat(Enumerable.Repeat("<span class=\\\"emoji emoji1f602\\\"></span>", 50))}}"}"""))[0];
        Assert.Equal(string.Concat(Enumerable.Repeat("😂", 50)), contact.NickName);
        Assert.False(contact.IsCut);
    }

    [Fact]
    public void A_contact_or_member_with_an_endless_user_name_is_left_out()
    {
        string huge = new('a', 1_000_000);
        List<WeChatContact> contacts = ContactJson.ReadList(List(
            $$"""{"UserName":"@{{huge}}"},{"UserName":"@@1","MemberList":[{"UserName":"@{{huge}}"},{"UserName":"@2"}]}"""));
        Assert.Equal("@2", Assert.Single(Assert.Single(contacts).Members).UserName);
    }

    [Fact]
    public void The_ids_of_recent_chats_have_a_limit()
    {
        for (int i = 0; i < 3; i++) _book.LearnIds(Enumerable.Range(i * 10_000, 10_000).Select(number => new KeyValuePair<string, string>($"@{number}", $"wxid_{number}")));
        Assert.Equal(ContactLimits.Contacts, _book.KnownIds().Count);
        Assert.Contains("ids", Assert.Single(_said), StringComparison.Ordinal);

        string names = string.Join(',', Enumerable.Repeat("@1", 1_000_000));
        string list = $$"""{"MsgType":51,"StatusNotifyCode":4,"StatusNotifyUserName":"{{names}}","Content":"&lt;msg&gt;&lt;op&gt;&lt;username&gt;x&lt;/username&gt;&lt;/op&gt;&lt;/msg&gt;"}""";
        Assert.Empty(RecentChats.Read(JsonSlice.Root(Encoding.UTF8.GetBytes(list))));
    }

    [Fact]
    public void The_chats_of_webwxinit_have_a_limit()
    {
        string chats = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"@{i}"));
        InitReply init = InitReply.Parse(Encoding.UTF8.GetBytes($$"""{"BaseResponse":{"Ret":1,"ErrMsg":""},"User":{"UserName":"@me"},"ChatSet":"{{chats}},@{{new string('b', 10_000)}}"}"""));
        Assert.Equal(ContactLimits.Contacts, init.Chats.Count);
    }

    [Fact]
    public void Recent_chats_have_a_limit_and_the_latest_are_kept()
    {
        var order = new ConversationOrder { Limited = _said.Add };
        for (int i = 0; i < 60_000; i++) order.Use(i.ToString(CultureInfo.InvariantCulture));
        order.Use(new string('a', 1_000_000));

        IReadOnlyList<string> latest = order.LatestFirst;
        Assert.True(latest.Count <= 2 * ContactLimits.Contacts, $"{latest.Count} are kept");
        Assert.Equal("59999", latest[0]);
        Assert.Single(_said);
    }

    private static WeChatContact Friend(string userName) => new(userName) { NickName = userName, Flags = ContactFlags.Contact, Kind = ContactKind.Friend };

    private static string Members(string prefix, int count) =>
        string.Join(',', Enumerable.Range(0, count).Select(number => $$"""{"UserName":"@{{prefix}}{{number}}","NickName":"n"}"""));

    private static byte[] Page(int count, Func<int, string> item) => Encoding.UTF8.GetBytes(
        $$"""{"BaseResponse":{"Ret":0,"ErrMsg":""},"MemberCount":{{count}},"MemberList":[{{string.Join(',', Enumerable.Range(0, count).Select(item))}}],"Seq":0}""");

    private static JsonSlice List(string items)
    {
        byte[] json = Encoding.UTF8.GetBytes($$"""{"List":[{{items}}]}""");
        return JsonSlice.Root(json).Find("List"u8);
    }
}
