using System;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class ForwardingTests
{
    private static readonly ContactBook s_book = Book();

    [Fact]
    public void A_text_is_passed_on_as_people_see_it_without_who_wrote_it()
    {
        MessageBody body = Forwarding.Of(Message(1, "@mm:<br/>todo:<br/>&lt;b&gt; <span class=\"emoji emoji1f604\"></span>", from: "@@g"));

        Assert.Equal(("webwxsendmsg", 1, "todo:\n<b> 😄", true), (body.Endpoint, body.Type, body.Content, body.IsForwarded));
    }

    [Theory]
    [InlineData(3, "webwxsendmsgimg", 3)]
    [InlineData(43, "webwxsendvideomsg", 43)]
    [InlineData(62, "webwxsendvideomsg", 43)]
    public void A_picture_or_a_video_is_passed_on_by_its_XML(int type, string endpoint, int sentType)
    {
        MessageBody body = Forwarding.Of(Message(type, "@mm:<br/>&lt;msg&gt;<br/>&lt;img length=\"1\" a=\"&amp;amp;\" /&gt;&lt;/msg&gt;", from: "@@g"));

        Assert.Equal((endpoint, sentType, "<msg>\n<img length=\"1\" a=\"&amp;\" /></msg>"), (body.Endpoint, body.Type, body.Content));
        Assert.Equal("", body.MediaId);
    }

    [Fact]
    public void A_sticker_is_passed_on_by_its_digest_unless_it_comes_from_the_store()
    {
        const string Content = "&lt;msg&gt;&lt;emoji md5=\"0123abcd\" /&gt;&lt;/msg&gt;";
        MessageBody body = Forwarding.Of(Message(47, Content));

        Assert.Equal(("webwxsendemoticon", 47, "0123abcd", ""), (body.Endpoint, body.Type, body.EmoticonMd5, body.Content));
        AssertNotForwardable(Message(47, Content, ("HasProductId", 1)));
        AssertNotForwardable(Message(47, "&lt;msg&gt;&lt;emoji /&gt;&lt;/msg&gt;"));
    }

    [Fact]
    public void A_file_is_passed_on_under_the_id_that_this_account_got()
    {
        MessageBody body = Forwarding.Of(Message(
            49,
            "&lt;msg&gt;&lt;appmsg appid=\"x\"&gt;&lt;title&gt;a &amp;amp; b.txt&lt;/title&gt;&lt;type&gt;6&lt;/type&gt;&lt;appattach&gt;"
            + "&lt;attachid&gt;theirs&lt;/attachid&gt;&lt;/appattach&gt;&lt;/appmsg&gt;&lt;fromusername&gt;wxid_x&lt;/fromusername&gt;&lt;/msg&gt;",
            ("AppMsgType", 6), ("MediaId", "@crypt_ours")));

        Assert.Equal(("webwxsendappmsg", 6), (body.Endpoint, body.Type));
        Assert.Equal(
            "<appmsg appid=\"x\"><title>a &amp; b.txt</title><type>6</type><appattach><attachid>@crypt_ours</attachid></appattach></appmsg>",
            body.Content);
    }

    [Fact]
    public void Control_characters_in_somebodys_XML_do_not_stop_it()
    {
        MessageBody body = Forwarding.Of(Message(
            49, "&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;a&amp;#1;b&lt;/title&gt;&lt;/appmsg&gt;&lt;/msg&gt;", ("AppMsgType", 5)));

        Assert.Equal("<appmsg><title>a&#x1;b</title></appmsg>", body.Content);
    }

    [Fact]
    public void A_place_is_passed_on_with_its_coordinates()
    {
        MessageBody body = Forwarding.Of(Message(
            1,
            "Some Road:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx",
            ("SubMsgType", 48),
            ("Url", "http://apis.map.qq.com/uri/v1/geocoder?coord=31.2,121.4"),
            ("OriContent", "&lt;msg&gt;&lt;location x=\"31.2\" y=\"121.4\" /&gt;&lt;/msg&gt;")));

        Assert.Equal(("webwxsendmsg", 48), (body.Endpoint, body.Type));
        Assert.Equal("31.2", XElement.Parse(body.Content).Element("location")!.Attribute("x")!.Value);
    }

    [Fact]
    public void A_place_as_the_phone_wrote_it_is_passed_on_as_it_is()
    {
        MessageBody body = Forwarding.Of(Message(48, "&lt;msg&gt;&lt;location x=\"31.2\" y=\"121.4\" label=\"a &amp;amp; b\" /&gt;&lt;/msg&gt;"));

        Assert.Equal(("webwxsendmsg", 48, "<msg><location x=\"31.2\" y=\"121.4\" label=\"a &amp; b\" /></msg>"), (body.Endpoint, body.Type, body.Content));
    }

    [Fact]
    public void A_type_that_stands_in_the_XML_alone_is_passed_on()
    {
        MessageBody body = Forwarding.Of(Message(49, "&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;a&lt;/title&gt;&lt;type&gt;51&lt;/type&gt;&lt;/appmsg&gt;&lt;/msg&gt;"));

        Assert.Equal(("webwxsendappmsg", 51), (body.Endpoint, body.Type));
    }

    [Theory]
    [InlineData(34, "&lt;msg&gt;&lt;voicemsg voicelength=\"1\" /&gt;&lt;/msg&gt;")]
    [InlineData(10000, "somebody joined")]
    [InlineData(49, "no XML")]
    [InlineData(1, "")]
    [InlineData(12345, "?")]
    public void What_the_web_client_cannot_send_is_refused(int type, string content) => AssertNotForwardable(Message(type, content));

    [Fact]
    public void What_was_sent_is_passed_on_without_its_mentions()
    {
        var receipt = new WeChatReceipt("1", "17", s_book.GetOrStranger("@a"), DateTimeOffset.UnixEpoch, 1, "x");
        MessageBody body = MessageBody.Text("hi") with { Mentions = ["@b"] };

        Assert.Equal(body with { Mentions = [], IsForwarded = true }, Forwarding.Of(receipt with { Body = body }));
        Assert.Equal(WeChatErrorReason.NotForwardable, Assert.Throws<WeChatException>(() => Forwarding.Of(receipt)).Reason);
    }

    private static void AssertNotForwardable(WeChatMessage message)
    {
        WeChatException error = Assert.Throws<WeChatException>(() => Forwarding.Of(message));
        Assert.Equal((WeChatErrorReason.NotForwardable, "77"), (error.Reason, error.Subject));
    }

    private static WeChatMessage Message(int type, string content, params (string Name, object Value)[] more) =>
        Message(type, content, "@a", more);

    private static WeChatMessage Message(int type, string content, string from, params (string Name, object Value)[] more)
    {
        var item = new System.Collections.Generic.Dictionary<string, object>
        {
            ["MsgId"] = "77", ["FromUserName"] = from, ["ToUserName"] = "@me", ["MsgType"] = type, ["Content"] = content,
        };
        foreach ((string name, object value) in more) item[name] = value;
        return new MessageReader(s_book, new Origin("x", 1)).Read(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(item)), 1, 1);
    }

    private static ContactBook Book()
    {
        var book = new ContactBook();
        book.SetSelf(new WeChatContact("@me") { Kind = ContactKind.Self });
        return book;
    }
}
