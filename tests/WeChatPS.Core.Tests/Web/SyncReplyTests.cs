using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WeChatPS.Sessions;
using WeChatPS.Sync;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class SyncReplyTests
{
    [Theory]
    [InlineData("window.synccheck={retcode:\"0\",selector:\"2\"}", 0, 2)]
    [InlineData("window.synccheck={retcode:\"0\",selector:\"0\"}", 0, 0)]
    [InlineData("window.synccheck={retcode:\"1101\",selector:\"0\"}", 1101, 0)]
    [InlineData("window.synccheck={retcode:\"-1\",selector:\"0\"}", -1, 0)]
    [InlineData("window.synccheck = { retcode : '0' , selector : '7' } ;", 0, 7)]
    [InlineData("window.synccheck={retcode:0,selector:3};", 0, 3)]
    [InlineData("window.synccheck={\"retcode\":\"0\",\"selector\":\"6\"}\r\n", 0, 6)]
    [InlineData("window.synccheck={selector:\"2\",retcode:\"0\"}", 0, 2)]
    [InlineData("/* retcode:\"1101\" */ window.synccheck={retcode:\"0\",selector:\"2\"}", 0, 2)]
    [InlineData("// retcode:\"1101\"\nwindow.synccheck={/*retcode:\"1100\",*/retcode:\"0\",selector:\"2\"}", 0, 2)]
    [InlineData("window.synccheck={hint:\"retcode:'1101'\",oldretcode:\"1102\",retcode:\"0\",selector:\"2\"}", 0, 2)]
    [InlineData("window.synccheck={retcode:\"1102\"}", 1102, 0)]
    public void A_poll_reply_is_read_leniently(string body, int code, int selector) =>
        Assert.Equal(new SyncCheckReply(code, selector), SyncCheckReply.Parse(Sample.Bytes(body)));

    [Theory]
    [InlineData("")]
    [InlineData("<html>retcode:\"1101\"</html>")]
    [InlineData("window.synccheck={}")]
    [InlineData("window.synccheck={retcode:\"0\"}")]
    [InlineData("window.synccheck={retcode:\"\",selector:\"0\"}")]
    [InlineData("window.synccheck={retcode:\"x\",selector:\"0\"}")]
    [InlineData("window.synccheck={retcode:\"0\",selector:\"")]
    [InlineData("window.synccheck={retcode:\"99999999999\",selector:\"0\"}")]
    public void A_poll_reply_without_sense_is_refused(string body) =>
        Assert.Throws<WireReplyException>(() => SyncCheckReply.Parse(Sample.Bytes(body)));

    [Fact]
    public void A_batch_brings_messages_as_slices_with_their_ids()
    {
        Dictionary<string, object?> first = Sample.Message(("MsgId", "9223372036854775809"), ("NewMsgId", 9223372036854775809));
        Dictionary<string, object?> second = Sample.Message(("MsgId", "2"), ("NewMsgId", 2), ("Content", "braces ]}[{ and \\\" quotes"));
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.SyncReplyBytes(("AddMsgList", new[] { first, second }), ("AddMsgCount", 7)));
        Assert.Equal([9223372036854775809UL, 2UL], reply.Items.Select(item => item.Id));
        Assert.Equal("braces ]}[{ and \\\" quotes", Read(reply.Items[1]).Text);
        Assert.False(reply.HasMore);
    }

    [Fact]
    public void Keys_are_taken_from_the_reply()
    {
        var before = new WebCursor(Key("1_1"), Key("1_1"));
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.SyncReplyBytes(("ContinueFlag", 1), ("SKey", "@crypt_9_9")));
        SyncBatch batch = reply.ToBatch(before);
        Assert.True(WebCursor.TryRead(batch.Next, out WebCursor next));
        Assert.Equal(new WebCursor(Key("1_10|2_20"), Key("1_10|2_21")), next);
        Assert.True(batch.More);
        Assert.Empty(batch.Items);
        Assert.Equal("@crypt_9_9", reply.Skey);
    }

    [Fact]
    public void Keys_that_are_empty_or_missing_stay_as_they_were()
    {
        var before = new WebCursor(Key("1_1"), Key("1_2"));
        var empty = new Dictionary<string, object?> { ["Count"] = 0, ["List"] = Array.Empty<object>() };
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.SyncReplyBytes(("SyncKey", empty), ("SyncCheckKey", null)));
        Assert.Equal(before, before.After(reply));
        Assert.Equal(before, before.After(SyncBatchReply.Parse(Sample.Bytes("""{"BaseResponse":{"Ret":0}}"""))));
        // a count of its own mind changes nothing
        var miscounted = new Dictionary<string, object?> { ["Count"] = 0, ["List"] = new[] { new { Key = 1, Val = 3 } } };
        Assert.Equal(Key("1_3"), before.After(SyncBatchReply.Parse(Sample.SyncReplyBytes(("SyncKey", miscounted)))).Fetch);
    }

    [Fact]
    public void Contact_changes_are_read()
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.SyncReplyBytes(
            ("ModContactList", new object?[] { Sample.Contact(Sample.Alice, "Alice"), null, "garbage", Sample.Contact("", "nobody") }),
            ("ModChatRoomMemberList", new[] { Sample.Contact(Sample.Group, "Team", ("MemberList", new[] { Sample.Member(Sample.Bob, "Bob") })) }),
            ("DelContactList", new object?[] { new { UserName = Sample.Bob, ContactFlag = 0 }, new { }, 3 })));
        Assert.Equal([Sample.Alice, Sample.Group], reply.ChangedContacts.Select(contact => contact.UserName));
        Assert.Equal([Sample.Bob], reply.RemovedContacts);
    }

    [Theory]
    [InlineData(190, "New", "New")]
    [InlineData(190, "", null)]
    [InlineData(0, "Old", null)]
    public void A_profile_counts_when_it_says_so(int bits, string name, string? expected)
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.SyncReplyBytes(("Profile", new { BitFlag = bits, NickName = new { Buff = name } })));
        Assert.Equal(expected, reply.NewNickName);
    }

    [Theory]
    [InlineData(1, "@alice", true)]
    [InlineData(10000, "@alice", true)]
    [InlineData(51, "@alice", false)]
    [InlineData(9999, "@alice", false)]
    [InlineData(0, "@alice", false)]
    [InlineData(1, "", false)]
    public void Only_what_people_write_earns_speed(int type, string from, bool earns)
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.SyncReplyBytes(
            ("AddMsgList", new[] { new Dictionary<string, object?> { ["MsgId"] = "1", ["MsgType"] = type, ["FromUserName"] = from } })));
        Assert.Equal(earns, Assert.Single(reply.Items).Earns);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    public void Announced_messages_that_are_missing_make_a_reply_incomplete(string list) => Assert.Throws<WireReplyException>(() =>
        SyncBatchReply.Parse(Sample.Bytes($$$"""{"BaseResponse":{"Ret":0},"AddMsgCount":1,"AddMsgList":{{{list}}},"SyncKey":{"List":[{"Key":1,"Val":2}]}}""")));

    [Fact]
    public void A_name_with_escapes_is_the_same_name()
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.Bytes("""{"BaseResponse":{"Ret":0},"\u0041dd\u004dsgList":[{"MsgId":"1"}]}"""));
        Assert.Equal(1UL, Assert.Single(reply.Items).Id);
    }

    [Fact]
    public void An_item_that_is_no_object_is_no_message()
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.Bytes("""{"BaseResponse":{"Ret":0},"AddMsgList":[7,"text",null,[1],{"MsgId":"1"}]}"""));
        Assert.Equal(1UL, Assert.Single(reply.Items).Id);
    }

    [Fact]
    public void Garbage_among_the_messages_spoils_itself_alone()
    {
        string good = Sample.Json(Sample.Message(("MsgId", "1")));
        byte[] body = Sample.Bytes(
            $$$"""{"BaseResponse":{"Ret":0},"AddMsgList":[{{{good}}},null,"text",42,{},{"MsgId":"5","MsgType":nonsense "x"},{{{good}}}],"SyncKey":{"List":[{"Key":1,"Val":2}]}}""");
        SyncBatchReply reply = SyncBatchReply.Parse(body);
        Assert.Equal(["Text", "Unparsed", "Unparsed", "Text"], reply.Items.Select(item => Read(item).Kind.ToString()));
        Assert.Equal(5UL, reply.Items[2].Id);
        Assert.Equal("1_2", reply.FetchKey!.ToQuery());
    }

    [Fact]
    public void Bytes_that_no_strict_reader_accepts_do_not_stop_a_batch()
    {
        string json = Sample.Json(Sample.SyncReply(("AddMsgList", new[] { Sample.Message(("Content", "a#b")), Sample.Message(("MsgId", "2")) })));
        byte[] body = Encoding.UTF8.GetBytes(json);
        body[Array.IndexOf(body, (byte)'#')] = 0x01;
        SyncBatchReply withControl = SyncBatchReply.Parse(body);
        Assert.Equal("a\u0001b", Read(withControl.Items[0]).Text);
        body[Array.IndexOf(body, (byte)0x01)] = 0xFE;
        SyncBatchReply withInvalid = SyncBatchReply.Parse(body);
        Assert.Equal("a\uFFFDb", Read(withInvalid.Items[0]).Text);
        Assert.Equal("hello", Read(withInvalid.Items[1]).Text);
    }

    [Fact]
    public void A_message_without_an_id_is_known_by_its_bytes()
    {
        string Nameless(string content, string id) => Sample.Json(Sample.Message(("MsgId", id), ("NewMsgId", 0), ("Content", content)));
        ulong[] ids = [.. SyncBatchReply.Parse(Sample.Bytes(
            $$"""{"BaseResponse":{"Ret":0},"AddMsgList":[{{Nameless("a", "")}},{{Nameless("b", "")}},{{Nameless("a", "")}},{{Nameless("a", "x1")}},{{Nameless("b", "x1")}},{{Nameless("a", "0")}}]}"""))
            .Items.Select(item => item.Id)];
        Assert.NotEqual(ids[0], ids[1]);
        Assert.Equal(ids[0], ids[2]);
        Assert.NotEqual(ids[0], ids[3]);
        Assert.Equal(ids[3], ids[4]);
        Assert.NotEqual(0UL, ids[5]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>busy</html>")]
    [InlineData("{}")]
    [InlineData("""{"ret":0}""")]
    [InlineData("""{"BaseResponse":{"Ret":0},"AddMsgList":[{"MsgId":"1"}""")]
    [InlineData("""{"BaseResponse":{"Ret":0},"AddMsgList":[{"MsgId":"1}]}""")]
    [InlineData("""{"BaseResponse":{"Ret":0}} {"AddMsgList":""", true)]
    [InlineData("""{"BaseResponse":{"Ret":0},oops,"AddMsgList":[]}""")]
    public void A_reply_that_is_not_whole_gives_no_keys(string body, bool readable = false)
    {
        if (readable)
            Assert.Empty(SyncBatchReply.Parse(Sample.Bytes(body)).Items);
        else
            Assert.Throws<WireReplyException>(() => SyncBatchReply.Parse(Sample.Bytes(body)));
    }

    [Fact]
    public void Every_cut_of_a_reply_is_noticed()
    {
        byte[] body = Sample.SyncReplyBytes(("AddMsgList", new[] { Sample.Message() }));
        int last = body.AsSpan().LastIndexOf((byte)'}');
        for (int length = 0; length <= last; length++)
            Assert.Throws<WireReplyException>(() => SyncBatchReply.Parse(body.AsMemory(0, length)));
    }

    [Fact]
    public void The_list_of_recent_conversations_brings_lasting_ids()
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Sample.SyncReplyBytes(("AddMsgList", new[] { RecentChats("@aa,filehelper,@@gg", "wxid_alice,filehelper,123456@chatroom") })));
        Assert.Equal(
            [new("@aa", "wxid_alice"), new("filehelper", "filehelper"), new("@@gg", "123456@chatroom")], reply.StableIds);
    }

    [Theory]
    [InlineData("@aa,@@gg", "wxid_alice", 0)]
    [InlineData("@aa,@@gg", "123@chatroom,wxid_alice", 0)]
    [InlineData("@aa,@@gg", "wxid_alice,", 1)]
    [InlineData("", "", 0)]
    public void A_list_whose_halves_do_not_match_is_not_believed(string userNames, string ids, int believed) =>
        Assert.Equal(believed, SyncBatchReply.Parse(Sample.SyncReplyBytes(("AddMsgList", new[] { RecentChats(userNames, ids) }))).StableIds.Count);

    private static Dictionary<string, object?> RecentChats(string userNames, string ids) => Sample.Message(
        ("MsgType", 51), ("FromUserName", Sample.Self), ("StatusNotifyCode", 4), ("StatusNotifyUserName", userNames),
        ("Content", $"&lt;msg&gt;<br/>&lt;op id='4'&gt;<br/>&lt;username&gt;{ids}&lt;/username&gt;<br/>&lt;/op&gt;<br/>&lt;/msg&gt;"));

    private static WeChatMessage Read(SyncItem item) => new MessageReader(new ContactBook(), new Origin("test", 1)).Read(item.Raw, 0, 1);

    private static SyncKey Key(string query) => SyncKey.TryParse(query, out SyncKey key) ? key : throw new ArgumentException(query);
}
