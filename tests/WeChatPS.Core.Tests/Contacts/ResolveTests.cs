using System.Linq;
using Xunit;

namespace WeChatPS.Core.Tests.Contacts;

public sealed class ResolveTests
{
    private readonly ContactBook _book = new();

    [Theory]
    [InlineData("@a", "@a")]
    [InlineData("wxid_alice", "@a")]
    [InlineData("WXID_ALICE", "@a")]
    [InlineData("Mom", "@a")]
    [InlineData("mom", "@a")]
    [InlineData("Alice", "@a")]
    [InlineData("bobby_id", "@b")]
    [InlineData("Team", "@@g")]
    [InlineData("@stranger", "@stranger")]
    public void A_name_means_one_contact(string name, string userName)
    {
        Fill();
        ContactMatch match = _book.Resolve(name);
        Assert.Equal(userName, match.Contact?.UserName);
        Assert.False(match.IsAmbiguous);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ali")]
    [InlineData("A*")]
    [InlineData("Alice ")]
    [InlineData("Somebody else")]
    [InlineData("Myself")]
    public void Anything_else_means_nobody(string name)
    {
        Fill();
        Assert.Empty(_book.Resolve(name).Candidates);
        Assert.Null(_book.Resolve(name).Contact);
    }

    [Fact]
    public void A_name_that_somebody_chose_never_beats_an_id_or_a_remark()
    {
        _book.Upsert([Friend("@a", "Alice", "Boss"), Friend("@evil", "Boss"), Friend("@evil2", "filehelper"), new WeChatContact("filehelper")]);
        Assert.Equal("@a", _book.Resolve("Boss").Contact!.UserName);
        Assert.Equal("@a", _book.Resolve("boss").Contact!.UserName);
        Assert.Equal("filehelper", _book.Resolve("filehelper").Contact!.UserName);
    }

    [Theory]
    [InlineData("wxid_victim")]
    [InlineData("WXID_victim")]
    [InlineData("gh_22b87fa7cb3d")]
    [InlineData("fp_0123456789abcdef")]
    [InlineData("12345@chatroom")]
    [InlineData("@0123456789abcdef0123456789abcdef")]
    [InlineData("@@0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void No_name_passes_for_an_id(string id)
    {
        _book.Upsert([Friend("@a", id), Friend("@b", "Bob", id), new WeChatContact("@@g") { NickName = id }]);
        Assert.Empty(_book.Resolve(id).Candidates);
    }

    [Theory]
    [InlineData("@0123")]
    [InlineData("@home")]
    [InlineData("wxid")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public void A_name_that_is_no_id_stays_a_name(string name)
    {
        _book.Upsert([Friend("@a", name)]);
        Assert.Equal("@a", _book.Resolve(name).Contact?.UserName);
    }

    [Fact]
    public void An_id_alone_is_not_looked_for_among_names()
    {
        Fill();
        Assert.Equal("@a", _book.ResolveId("wxid_alice").Contact?.UserName);
        Assert.Empty(_book.ResolveId("Alice").Candidates);
        Assert.Empty(_book.ResolveId("Mom").Candidates);
    }

    [Fact]
    public void A_person_comes_before_a_group_of_the_same_name()
    {
        _book.Upsert([Friend("@a", "Team"), new WeChatContact("@@g") { NickName = "Team" }]);
        Assert.Equal("@a", _book.Resolve("Team").Contact!.UserName);
    }

    [Fact]
    public void Two_of_the_same_rank_are_ambiguous()
    {
        _book.Upsert([Friend("@a", "Li"), Friend("@b", "Li"), Friend("@c", "li")]);
        ContactMatch match = _book.Resolve("Li");
        Assert.True(match.IsAmbiguous);
        Assert.Null(match.Contact);
        Assert.Equal(["@a", "@b"], match.Candidates.Select(contact => contact.UserName));
    }

    [Fact]
    public void The_exact_spelling_comes_before_another()
    {
        _book.Upsert([Friend("@a", "Li"), Friend("@b", "LI")]);
        Assert.Equal("@b", _book.Resolve("LI").Contact!.UserName);
        Assert.True(_book.Resolve("li").IsAmbiguous);
    }

    private void Fill()
    {
        _book.SetSelf(new WeChatContact("@me") { NickName = "Myself" });
        _book.Upsert(
        [
            Friend("@a", "Alice", "Mom"),
            Friend("@b", "Bob") with { Alias = "bobby_id" },
            new WeChatContact("@@g") { NickName = "Team" },
            new WeChatContact("@stranger") { NickName = "Somebody else" },
        ]);
        _book.LearnIds([new("@a", "wxid_alice")]);
    }

    private static WeChatContact Friend(string userName, string nickName, string remark = "") =>
        new(userName) { NickName = nickName, RemarkName = remark, Flags = ContactFlags.Contact, Kind = ContactKind.Friend };
}
