using System.Linq;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class SessionReplyTests
{
    [Fact]
    public void The_first_reply_brings_account_history_and_conversations()
    {
        InitReply reply = InitReply.Parse(Sample.Bytes($$"""
            {"BaseResponse":{"Ret":0,"ErrMsg":""},"Count":2,
             "ContactList":[{{Sample.Json(Sample.Contact(Sample.Alice, "Alice"))}},{{Sample.Json(Sample.Contact(Sample.Group, "Team", ("MemberList", new[] { Sample.Member(Sample.Bob, "") })))}}],
             "SyncKey":{{Sample.Json(Sample.Keys((1, 5), (1000, 6)))}},
             "User":{"Uin":2500000000,"UserName":"{{Sample.Self}}","NickName":"Me<span class=\"emoji emoji1f604\"></span>","Sex":1},
             "ChatSet":"filehelper,{{Sample.Alice}},{{Sample.Group}},filehelper,","SKey":"@crypt_9_9","InviteStartCount":40}
            """));
        Assert.True(reply.IsUsable);
        Assert.False(reply.IsSessionOver);
        Assert.Equal((Sample.Self, "Me😄", ContactKind.Self), (reply.User!.UserName, reply.User.Name, reply.User.Kind));
        Assert.Equal("1_5|1000_6", reply.SyncKey!.ToQuery());
        Assert.Equal("@crypt_9_9", reply.Skey);
        Assert.Equal(["filehelper", Sample.Alice, Sample.Group], reply.Chats);
        Assert.Equal(["Alice", "Team"], reply.Contacts.Select(contact => contact.Name));
        Assert.Equal(Sample.Bob, Assert.Single(reply.Contacts[1].Members).UserName);
        Assert.Equal(40, reply.InviteStartCount);
    }

    [Theory]
    [InlineData(1100, true)]
    [InlineData(1101, true)]
    [InlineData(1102, true)]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    [InlineData(-14, false)]
    [InlineData(1205, false)]
    [InlineData(1203, false)]
    public void A_session_is_over_by_code_or_by_an_empty_structure(int ret, bool over)
    {
        InitReply reply = InitReply.Parse(Sample.Bytes(
            $$$"""{"BaseResponse":{"Ret":{{{ret}}},"ErrMsg":"words"},"SyncKey":{"Count":0,"List":[]},"User":{"Uin":0,"UserName":""},"SKey":""}"""));
        Assert.Equal(over, reply.IsSessionOver);
        Assert.False(reply.IsUsable);
        Assert.Equal(new BaseResponse(ret, "words"), reply.Response);
    }

    [Fact]
    public void Ret_1_with_an_account_is_not_the_end() => Assert.False(InitReply.Parse(Sample.Bytes(
        """{"BaseResponse":{"Ret":1},"User":{"UserName":"@me"}}""")).IsSessionOver);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"BaseResponse":null}""")]
    [InlineData("""{"BaseResponse":{"Ret":0},"User":{"UserName":""},"SyncKey":{"List":[{"Key":1,"Val":1}]}}""")]
    [InlineData("""{"BaseResponse":{"Ret":0},"User":{"UserName":"@me"},"SyncKey":{"List":[]}}""")]
    [InlineData("""{"BaseResponse":{"Ret":0},"User":{"UserName":"@me"},"SyncKey":{"List":[{"Key":1,"Val":1}]}""")]
    public void A_first_reply_without_sense_is_refused(string body) =>
        Assert.Throws<WireReplyException>(() => InitReply.Parse(Sample.Bytes(body)));

    [Fact]
    public void A_page_of_the_address_book_says_where_the_next_begins()
    {
        ContactPageReply page = ContactPageReply.Parse(Sample.Bytes(
            $$"""{"BaseResponse":{"Ret":0},"MemberCount":9,"MemberList":[{{Sample.Json(Sample.Contact(Sample.Alice, "Alice"))}},null,{},7],"Seq":"620412022"}"""));
        Assert.Equal(620412022, page.Next);
        Assert.Equal("Alice", Assert.Single(page.Contacts).Name);
    }

    [Fact]
    public void Details_carry_their_members()
    {
        ContactDetailsReply reply = ContactDetailsReply.Parse(Sample.Bytes($$"""
            {"BaseResponse":{"Ret":0},"Count":1,"ContactList":[{{Sample.Json(Sample.Contact(
                Sample.Group, "A &amp; B", ("EncryChatRoomId", "@c0ffee"), ("MemberCount", 99), ("MemberList", new[] { Sample.Member(Sample.Bob, "Bob", "老&lt;B") })))}}]}
            """));
        WeChatContact group = Assert.Single(reply.Contacts);
        Assert.Equal(("A & B", "@c0ffee", 1), (group.Name, group.GroupKey, group.MemberCount));
        Assert.Equal(("Bob", "老<B"), (group.Members[0].NickName, group.Members[0].Name));
    }

    [Fact]
    public void Too_often_is_read_where_the_server_says_it() => Assert.Equal(
        1205, ContactDetailsReply.Parse(Sample.Bytes("""{"BaseResponse":{"Ret":1205,"ErrMsg":""},"Count":0,"ContactList":[]}""")).Response.Ret);

    [Fact]
    public void A_message_sent_has_two_ids()
    {
        SendReply reply = SendReply.Parse("webwxsendmsg", Sample.Bytes(
            """{"BaseResponse":{"Ret":0,"ErrMsg":""},"MsgID":"7651226812254275964","LocalID":"15000000000001234"}"""), "15000000000001234");
        Assert.Equal(new SendReply(new BaseResponse(0, ""), "7651226812254275964"), reply);
    }

    [Fact]
    public void A_message_refused_says_why() => Assert.Equal(
        new BaseResponse(1204, "not a friend"),
        SendReply.Parse("webwxsendmsg", Sample.Bytes("""{"BaseResponse":{"Ret":"1204","ErrMsg":"not a friend"}}"""), "1").Response);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"BaseResponse":{}}""")]
    [InlineData("""{"BaseResponse":null,"MsgID":"1"}""")]
    [InlineData("""{"BaseResponse":{"Ret":0},"AddMsgCount":0}""")]
    [InlineData("""{"BaseResponse":{"Ret":0},"MsgID":"2","LocalID":"15000000000001235"}""")]
    public void A_reply_that_does_not_say_whether_this_message_went_well_is_none(string body) =>
        Assert.Throws<WireReplyException>(() => SendReply.Parse("webwxsendmsg", Sample.Bytes(body), "15000000000001234"));
}
