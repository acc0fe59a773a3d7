using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;
using Xunit.Abstractions;

namespace WeChatPS.Core.Tests.Web;

/// <summary>5,000 bad replies, the same ones each time: a parser may refuse them, and does nothing else that it should not.</summary>
public sealed class HostileReplyTests(ITestOutputHelper output)
{
    private const ulong Gamma = 4711;

    private static readonly object s_contact = Sample.Contact(
        Sample.Group, "A &amp; <span class=\"emoji emoji1f31b\"></span>", ("MemberList", new[] { Sample.Member(Sample.Bob, "Bob") }));

    private static readonly byte[] s_init = Sample.Bytes(Sample.Json(new Dictionary<string, object?>
    {
        ["BaseResponse"] = new { Ret = 0, ErrMsg = "" },
        ["ContactList"] = new[] { s_contact },
        ["SyncKey"] = Sample.Keys((1, 2), (3, 4)),
        ["User"] = Sample.Contact(Sample.Self, "Me"),
        ["ChatSet"] = "filehelper,@a,",
        ["SKey"] = "@crypt_1_2",
    }));

    /// <summary>How many replies each test makes bad.</summary>
    internal int RepliesEach { get; init; } = 500;

    /// <summary>Where chance begins.</summary>
    internal ulong Seed { get; init; } = 20190631;

    [Fact]
    public void A_new_code() => Check(body => NewCodeReply.Parse(body),
        "window.QRLogin.code = 200; window.QRLogin.uuid = \"4dcaWx3uBw==\";");

    [Fact]
    public void A_login_poll() => Check(body => LoginPollReply.Parse(body),
        "window.code=408;",
        "window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j/';",
        "window.code=200;\nwindow.redirect_uri=\"https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=A@qrticket_0\";");

    [Fact]
    public void A_login_page() => Check(body => LoginPageReply.Parse(body),
        "<error><ret>0</ret><message>m</message><skey>@crypt_1_2</skey><wxsid>s</wxsid><wxuin>7</wxuin><pass_ticket>t%3D</pass_ticket></error>",
        "<error><ret>1203</ret><message><![CDATA[no]]></message></error>");

    [Fact]
    public void A_push() => Check(body => PushLoginReply.Parse(body), """{"ret":"0","msg":"all ok","uuid":"6n0Q6VAASX=="}""");

    [Fact]
    public void A_first_reply() => Check(body => InitReply.Parse(body), s_init);

    [Fact]
    public void Contacts() => Check(
        body =>
        {
            var book = new ContactBook();
            book.Upsert(ContactPageReply.Parse(body).Contacts);
            book.Upsert(ContactDetailsReply.Parse(body).Contacts);
            Assert.All(book.All, contact => Assert.NotEmpty(contact.Name));
        },
        Sample.Bytes(Sample.Json(new { BaseResponse = new { Ret = 0 }, MemberList = new[] { s_contact }, ContactList = new[] { s_contact }, Seq = 5 })));

    [Fact]
    public void A_send() => Check(body => SendReply.Parse("webwxsendmsg", body, "15000000000001234"),
        """{"BaseResponse":{"Ret":0,"ErrMsg":"e"},"MsgID":"7651226812254275964","LocalID":"15000000000001234"}""");

    [Fact]
    public void A_poll() => Check(
        body =>
        {
            SyncClassification.Poll(new WireReply(200, body));
            SyncCheckReply.Parse(body);
        },
        "window.synccheck={retcode:\"0\",selector:\"2\"}");

    [Fact]
    public void A_fetch() => Check(
        body =>
        {
            SyncClassification.Fetch(new WireReply(200, body));
            SyncBatchReply reply = SyncBatchReply.Parse(body);
            reply.ToBatch(new WebCursor(new SyncKey([new(1, 2)]), null));
            foreach (var item in reply.Items)
                ReadAll(item.Raw);
        },
        Sample.SyncReplyBytes(("AddMsgList", Messages().ToArray()), ("ModContactList", new[] { s_contact }), ("DelContactList", new[] { new { UserName = "@x" } })));

    [Fact]
    public void A_message_is_never_refused() => Check(
        body => ReadAll(body), [.. Messages().Select(message => Sample.Bytes(Sample.Json(message)))], mayRefuse: false);

    private static IEnumerable<Dictionary<string, object?>> Messages()
    {
        yield return Sample.Message(("FromUserName", Sample.Group), ("Content", $"{Sample.Bob}:<br/>hi @Bot\u2005 &lt;b&gt; <span class=\"emoji emoji1f604\"></span><br/>x"));
        yield return Sample.Message(("MsgType", 3), ("Content", "&lt;msg&gt;&lt;img length=\"6503\" /&gt;&lt;/msg&gt;"));
        yield return Sample.Message(("MsgType", 49), ("AppMsgType", 57), ("Content", "&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;t&lt;/title&gt;&lt;type&gt;57&lt;/type&gt;&lt;refermsg&gt;&lt;svrid&gt;1&lt;/svrid&gt;&lt;/refermsg&gt;&lt;/appmsg&gt;&lt;/msg&gt;"));
        yield return Sample.Message(("MsgType", 49), ("AppMsgType", 6), ("FileName", "a b.pdf"), ("FileSize", "12345"));
        yield return Sample.Message(("SubMsgType", 48), ("Url", "http://apis.map.qq.com/uri/v1/geocoder?coord=31.2,121.4"), ("OriContent", "&lt;msg&gt;&lt;location x=\"31.2\" y=\"121.4\" /&gt;&lt;/msg&gt;"));
        yield return Sample.Message(("MsgType", 10000), ("Content", "\"A\"邀请\"B\"加入了群聊 &lt;a href=\"x\"&gt;y&lt;/a&gt;"));
        yield return Sample.Message(("MsgType", 10002), ("Content", "&lt;sysmsg type=\"revokemsg\"&gt;&lt;revokemsg&gt;&lt;msgid&gt;5&lt;/msgid&gt;&lt;replacemsg&gt;&lt;![CDATA[x]]&gt;&lt;/replacemsg&gt;&lt;/revokemsg&gt;&lt;/sysmsg&gt;"));
        yield return Sample.Message(("MsgType", 37), ("RecommendInfo", new { UserName = "@new", NickName = "N", Content = "hello", Sex = 1, Scene = 6, Ticket = "v2_x" }));
        yield return Sample.Message(("MsgType", 51), ("StatusNotifyCode", 4), ("StatusNotifyUserName", "@a,@@g"), ("Content", "&lt;msg&gt;&lt;op id='4'&gt;&lt;username&gt;wxid_a,1@chatroom&lt;/username&gt;&lt;/op&gt;&lt;/msg&gt;"));
    }

    private static void ReadAll(ReadOnlyMemory<byte> raw)
    {
        var book = new ContactBook();
        book.SetSelf(new WeChatContact(Sample.Self) { NickName = "Bot" });
        WeChatMessage message = new MessageReader(book, new Origin("test", 1)).Read(raw, 0, 1);
        Assert.NotNull(message.Text);
        // everything an export touches
        Assert.NotEmpty(JsonSerializer.Serialize(message));
        Assert.DoesNotContain(message.ToString(), char.IsControl);
    }

    private void Check(Action<byte[]> parse, params string[] replies) => Check(parse, [.. replies.Select(Sample.Bytes)]);

    private void Check(Action<byte[]> parse, byte[] reply) => Check(parse, [reply]);

    private void Check(Action<byte[]> parse, byte[][] replies, bool mayRefuse = true)
    {
        output.WriteLine($"seed {Seed}, gamma {Gamma}, {RepliesEach} replies");
        foreach (byte[] good in replies)
            parse(good);
        int refused = 0;
        Prop.ForAll(HostileBytes.From(replies), body =>
        {
            try
            {
                parse(body);
            }
            catch (WireReplyException refusal) when (mayRefuse)
            {
                Assert.DoesNotContain(refusal.Message, char.IsControl);
                Assert.DoesNotContain("crypt_", refusal.Message, StringComparison.Ordinal);
                refused++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(RepliesEach).WithReplay(Seed, Gamma).WithQuietOnSuccess(true));
        output.WriteLine($"{refused} refused");
    }
}
