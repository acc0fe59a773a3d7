using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Core.Tests.Contacts;

public sealed class ContactBookTests
{
    private readonly ContactBook _book = new();

    [Fact]
    public void Somebody_unknown_is_a_stranger_and_is_not_remembered()
    {
        Assert.Null(_book.Find("@x"));
        Assert.Equal((ContactKind.Stranger, "@x"), (_book.GetOrStranger("@x").Kind, _book.GetOrStranger("@x").Name));
        Assert.Equal(ContactKind.Group, _book.GetOrStranger("@@x").Kind);
        Assert.Empty(_book.All);
    }

    [Fact]
    public void What_an_update_leaves_empty_stays()
    {
        _book.Upsert([Friend("@a", "Alice", "Remark") with { City = "Sydney", Signature = "hi", Flags = ContactFlags.Contact | ContactFlags.Pinned }]);
        _book.Upsert([new WeChatContact("@a") { NickName = "Alice2", City = "Perth" }]);
        WeChatContact merged = _book.Find("@a")!;
        Assert.Equal(("Alice2", "Remark", "Perth", "hi", true, ContactKind.Friend),
            (merged.NickName, merged.RemarkName, merged.City, merged.Signature, merged.IsPinned, merged.Kind));
    }

    [Fact]
    public void Flags_that_an_update_has_replace_the_old_ones()
    {
        _book.Upsert([Friend("@a", "Alice") with { Flags = ContactFlags.Contact | ContactFlags.Pinned }]);
        _book.Upsert([Friend("@a", "Alice")]);
        Assert.False(_book.Find("@a")!.IsPinned);
    }

    [Fact]
    public void Whose_a_group_is_stays_unknown_until_somebody_says_so()
    {
        _book.SetSelf(new WeChatContact("@me") { NickName = "Zoe" });
        _book.Upsert([Group("Team")]);
        Assert.Null(_book.Find("@@g")!.IsOwner);
        _book.Upsert([Group("Team") with { IsOwner = false }]);
        Assert.Equal((false, ""), (_book.Find("@@g")!.IsOwner, _book.Find("@@g")!.GroupOwner));
        _book.Upsert([Group("Team") with { GroupOwner = "@me" }]);
        Assert.True(_book.Find("@@g")!.IsOwner);
        _book.Upsert([Group("Team") with { IsOwner = false }]);
        Assert.True(_book.Find("@@g")!.IsOwner);
        _book.Upsert([Group("Team") with { GroupOwner = "@a" }]);
        Assert.False(_book.Find("@@g")!.IsOwner);
        _book.Upsert([Group("Team") with { IsOwner = true }]);
        Assert.Equal((true, "@me"), (_book.Find("@@g")!.IsOwner, _book.Find("@@g")!.GroupOwner));
    }

    [Fact]
    public void A_spelling_belongs_to_the_name_that_it_spells()
    {
        _book.Upsert([Friend("@a", "张三") with { NickSpelling = "zhangsan" }]);
        _book.Upsert([Friend("@a", "张三")]);
        Assert.Equal("zhangsan", _book.Find("@a")!.Pinyin);
        _book.Upsert([Friend("@a", "张三", "老张") with { RemarkSpelling = "laozhang" }]);
        Assert.Equal("laozhang", _book.Find("@a")!.Pinyin);
        _book.Upsert([Friend("@a", "章三", "老章")]);
        Assert.Equal(("", "", ""), (_book.Find("@a")!.Pinyin, _book.Find("@a")!.NickSpelling, _book.Find("@a")!.RemarkSpelling));
    }

    [Fact]
    public void Who_is_invited_is_no_member_before_a_list_of_members_says_so()
    {
        _book.Upsert([Group("Team", Member("@a", "Alice"))]);
        _book.Invite("@@g", [Friend("@b", "Bob"), Friend("@c", "Carol")]);
        _book.Invite("@@g", [Friend("@b", "Bob")]);
        Assert.Equal((1, 2), (_book.Find("@@g")!.MemberCount, _book.Find("@@g")!.InvitedMembers.Count));
        _book.Upsert([Group("Team", Member("@a", "Alice"), Member("@b", "Bob"))]);
        Assert.Equal(["Carol"], _book.Find("@@g")!.InvitedMembers);
        Assert.Equal(2, _book.Members("@@g")!.Count);
    }

    [Fact]
    public void A_group_can_be_muted_later()
    {
        _book.Upsert([new WeChatContact("@@g") { NickName = "Team", NotifyState = 1 }]);
        _book.Upsert([new WeChatContact("@@g") { NickName = "Team" }]);
        Assert.False(_book.Find("@@g")!.IsMuted);
        _book.Upsert([new WeChatContact("@@g") { NotifyState = 0 }]);
        Assert.True(_book.Find("@@g")!.IsMuted);
    }

    [Fact]
    public void The_account_stays_the_account_and_comes_first()
    {
        _book.SetSelf(new WeChatContact("@me") { NickName = "Zoe" });
        _book.Upsert([Friend("@a", "Alice"), Friend("@me", "Zoe2"), new WeChatContact("@stranger")]);
        Assert.Equal((ContactKind.Self, "Zoe2"), (_book.Self!.Kind, _book.Self.Name));
        Assert.Equal(["@me", "@a"], _book.All.Select(contact => contact.UserName));
        _book.Remove(["@me"]);
        Assert.NotNull(_book.Self);
        Assert.Equal(ContactKind.Self, _book.Find("@me")!.Kind);
    }

    [Fact]
    public void A_contact_that_is_gone_becomes_a_stranger_and_can_come_back()
    {
        _book.Upsert([Friend("@a", "Alice")]);
        _book.Remove(["@a", "@nobody"]);
        Assert.Equal((ContactKind.Stranger, "Alice"), (_book.Find("@a")!.Kind, _book.Find("@a")!.Name));
        Assert.Empty(_book.All);
        _book.Upsert([Friend("@a", "Alice")]);
        Assert.Equal(ContactKind.Friend, _book.Find("@a")!.Kind);
    }

    [Fact]
    public void A_group_that_is_gone_is_forgotten_with_its_members()
    {
        _book.Upsert([Group("Team", Member("@a", "Alice"))]);
        _book.Remove(["@@g"]);
        Assert.Null(_book.Find("@@g"));
        Assert.Null(_book.Members("@@g"));
    }

    [Fact]
    public void A_newer_list_of_members_keeps_names_that_it_leaves_empty()
    {
        Assert.Null(_book.Members("@@g"));
        _book.Upsert([Group("Team", Member("@a", "Alice", "Ali"), Member("@b", "Bob"))]);
        _book.Upsert([Group("Team", Member("@a", ""), Member("@c", "Carol"))]);
        Assert.Equal(["Ali", "Carol"], _book.Members("@@g")!.Select(member => member.Name));
        Assert.Null(_book.FindMember("@@g", "@b"));
        Assert.Equal(2, _book.Find("@@g")!.MemberCount);
    }

    [Fact]
    public void Members_can_come_apart_from_their_group()
    {
        _book.SetMembers("@@g", [Member("@a", "Alice"), Member("@a", "Alice")]);
        Assert.Equal("Alice", Assert.Single(_book.Members("@@g")!).Name);
        Assert.Equal("Alice", _book.Find("@@g")!.Name);
    }

    [Fact]
    public void A_members_name_is_the_groups_then_the_remark_then_the_own()
    {
        _book.Upsert([Friend("@a", "Alice", "Remark"), Group("Team", Member("@a", "Alice"), Member("@b", "Bob", "Bobby"))]);
        Assert.Equal("Remark", _book.FindMember("@@g", "@a")!.Name);
        Assert.Equal("Bobby", _book.FindMember("@@g", "@b")!.Name);
        Assert.Equal("@x", new WeChatGroupMember("@x").Name);
    }

    [Fact]
    public void A_new_remark_or_group_name_reaches_the_members()
    {
        _book.Upsert([Friend("@a", "Alice"), Group("Team", Member("@a", "Alice"))]);
        _book.Upsert([Friend("@a", "Alice", "Remark"), new WeChatContact("@@g") { NickName = "Renamed" }]);
        WeChatGroupMember member = _book.FindMember("@@g", "@a")!;
        Assert.Equal(("Remark", "Renamed", _book.Find("@@g")!.Id), (member.Name, member.GroupName, member.GroupId));
    }

    [Fact]
    public void A_group_without_a_name_is_called_by_its_first_members()
    {
        _book.Upsert([Group("", [.. Enumerable.Range(0, 12).Select(i => Member("@m" + i, "M" + i))])]);
        Assert.Equal("M0、M1、M2、M3、M4、M5、M6、M7、M8、M9", _book.Find("@@g")!.Name);
        _book.Upsert([new WeChatContact("@@g") { NickName = "Team" }]);
        Assert.Equal("Team", _book.Find("@@g")!.Name);
    }

    [Fact]
    public void Members_of_groups_that_share_a_name_are_different_members()
    {
        _book.Upsert([Group("Team", Member("@a", "Alice")), new WeChatContact("@@h") { NickName = "Team", Members = [Member("@a", "Alice")] }]);
        WeChatGroupMember one = _book.FindMember("@@g", "@a")!, other = _book.FindMember("@@h", "@a")!;
        Assert.Equal(one.GroupId, other.GroupId);
        Assert.NotEqual(one, other);
        Assert.Equal(("@@g", "@@h"), (one.ToGroup().UserName, other.ToGroup().UserName));
    }

    [Fact]
    public void A_user_name_of_an_earlier_login_means_who_has_its_id_now()
    {
        _book.SetSelf(new WeChatContact("@me") { NickName = "Me" });
        _book.Upsert([Friend("@a", "Alice"), Friend("@twin1", "Twin"), Friend("@twin2", "Twin"), Group("Team", Member("@a", "Alice"))]);
        _book.LearnIds([new("@a", "wxid_alice"), new("@@g", "1@chatroom")]);
        string twin = _book.Find("@twin1")!.Id;
        Assert.Null(_book.Find("@old"));

        _book.RememberNames([new LoginNames("1", "@oldme", new Dictionary<string, string> { ["@old"] = "wxid_alice", ["@@old"] = "1@chatroom", ["@oldtwin"] = twin })]);

        Assert.Equal(("@a", "@@g", "@me"), (_book.Find("@old")!.UserName, _book.Find("@@old")!.UserName, _book.Find("@oldme")!.UserName));
        Assert.Equal("@a", _book.FindMember("@@old", "@old")!.UserName);
        Assert.Equal((true, true, false), (_book.IsSelf("@me"), _book.IsSelf("@oldme"), _book.IsSelf("@old")));
        Assert.Null(_book.Find("@oldtwin"));
        _book.Upsert([new WeChatContact("@twin2") { NickName = "Other" }]);
        Assert.Equal("@twin1", _book.Find("@oldtwin")!.UserName);
    }

    [Fact]
    public void Lasting_ids_reach_contacts_known_and_to_come()
    {
        _book.Upsert([Friend("@a", "Alice"), Group("Team", Member("@a", "Alice"))]);
        _book.LearnIds([new("@a", "wxid_alice"), new("@b", "wxid_bob"), new("@@g", "1@chatroom")]);
        _book.Upsert([Friend("@b", "Bob"), Friend("@a", "Alice2")]);
        Assert.Equal(("wxid_alice", "wxid_bob"), (_book.Find("@a")!.Id, _book.Find("@b")!.Id));
        Assert.Equal("1@chatroom", _book.FindMember("@@g", "@a")!.GroupId);
    }

    [Fact]
    public void Contacts_are_sorted_by_name()
    {
        _book.Upsert([Friend("@c", "carol"), Friend("@b", "Bob"), Friend("@a", "alice"), new WeChatContact("filehelper") { NickName = "File Transfer" }]);
        Assert.Equal(["alice", "Bob", "carol", "File Transfer"], _book.All.Select(contact => contact.Name));
        Assert.Same(_book.All, _book.All);
    }

    [Fact]
    public void Many_remarks_and_many_groups_are_merged_at_once()
    {
        WeChatContact[] people = [.. Enumerable.Range(0, 9_000).Select(i => Friend("@p" + i, "P" + i, "R" + i))];
        WeChatContact[] groups = [.. Enumerable.Range(0, 9_000).Select(i => new WeChatContact("@@g" + i) { NickName = "G" + i, Members = [Member("@p" + i, "P")] })];
        _book.Upsert(groups);
        _book.Upsert(people);
        Assert.Equal("R8999", _book.FindMember("@@g8999", "@p8999")!.Name);
    }

    [Fact]
    public async Task Readers_see_whole_contacts_while_writers_write()
    {
        using var stop = new CancellationTokenSource();
        Task reading = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (WeChatContact contact in _book.All)
                    Assert.Equal(contact.NickName, contact.City);
                foreach (WeChatGroupMember member in _book.Members("@@g") ?? [])
                    Assert.NotEmpty(member.GroupName);
            }
        });
        for (int turn = 0; turn < 300; turn++)
        {
            string name = "N" + turn;
            _book.Upsert([Friend("@a", name) with { City = name }, Friend("@b", name) with { City = name }]);
            _book.Upsert([Group(name, Member("@a", name)) with { City = name }]);
        }
        await stop.CancelAsync();
        await reading;
        Assert.Equal("N299", _book.Find("@b")!.Name);
        Assert.Equal(3, _book.All.Count);
    }

    private static WeChatContact Friend(string userName, string nickName, string remark = "") =>
        new(userName) { NickName = nickName, RemarkName = remark, Flags = ContactFlags.Contact, Kind = ContactKind.Friend };

    private static WeChatContact Group(string name, params WeChatGroupMember[] members) => new("@@g") { NickName = name, Members = members };

    private static WeChatGroupMember Member(string userName, string nickName, string displayName = "") =>
        new(userName) { NickName = nickName, DisplayName = displayName };
}
