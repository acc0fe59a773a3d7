using System;
using System.Linq;
using System.Text.Json;
using WeChatPS.Http;
using WeChatPS.Web;
using Xunit;
using static WeChatPS.Core.Tests.Web.SampleRequests;

namespace WeChatPS.Core.Tests.Web;

/// <summary>Every request that changes people or groups, to the byte.</summary>
public sealed class PeopleRequestTests
{
    private const string Ticket = "lang=zh_CN&pass_ticket=t%252Bk%253D";
    private const string OpLog = "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxoplog?" + Ticket;

    [Theory]
    [InlineData("老王 & <b> 😀", "老王 & <b> 😀")]
    [InlineData("", "")]
    [InlineData("a\"\\\n", "a\\\"\\\\\\n")]
    public void A_remark_is_an_operation_of_its_own(string remark, string onTheWire) => AssertPost(
        OpLog,
        Body($"\"CmdId\":2,\"RemarkName\":\"{onTheWire}\",\"UserName\":\"@a\""),
        PeopleRequests.Remark(Endpoints, Credentials, "@a", remark));

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_pin_carries_the_remark_along(bool pinned, int operation) => AssertPost(
        OpLog,
        Body($"\"CmdId\":3,\"OP\":{operation},\"RemarkName\":\"老王\",\"UserName\":\"@a\""),
        PeopleRequests.Pin(Endpoints, Credentials, "@a", pinned, "老王"));

    [Fact]
    public void A_conversation_that_was_read_is_told_from_the_account_to_the_other() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxstatusnotify?" + Ticket,
        Body("""
            "Code":1,"FromUserName":"@me","ToUserName":"@@g","ClientMsgId":1463755895123
            """),
        LoginRequests.StatusNotify(Endpoints, Credentials, StatusNotifyCode.Read, "@me", "@@g", Now));

    [Fact]
    public void A_new_group_counts_its_members() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxcreatechatroom?r=827952812&" + Ticket,
        Body("""
            "MemberCount":2,"MemberList":[{"UserName":"@a"},{"UserName":"@b"}],"Topic":"周末 🏔"
            """),
        PeopleRequests.NewGroup(Endpoints, Credentials, ["@a", "@b"], "周末 🏔", Now));

    [Fact]
    public void A_group_is_changed_by_the_function_that_the_query_names()
    {
        AssertChange("addmember", "\"AddMemberList\":\"@a,@b\",", GroupChange.Add, "@a,@b");
        AssertChange("invitemember", "\"InviteMemberList\":\"@a,@b\",", GroupChange.Invite, "@a,@b");
        AssertChange("delmember", "\"DelMemberList\":\"@a,@b\",", GroupChange.Remove, "@a,@b");
        AssertChange("modtopic", "\"NewTopic\":\"运维 & <ops> 😀\",", GroupChange.Rename, "运维 & <ops> 😀");
        AssertChange("quitchatroom", "", GroupChange.Leave, "");

        static void AssertChange(string function, string property, GroupChange change, string value) => AssertPost(
            $"https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxupdatechatroom?fun={function}&{Ticket}",
            Body(property + "\"ChatRoomName\":\"@@g\""),
            PeopleRequests.ChangeGroup(Endpoints, Credentials, "@@g", change, value));
    }

    [Fact]
    public void A_friendship_is_asked_for_accepted_and_refused()
    {
        AssertFriend(2, "", "我是张三，请加我", FriendOperation.Ask);
        AssertFriend(3, "v2_t@stranger", "", FriendOperation.Accept);
        AssertFriend(4, "v2_t@stranger", "", FriendOperation.Refuse);

        static void AssertFriend(int code, string ticket, string greeting, FriendOperation operation) => AssertPost(
            "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxverifyuser?r=1463755895123&" + Ticket,
            Body(
                $"\"Opcode\":{code},\"VerifyUserListSize\":1,\"VerifyUserList\":[{{\"Value\":\"@new\",\"VerifyUserTicket\":\"{ticket}\"}}],"
                + $"\"VerifyContent\":\"{greeting}\",\"SceneListCount\":1,\"SceneList\":[33],\"skey\":\"@crypt_1a_2b\""),
            PeopleRequests.Friend(Endpoints, Credentials, operation, "@new", ticket, greeting, Now));
    }

    [Fact]
    public void Details_of_members_name_their_group() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxbatchgetcontact?type=ex&r=1463755895123&" + Ticket,
        Body("""
            "Count":1,"List":[{"UserName":"@a","EncryChatRoomId":"@k"}]
            """),
        ContactRequests.Details(Endpoints, Credentials, ["@a"], Now, "@k"));

    [CapturesFact]
    public void The_bodies_say_what_those_say_that_others_recorded()
    {
        const string Folder = "docs-wwdk-2019/";
        AssertSame("chatroom-01-好友拉群", PeopleRequests.NewGroup(Endpoints, Credentials, ["@a", "@b"], "", Now));
        AssertSame("chatroom-03-添加新成员", PeopleRequests.ChangeGroup(Endpoints, Credentials, "@@g", GroupChange.Add, "@a"));
        AssertSame("chatroom-05-删除群成员", PeopleRequests.ChangeGroup(Endpoints, Credentials, "@@g", GroupChange.Remove, "@a"));
        AssertSame("chatroom-07-修改群名", PeopleRequests.ChangeGroup(Endpoints, Credentials, "@@g", GroupChange.Rename, "x"));
        AssertSame("contact-02-批量获取联系人", ContactRequests.Details(Endpoints, Credentials, ["@@g"], Now));
        AssertSame("contact-04-修改用户备注", PeopleRequests.Remark(Endpoints, Credentials, "@a", "x"));
        AssertSame("contact-06-同意添加", PeopleRequests.Friend(Endpoints, Credentials, FriendOperation.Accept, "@a", "v2_t", "", Now));
        AssertSame("send-04-撤回消息", SendRequests.Revoke(Endpoints, Credentials, "@a", "42", "17"));

        static void AssertSame(string name, WireRequest ours)
        {
            using JsonDocument theirs = JsonDocument.Parse(Captures.Bytes($"{Folder}{name}.request.json"));
            using JsonDocument own = JsonDocument.Parse(ours.Body!);
            Assert.Equal(Shape(theirs.RootElement), Shape(own.RootElement));
        }
    }

    /// <summary>Names and types, whatever the order.</summary>
    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().Select(one => $"{one.Name}:{Shape(one.Value)}").Order(StringComparer.Ordinal)) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Shape)) + "]",
        _ => value.ValueKind.ToString(),
    };
}
