using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class MessageKindTests : IAsyncLifetime
{
    private readonly WeChatEmulator _emulator = Emulators.Start();
    private WebClient _client = null!;

    public async Task InitializeAsync()
    {
        _client = await WebClient.LogInAsync(_emulator);
        await _client.SyncAllAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task In_a_group_the_text_of_others_begins_with_who_wrote_it()
    {
        JsonElement message = await DeliverAsync(new() { From = "赵六", Group = "运维群", Text = "todo:\nx" });

        string sender = _client.Session.UserNameOf(_emulator.Self.Contact("运维群").Members.Single(m => m.Person.NickName == "赵六").Person);
        Assert.Equal(_client.UserName("运维群"), message.Text("FromUserName"));
        Assert.Equal($"{sender}:<br/>todo:<br/>x", message.Text("Content"));
    }

    [Fact]
    public async Task A_message_from_ones_own_phone_has_no_prefix_and_goes_the_other_way()
    {
        JsonElement toFriend = await DeliverAsync(new() { To = "张三", Text = "from my phone" });
        JsonElement toGroup = await DeliverAsync(new() { Group = "运维群", Text = "me too" });

        Assert.Equal((_client.Self, _client.UserName("张三")), (toFriend.Text("FromUserName"), toFriend.Text("ToUserName")));
        Assert.Equal((_client.Self, _client.UserName("运维群"), "me too"), (toGroup.Text("FromUserName"), toGroup.Text("ToUserName"), toGroup.Text("Content")));
    }

    [Theory]
    [InlineData(MessageKind.Image, 3)]
    [InlineData(MessageKind.Voice, 34)]
    [InlineData(MessageKind.Video, 43)]
    [InlineData(MessageKind.Emoticon, 47)]
    public async Task Media_have_their_type_and_well_formed_XML(MessageKind kind, int type)
    {
        JsonElement message = await DeliverAsync(new() { From = "张三", Kind = kind, Duration = TimeSpan.FromSeconds(3) });

        Assert.Equal(type, message.Int("MsgType"));
        Assert.Equal("msg", Xml(message).Name.LocalName);
        Assert.Equal(kind == MessageKind.Voice ? 3000 : 0, message.Int("VoiceLength"));
        Assert.Equal(kind == MessageKind.Video ? 3 : 0, message.Int("PlayLength"));
    }

    [Fact]
    public async Task A_file_names_itself_in_every_place()
    {
        JsonElement message = await DeliverAsync(new() { From = "张三", Kind = MessageKind.File, FileName = "a_b & c.pdf", Data = new byte[77] });

        Assert.Equal((49, 6, "77"), (message.Int("MsgType"), message.Int("AppMsgType"), message.Text("FileSize")));
        Assert.Equal("a%5Fb%20%26%20c%2Epdf", message.Text("EncryFileName"));
        XElement app = Xml(message).Element("appmsg")!;
        Assert.Equal("a_b & c.pdf", app.Element("title")!.Value);
        Assert.Equal(message.Text("MediaId"), app.Element("appattach")!.Element("attachid")!.Value);
    }

    [CaptureFact]
    public async Task An_app_message_has_the_elements_of_a_captured_one()
    {
        using JsonDocument captured = JsonDocument.Parse(Captures.Read("docs-wwdk-2019/receive-05-接收文件.reply.json"));
        JsonElement message = await DeliverAsync(new() { From = "张三", Kind = MessageKind.File, FileName = "fileName.zip" });

        string content = captured.RootElement.Text("Content");
        Assert.Equal(Elements(Parse(content[(content.IndexOf(":<br/>", StringComparison.Ordinal) + 6)..])), Elements(Xml(message)));
        Assert.EndsWith("&lt;/msg&gt;&lt;br/&gt;<br/>", message.Text("Content"), StringComparison.Ordinal);
        Assert.Equal(captured.RootElement.GetProperty("AppInfo").Text("AppID"), message.GetProperty("AppInfo").Text("AppID"));
    }

    [Fact]
    public async Task The_texts_of_a_transfer_are_CDATA()
    {
        // So in AutoAccounting #626 and wherever such a message is quoted. ItChat looks for CDATA (produce_msg in itchat/components/messages.py).
        JsonElement message = await DeliverAsync(new() { Kind = MessageKind.Transfer, From = "张三", Amount = 1.5m, Text = "a ]]> & b" });

        Assert.Contains("<title><![CDATA[微信转账]]></title><des><![CDATA[收到转账1.50元。", WebUtility.HtmlDecode(message.Text("Content")));
        XElement payment = Xml(message).Descendants("wcpayinfo").Single();
        Assert.Equal(("￥1.50", "a ]]> & b"), (payment.Element("feedesc")!.Value, payment.Element("pay_memo")!.Value));
    }

    [Theory]
    [InlineData(MessageKind.Music, 3)]
    [InlineData(MessageKind.Link, 5)]
    [InlineData(MessageKind.LiveLocation, 17)]
    [InlineData(MessageKind.ChatHistory, 19)]
    [InlineData(MessageKind.MiniProgram, 33)]
    [InlineData(MessageKind.Transfer, 2000)]
    [InlineData(MessageKind.RedPacket, 2001)]
    [InlineData(MessageKind.App, 1)]
    public async Task An_app_message_has_its_number_beside_the_XML_and_in_it(MessageKind kind, int type)
    {
        JsonElement message = await DeliverAsync(new() { From = "张三", Kind = kind, Title = "T", Text = "x" });
        JsonElement other = await DeliverAsync(new() { From = "张三", Kind = kind, Text = "x", AppMsgType = 4711 });

        Assert.Equal((49, type), (message.Int("MsgType"), message.Int("AppMsgType")));
        Assert.Equal($"{type}", Xml(message).Element("appmsg")!.Element("type")!.Value);
        Assert.Equal(WebUtility.HtmlDecode(message.Text("FileName")), Xml(message).Element("appmsg")!.Element("title")!.Value);
        Assert.Equal((49, 4711, "4711"), (other.Int("MsgType"), other.Int("AppMsgType"), Xml(other).Element("appmsg")!.Element("type")!.Value));
    }

    [Fact]
    public async Task A_quote_holds_what_it_quotes_as_its_readers_had_it()
    {
        JsonElement image = await DeliverAsync(new() { From = "赵六", Group = "运维群", Kind = MessageKind.Image });
        JsonElement quote = await DeliverAsync(new() { From = "张三", Kind = MessageKind.Quote, Text = "nice", QuotedMsgId = image.Text("MsgId") });

        XElement reference = Xml(quote).Element("appmsg")!.Element("refermsg")!;
        Assert.Equal(("3", image.Text("MsgId"), "赵六"), (Text("type"), Text("svrid"), Text("displayname")));
        Assert.Equal("img", XElement.Parse(Text("content")).Elements().Single().Name.LocalName);
        Assert.EndsWith("@chatroom", Text("fromusr"), StringComparison.Ordinal);
        Assert.Throws<EmulatorException>(() => _emulator.Deliver(new IncomingMessage { From = "张三", Kind = MessageKind.Quote, QuotedMsgId = "1" }));

        string Text(string name) => reference.Element(name)!.Value;
    }

    [Theory]
    [InlineData(MessageKind.GroupJoin, "李四", "小明", "\"李四\"邀请\"小明\"加入了群聊")]
    [InlineData(MessageKind.GroupJoin, null, "样例乙", "你邀请\"样例乙\"加入了群聊")]
    [InlineData(MessageKind.GroupLeave, null, "样例乙", "你将\"样例乙\"移出了群聊")]
    [InlineData(MessageKind.GroupRename, "李四", "<A>", "\"李四\"修改群名为“&lt;A&gt;”")]
    [InlineData(MessageKind.Tickle, "李四", "🌸", "\"李四\" 拍了拍\"<span class=\"emoji emoji1f338\"></span>\"")]
    [InlineData(MessageKind.RedPacket, "李四", "", "收到红包，请在手机上查看")]
    public async Task What_happens_in_a_group_is_told_in_the_words_of_the_server(MessageKind kind, string? from, string text, string words)
    {
        JsonElement notice = await DeliverAsync(new() { From = from, Group = "运维群", Kind = kind, Text = text });

        Assert.Equal((10000, 4, words), (notice.Int("MsgType"), notice.Int("Status"), notice.Text("Content")));
        Assert.Equal((_client.UserName("运维群"), _client.Self), (notice.Text("FromUserName"), notice.Text("ToUserName")));
    }

    [CaptureFact]
    public async Task A_recall_looks_like_a_captured_one()
    {
        using JsonDocument captured = JsonDocument.Parse(Captures.Read("docs-misc/recall-friend.json"));
        JsonElement recall = await DeliverAsync(new() { From = "张三", Kind = MessageKind.Recall, RecalledMsgId = "2302258342570220740" });

        Assert.Equal(Elements(Xml(captured.RootElement)), Elements(Xml(recall)));
        Assert.Equal("\"张三\" 撤回了一条消息", Xml(recall).Element("revokemsg")!.Element("replacemsg")!.Value);
    }

    [Fact]
    public async Task Any_number_can_be_sent_and_a_sticker_from_the_store_has_no_bytes()
    {
        JsonElement odd = await DeliverAsync(new() { From = "张三", Text = "<a>\n😱", MsgType = 4711 });
        JsonElement sticker = await DeliverAsync(new() { From = "张三", Kind = MessageKind.Emoticon, ProductId = "p1" });

        Assert.Equal((4711, "&lt;a&gt;<br/><span class=\"emoji emoji1f631\"></span>"), (odd.Int("MsgType"), odd.Text("Content")));
        Assert.Equal((1, "p1"), (sticker.Int("HasProductId"), (string)Xml(sticker).Element("emoji")!.Attribute("productid")!));
        using HttpResponseMessage picture = await _client.GetAsync(WebClient.P + $"webwxgetmsgimg?MsgID={sticker.Text("MsgId")}&skey={Uri.EscapeDataString(_client.SKey)}");
        Assert.Empty(await picture.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_link_a_location_and_a_card_carry_what_they_point_to()
    {
        JsonElement link = await DeliverAsync(new() { From = "张三", Kind = MessageKind.Link, Title = "T<1>", Text = "D", Url = "http://x/?a=1&b=2" });
        JsonElement place = await DeliverAsync(new() { From = "张三", Kind = MessageKind.Location, Title = "某路1号", Text = "咖啡" });
        JsonElement card = await DeliverAsync(new() { From = "张三", Kind = MessageKind.Card, Card = "王五" });

        Assert.Equal((49, 5, "http://x/?a=1&b=2"), (link.Int("MsgType"), link.Int("AppMsgType"), link.Text("Url")));
        Assert.Equal("T<1>", Xml(link).Element("appmsg")!.Element("title")!.Value);
        Assert.Equal((1, 48), (place.Int("MsgType"), place.Int("SubMsgType")));
        Assert.StartsWith("某路1号:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&amp;msgid=", place.Text("Content"), StringComparison.Ordinal);
        Assert.Contains("label=\"某路1号\"", WebUtility.HtmlDecode(place.Text("OriContent")));
        Assert.Equal((42, "王五"), (card.Int("MsgType"), card.GetProperty("RecommendInfo").Text("NickName")));
    }

    [Fact]
    public async Task Notices_and_recalls_stand_in_the_chat_they_belong_to()
    {
        JsonElement notice = await DeliverAsync(new() { Group = "运维群", Kind = MessageKind.System, Text = "\"赵六\"加入了群聊" });
        JsonElement recall = await DeliverAsync(new() { From = "张三", Kind = MessageKind.Recall, RecalledMsgId = "42" });

        Assert.Equal((10000, _client.UserName("运维群"), "\"赵六\"加入了群聊"), (notice.Int("MsgType"), notice.Text("FromUserName"), notice.Text("Content")));
        Assert.Equal((10002, 4), (recall.Int("MsgType"), recall.Int("Status")));
        Assert.Equal("42", Xml(recall).Element("revokemsg")!.Element("msgid")!.Value);
    }

    [Fact]
    public async Task A_status_notice_names_the_chat_and_a_raw_item_is_left_alone()
    {
        JsonElement status = await DeliverAsync(new() { From = "张三", Kind = MessageKind.Status, StatusCode = 2 });
        string id = _emulator.Deliver(new IncomingMessage
        {
            Kind = MessageKind.Raw, Json = """{"MsgId":"{msgid}","MsgType":1,"ToUserName":"{self}","Content":"raw","StatusNotifyCode":0,"Extra":[1]}""",
        });
        JsonElement raw = Assert.Single(await _client.MessagesAsync());

        Assert.Equal((51, 2, _client.UserName("张三")), (status.Int("MsgType"), status.Int("StatusNotifyCode"), status.Text("StatusNotifyUserName")));
        Assert.Equal((id, _client.Self), (raw.Text("MsgId"), raw.Text("ToUserName")));
        Assert.Equal(1, raw.GetProperty("Extra").GetArrayLength());
    }

    [Theory]
    [InlineData("🇨🇳", "<span class=\"emoji emoji1f1e81f1f3\"></span>")]
    [InlineData("1\u20e3", "<span class=\"emoji emoji003120e3\"></span>")]
    [InlineData("☀", "<span class=\"emoji emoji2600\"></span>")]
    [InlineData("🥲", "🥲")]
    [InlineData("<br/>", "&lt;br/&gt;")]
    [InlineData("a\r\nb", "a<br/>b")]
    public async Task Text_is_marked_up_as_the_server_does(string text, string content) =>
        Assert.Equal(content, (await DeliverAsync(new() { From = "张三", Text = text })).Text("Content"));

    [Fact]
    public async Task A_friend_request_is_accepted_with_its_ticket_and_the_friend_has_a_new_name()
    {
        JsonElement request = await DeliverAsync(new() { Kind = MessageKind.FriendRequest, From = "新朋友", Text = "你好，我是…" });
        JsonElement info = request.GetProperty("RecommendInfo");
        Assert.Equal((37, "fmessage", "新朋友", "你好，我是…"), (request.Int("MsgType"), request.Text("FromUserName"), info.Text("NickName"), info.Text("Content")));

        Assert.Equal(-1, (await VerifyAsync(3, info.Text("UserName"), "v2_wrong@stranger")).Ret());
        Assert.Equal(0, (await VerifyAsync(3, info.Text("UserName"), info.Text("Ticket"))).Ret());

        JsonElement turn = await _client.SyncAsync();
        JsonElement friend = Assert.Single(turn.GetProperty("ModContactList").EnumerateArray());
        Assert.Equal("新朋友", friend.Text("NickName"));
        Assert.NotEqual(info.Text("UserName"), friend.Text("UserName"));
        Assert.Contains("你已添加了", turn.GetProperty("AddMsgList")[0].Text("Content"));
        Assert.Equal(-1, (await VerifyAsync(3, info.Text("UserName"), info.Text("Ticket"))).Ret());
        Assert.Equal(0, (await _client.SendTextAsync(friend.Text("UserName"), "hi")).Ret());
    }

    [Fact]
    public async Task A_friend_request_can_be_turned_down_and_one_can_be_sent()
    {
        JsonElement info = (await DeliverAsync(new() { Kind = MessageKind.FriendRequest, From = "陌生人甲", Text = "hi" })).GetProperty("RecommendInfo");

        Assert.Equal(0, (await VerifyAsync(4, info.Text("UserName"), info.Text("Ticket"))).Ret());
        Assert.Equal(-1, (await VerifyAsync(3, info.Text("UserName"), info.Text("Ticket"))).Ret());
        Assert.Equal(0, (await VerifyAsync(2, info.Text("UserName"), "")).Ret());
        FriendRequest asked = Assert.Single(_emulator.Self.Asked);
        Assert.Equal(("陌生人甲", "please"), (asked.To.NickName, asked.Greeting));
    }

    private Task<JsonElement> VerifyAsync(int opcode, string user, string ticket) => _client.PostAsync(
        "webwxverifyuser?r=1",
        $$"""{"BaseRequest":{{_client.BaseRequest}},"Opcode":{{opcode}},"VerifyUserListSize":1,"VerifyUserList":[{"Value":"{{user}}","VerifyUserTicket":"{{ticket}}"}],"VerifyContent":"please","SceneListCount":1,"SceneList":[33],"skey":"{{_client.SKey}}"}""");

    private async Task<JsonElement> DeliverAsync(IncomingMessage message)
    {
        string id = _emulator.Deliver(message);
        List<JsonElement> received = await _client.MessagesAsync();
        return received.Single(m => m.Text("MsgId") == id);
    }

    private static string[] Elements(XElement root) => [.. root.DescendantsAndSelf().Select(element => element.Name.LocalName)];

    private static XElement Xml(JsonElement message) => Parse(message.Text("Content"));

    private static XElement Parse(string wire)
    {
        string content = WebUtility.HtmlDecode(wire.Replace("<br/>", "\n", StringComparison.Ordinal));
        return XElement.Parse(content.Replace("<br/>", "", StringComparison.Ordinal).Trim());
    }
}
