using System.Text.Json;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Contacts;

public sealed class ContactTests
{
    [Theory]
    [InlineData("filehelper", 3, 0, "Special")]
    [InlineData("weixin", 1, 56, "Special")]
    [InlineData("@@9204", 0, 0, "Group")]
    [InlineData("123456@chatroom", 0, 0, "Group")]
    [InlineData("@a11ce", 3, 8, "Official")]
    [InlineData("@a11ce", 3, 24, "Official")]
    [InlineData("@a11ce", 3, 136, "Official")]
    [InlineData("@a11ce", 3, 16, "Friend")]
    [InlineData("@x@qqim", 1, 0, "Special")]
    [InlineData("@a11ce", 1, 0, "Friend")]
    [InlineData("@a11ce", 34819, 0, "Friend")]
    [InlineData("@a11ce", 0, 0, "Stranger")]
    [InlineData("@a11ce", 2, 0, "Stranger")]
    public void The_kind_follows_from_name_and_flags(string userName, int flags, int verify, string kind) =>
        Assert.Equal(kind, Read(Sample.Contact(userName, "x", ("ContactFlag", flags), ("VerifyFlag", verify))).Kind.ToString());

    [Theory]
    [InlineData("Remark", "Display", "Nick", "Remark")]
    [InlineData("", "Display", "Nick", "Nick")]
    [InlineData("", "", "", "@a11ce")]
    [InlineData("A &amp; <span class=\"emoji emoji1f31b\"></span>", "", "Nick", "A & 🌛")]
    public void A_persons_name_is_the_remark_or_the_own_one(string remark, string display, string nick, string name)
    {
        WeChatContact contact = Read(Sample.Contact("@a11ce", nick, ("RemarkName", remark), ("DisplayName", display)));
        Assert.Equal(name, contact.Name);
        Assert.Equal(name, contact.ToString());
    }

    [Fact]
    public void A_groups_display_name_comes_before_its_own() =>
        Assert.Equal("Display", Read(Sample.Contact(Sample.Group, "Nick", ("DisplayName", "Display"))).Name);

    [Theory]
    [InlineData(2048, true, false, false)]
    [InlineData(2051, true, false, false)]
    [InlineData(2048 | 64 | 3, true, true, false)]
    [InlineData(512, false, false, true)]
    [InlineData(3, false, false, false)]
    public void Flags_are_bits(int flags, bool pinned, bool starred, bool muted)
    {
        WeChatContact contact = Read(Sample.Contact("@a11ce", "x", ("ContactFlag", flags)));
        Assert.Equal((pinned, starred, muted), (contact.IsPinned, contact.IsStarred, contact.IsMuted));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(null, false)]
    public void A_group_is_muted_when_it_says_so(int? statues, bool muted)
    {
        var fields = Sample.Contact(Sample.Group, "x");
        if (statues is null)
            fields.Remove("Statues");
        else
            fields["Statues"] = statues;
        Assert.Equal(muted, Read(fields).IsMuted);
    }

    [Fact]
    public void Numbers_may_come_as_text_and_fields_may_be_missing()
    {
        WeChatContact contact = Read(new() { ["UserName"] = "@a11ce", ["ContactFlag"] = "2049", ["Sex"] = "2", ["NickName"] = 7 });
        Assert.Equal((true, Gender.Female, "7", ContactKind.Friend), (contact.IsPinned, contact.Gender, contact.Name, contact.Kind));
    }

    [Fact]
    public void The_members_that_are_there_are_counted_and_not_the_count()
    {
        WeChatContact group = Read(Sample.Contact(
            Sample.Group, "x", ("MemberCount", 99), ("MemberList", new object?[] { Sample.Member("@a", "A"), null, Sample.Member("", "nobody") })));
        Assert.Equal(1, group.MemberCount);
        Assert.Equal(99, Read(Sample.Contact(Sample.Group, "x", ("MemberCount", 99))).MemberCount);
    }

    [Fact]
    public void The_picture_leads_nowhere_without_a_session() => Assert.Equal(
        "/cgi-bin/mmwebwx-bin/webwxgeticon?seq=1&username=@a11ce&skey=", Read(Sample.Contact("@a11ce", "x")).AvatarPath);

    [Fact]
    public void Contacts_are_equal_by_user_name()
    {
        WeChatContact old = Read(Sample.Contact("@a11ce", "old"));
        WeChatContact renamed = Read(Sample.Contact("@a11ce", "new"));
        Assert.Equal(old, renamed);
        Assert.Equal(old.GetHashCode(), renamed.GetHashCode());
        Assert.NotEqual(old, Read(Sample.Contact("@b0b", "old")));
    }

    [Fact]
    public void Nothing_that_can_be_exported_is_secret()
    {
        WeChatContact contact = Read(Sample.Contact(Sample.Group, "x", ("EncryChatRoomId", "@c0ffee"), ("Ticket", "v2_secret")));
        string json = JsonSerializer.Serialize(contact);
        Assert.DoesNotContain("crypt", json, System.StringComparison.Ordinal);
        Assert.DoesNotContain("secret", json, System.StringComparison.Ordinal);
        Assert.DoesNotContain("c0ffee", json, System.StringComparison.Ordinal);
    }

    private static WeChatContact Read(System.Collections.Generic.Dictionary<string, object?> fields) =>
        ContactJson.Read(JsonSlice.Root(Sample.Bytes(Sample.Json(fields))))!;
}
