using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
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

    private static XElement Xml(JsonElement message)
    {
        string content = WebUtility.HtmlDecode(message.Text("Content").Replace("<br/>", "\n", StringComparison.Ordinal));
        return XElement.Parse(content.Replace("<br/>", "", StringComparison.Ordinal).Trim());
    }
}
