using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Messages;

public sealed class MessageContentTests
{
    private const string MapUrl = "http://apis.map.qq.com/uri/v1/geocoder?coord=31.2,121.4";

    [Fact]
    public void A_picture_has_sizes()
    {
        WeChatMessage message = Read(
            ("MsgType", 3), ("ImgWidth", 90), ("ImgHeight", "120"),
            ("Content", "&lt;?xml version=\"1.0\"?&gt;<br/>&lt;msg&gt;<br/>&lt;img length=\"6503\" hdlength=\"0\" /&gt;<br/>&lt;/msg&gt;"));
        Assert.Equal(new ImageContent(90, 120, 6503), message.Content);
        Assert.Equal("", message.Text);
        Assert.Same(message.Content, message.Content);
    }

    [Fact]
    public void A_picture_without_XML_is_still_one() =>
        Assert.Equal(new ImageContent(0, 0, 0), Read(("MsgType", 3), ("Content", "@crypt_0123")).Content);

    [Fact]
    public void A_recording_has_a_length() => Assert.Equal(
        new VoiceContent(TimeSpan.FromMilliseconds(1580)), Read(("MsgType", 34), ("VoiceLength", 1580)).Content);

    [Theory]
    [InlineData(43)]
    [InlineData(62)]
    public void A_video_has_a_length_and_sizes(int type) => Assert.Equal(
        new VideoContent(TimeSpan.FromSeconds(6), 960, 540, 328666),
        Read(("MsgType", type), ("PlayLength", 6), ("ImgWidth", 960), ("ImgHeight", 540), ("Content", Escape("<msg><videomsg length=\"328666\"/></msg>"))).Content);

    [Fact]
    public void Lengths_that_cannot_be_are_0() => Assert.Equal(
        new VideoContent(TimeSpan.Zero, 0, 0, 0), Read(("MsgType", 43), ("PlayLength", -5), ("ImgWidth", "x"), ("Content", Escape("<msg><videomsg length=\"-1\"/></msg>"))).Content);

    [Fact]
    public void A_sticker_is_known_by_its_digest() => Assert.Equal(
        new EmoticonContent("b8a3", 240, 210, 447446, true),
        Read(("MsgType", 47), ("ImgWidth", 240), ("ImgHeight", 210), ("HasProductId", 1), ("Content", Escape("<msg><emoji md5=\"b8a3\" len=\"447446\" productid=\"p\"></emoji></msg>"))).Content);

    [Theory]
    [InlineData("\"12345\"")]
    [InlineData("12345")]
    [InlineData("\"\"")]
    public void A_file_has_a_name_and_a_size_however_it_is_written(string size)
    {
        string json = Sample.Json(Sample.Message(
            ("MsgType", 49), ("AppMsgType", 6), ("FileName", "a &amp; b.pdf"), ("MediaId", "@crypt_1"), ("EncryFileName", "a%20b%2Epdf"),
            ("Content", Escape("<msg><appmsg><title>other</title><type>6</type><appattach><totallen>12345</totallen></appattach></appmsg></msg>"))))
            .Replace("\"FileSize\": \"\"", "\"FileSize\": " + size, StringComparison.Ordinal);
        WeChatMessage message = new MessageReader(new ContactBook(), new Origin("test", 1)).Read(Sample.Bytes(json), 0, 1);
        var file = Assert.IsType<FileContent>(message.Content);
        Assert.Equal(("a & b.pdf", 12345L, "@crypt_1", "a%20b%2Epdf"), (file.Name, file.Size, file.MediaId, file.EncodedName));
        Assert.Equal("a & b.pdf", message.Text);
    }

    [Fact]
    public void A_file_without_a_name_beside_it_has_the_one_inside() => Assert.Equal("inner.zip", Assert.IsType<FileContent>(Read(
        ("MsgType", 49), ("AppMsgType", 6), ("Content", Escape("<msg><appmsg><title>inner.zip</title></appmsg></msg>"))).Content).Name);

    [Fact]
    public void A_link_has_a_title_a_description_and_an_address()
    {
        WeChatMessage message = App(5, "<title>T &amp; t</title><des>D</des><url>http://mp.example/s?a=1&amp;b=2</url><sourcedisplayname>News</sourcedisplayname>");
        Assert.Equal(new LinkContent("T & t", "D", "http://mp.example/s?a=1&b=2", "News"), message.Content);
        Assert.Equal("T & t", message.Text);
    }

    [Fact]
    public void A_link_in_a_group_is_read_behind_the_prefix()
    {
        WeChatMessage message = Read(
            ("FromUserName", Sample.Group), ("MsgType", 49), ("AppMsgType", 5),
            ("Content", "@b0b:<br/>" + Escape("<msg><appmsg><title>T</title></appmsg><appinfo><appname>App</appname></appinfo></msg>")));
        Assert.Equal(new LinkContent("T", "", "", "App"), message.Content);
        Assert.Equal("@b0b", message.Sender!.UserName);
    }

    [Fact]
    public void A_song_has_an_artist() => Assert.Equal(
        new MusicContent("Song", "Band", "http://m.example", "http://m.example/s.mp3"),
        App(3, "<title>Song</title><des>Band</des><url>http://m.example</url><dataurl>http://m.example/s.mp3</dataurl>").Content);

    [Fact]
    public void A_mini_program_has_a_page() => Assert.Equal(
        new MiniProgramContent("Order", "Shop", "pages/order"),
        App(33, "<title>Order</title><sourcedisplayname>Shop</sourcedisplayname><weappinfo><pagepath>pages/order</pagepath></weappinfo>").Content);

    [Theory]
    [InlineData("<content>hungry?</content>", "hungry?", MessageKind.Text)]
    [InlineData("<type>1</type><content>hungry?</content>", "hungry?", MessageKind.Text)]
    [InlineData("<type>3</type><content>&lt;msg&gt;&lt;img/&gt;&lt;/msg&gt;</content>", "", MessageKind.Image)]
    [InlineData("<type>49</type><content>&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;a.pdf&lt;/title&gt;&lt;type&gt;6&lt;/type&gt;&lt;/appmsg&gt;&lt;/msg&gt;</content>", "a.pdf", MessageKind.File)]
    [InlineData("<type>49</type><content>&lt;broken</content>", "", MessageKind.App)]
    public void A_quote_says_who_and_what(string quoted, string text, MessageKind kind)
    {
        WeChatMessage message = App(57, $"<title>me too</title><refermsg><svrid>77</svrid><displayname>Bob</displayname>{quoted}</refermsg>");
        Assert.Equal(new QuoteContent("me too", "77", "Bob", text, kind), message.Content);
        Assert.Equal((MessageKind.Quote, "me too"), (message.Kind, message.Text));
    }

    [Fact]
    public void What_people_wrote_keeps_the_white_space_around_it()
    {
        const string Quoted = "<refermsg>\n<type> 1 </type><svrid>\n77\n</svrid><displayname> Bob </displayname><content>\n\n@Bob\u2005\n</content></refermsg>";
        var quote = Assert.IsType<QuoteContent>(App(57, "<title>\n<![CDATA[ @Bob\u2005]]>\n</title>" + Quoted).Content);
        Assert.Equal(new QuoteContent(" @Bob\u2005", "77", " Bob ", "\n\n@Bob\u2005\n", MessageKind.Text), quote);
    }

    [Fact]
    public void Contents_with_lists_print_what_is_in_them()
    {
        Assert.Equal("GroupJoinContent { Names = Bob, Carol, InvitedBy = Alice }", $"{new GroupJoinContent(["Bob", "Carol"], "Alice")}");
        Assert.Equal("GroupLeaveContent { Names = Bob, RemovedBy =  }", $"{new GroupLeaveContent(["Bob"], "")}");
        Assert.Equal("StatusContent { Code = 4, UserNames = @a, @@g }", $"{new StatusContent(4, ["@a", "@@g"])}");
        Assert.Equal("ChatHistoryContent { Title = T, Summary = S, Items = 1 }", $"{new ChatHistoryContent("T", "S", [new("A", "", "x")])}");
    }

    [Fact]
    public void A_piece_of_history_has_a_summary_and_its_messages()
    {
        const string Record = "<recorditem><![CDATA[<recordinfo><datalist count=\"2\">"
            + "<dataitem><sourcename>A</sourcename><sourcetime>2026-01-02 03:04</sourcetime><datadesc>x &amp; y</datadesc></dataitem>"
            + "<dataitem><sourcename>B</sourcename><datatitle>a.pdf</datatitle></dataitem></datalist></recordinfo>]]></recorditem>";
        var history = Assert.IsType<ChatHistoryContent>(App(19, "<title>Chat of A and B</title><des>A: x\nB: y</des>" + Record).Content);
        Assert.Equal(("Chat of A and B", "A: x\nB: y"), (history.Title, history.Summary));
        Assert.Equal([new("A", "2026-01-02 03:04", "x & y"), new("B", "", "a.pdf")], history.Items);
        Assert.Empty(Assert.IsType<ChatHistoryContent>(App(19, "<title>T</title><recorditem>no XML</recorditem>").Content).Items);
    }

    [Theory]
    [InlineData("<wcpayinfo><feedesc><![CDATA[￥0.10]]></feedesc><pay_memo>lunch</pay_memo></wcpayinfo>", "￥0.10", "0.10", "lunch")]
    [InlineData("<wcpayinfo><feedesc>HK$1,234.50</feedesc></wcpayinfo>", "HK$1,234.50", "1234.50", "")]
    [InlineData("", "0.10元", "0.10", "")]
    public void A_transfer_has_an_amount(string payment, string amount, string value, string memo) => Assert.Equal(
        new TransferContent(amount, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), memo, "收到转账0.10元。如需收钱，请点此升级"),
        App(2000, "<title><![CDATA[微信转账]]></title><des><![CDATA[收到转账0.10元。如需收钱，请点此升级]]></des>" + payment).Content);

    [Fact]
    public void A_transfer_that_does_not_say_how_much_says_nothing() =>
        Assert.Equal(new TransferContent("", null, "", "?"), App(2000, "<des>?</des>").Content);

    [Fact]
    public void An_unknown_app_keeps_its_number() => Assert.Equal(
        new AppContent(51, "Channel", "", ""), App(51, "<title>Channel</title><type>51</type>").Content);

    [Fact]
    public void A_red_packet_is_its_title()
    {
        WeChatMessage message = App(2001, "<title>恭喜发财</title>");
        Assert.Equal((MessageKind.RedPacket, "恭喜发财"), (message.Kind, message.Text));
        Assert.Equal(new RedPacketContent(false, "恭喜发财"), message.Content);
        Assert.Equal(new RedPacketContent(false, ""), Notice("收到红包，请在手机上查看"));
        Assert.Equal(new RedPacketContent(true, ""), Notice("发出红包，请在手机上查看"));
    }

    [Theory]
    [InlineData("&lt;msg&gt;&lt;location x=\"31.2\" y=\"121.4\" scale=\"16\" label=\"Some Road 1\" maptype=\"roadmap\" poiname=\"Cafe\" /&gt;&lt;/msg&gt;")]
    [InlineData("<?xml version=\"1.0\"?>\n<msg>\n\t<location x=\"31.2\" y=\"121.4\" label=\"Some Road 1\" poiname=\"Cafe\" />\n</msg>\n")]
    public void A_place_is_read_from_the_phones_XML(string original)
    {
        WeChatMessage message = Place(original);
        Assert.Equal(new LocationContent(31.2, 121.4, "Some Road 1", "Cafe") { Url = MapUrl }, message.Content);
        Assert.Equal("Some Road 1", message.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<msg><broken")]
    [InlineData("<msg><location x=\"a\" y=\"NaN\"/></msg>")]
    public void A_place_without_that_is_read_from_its_address(string original) =>
        Assert.Equal(new LocationContent(31.2, 121.4, "Some Road 1", "") { Url = MapUrl }, Place(original).Content);

    [Fact]
    public void A_place_in_a_group_loses_the_senders_prefix_alone()
    {
        WeChatMessage message = Read(
            ("FromUserName", Sample.Group), ("SubMsgType", 48), ("Content", "@b0b:<br/>Some Road 1:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx"));
        Assert.Equal((MessageKind.Location, "Some Road 1", "@b0b"), (message.Kind, message.Text, message.Sender!.UserName));
        Assert.Equal(new LocationContent(null, null, "Some Road 1", ""), message.Content);
    }

    [Fact]
    public void A_card_is_about_somebody()
    {
        WeChatMessage message = Read(("MsgType", 42), ("RecommendInfo", Person(("Alias", "carol_1"))));
        Assert.Equal(new CardContent("@new", "Carol & Co", "carol_1", Gender.Female, "NSW", "Sydney"), message.Content);
        Assert.Equal("Carol & Co", message.Text);
    }

    [Fact]
    public void A_friend_request_has_a_greeting_and_hides_its_ticket()
    {
        WeChatMessage message = Read(
            ("MsgType", 37), ("FromUserName", "fmessage"), ("RecommendInfo", Person(("Content", "I am &lt;Carol&gt;"), ("Ticket", "v2_t@stranger"), ("Scene", 6))));
        var request = Assert.IsType<FriendRequestContent>(message.Content);
        Assert.Equal(("@new", "Carol & Co", "I am <Carol>", 6, "v2_t@stranger"), (request.UserName, request.Name, request.Greeting, request.Scene, request.Ticket));
        Assert.Equal(("I am <Carol>", ContactKind.Special), (message.Text, message.From.Kind));
        Assert.DoesNotContain("v2_t", request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_JSON_nor_XML_shows_a_ticket_and_the_request_can_still_be_approved()
    {
        WeChatMessage message = Read(
            ("MsgType", 37), ("FromUserName", "fmessage"), ("Ticket", "v2_top"), ("RecommendInfo", Person(("Ticket", "v2_t@stranger"), ("Content", "ticket=5"))),
            ("Content", Escape("<msg fromusername=\"wxid_1\" encryptusername=\"v1_u\" ticket=\"v2_t@stranger\" antispamticket='v4_a' opcode=\"2\" />")));
        Assert.DoesNotContain("v2_", message.Raw + message.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("v4_", message.Raw + message.Xml, StringComparison.Ordinal);
        Assert.Contains("opcode=\"2\"", message.Xml, StringComparison.Ordinal);
        using System.Text.Json.JsonDocument raw = System.Text.Json.JsonDocument.Parse(message.Raw);
        Assert.Equal("ticket=5", raw.RootElement.GetProperty("RecommendInfo").GetProperty("Content").GetString());
        Assert.Equal("v2_t@stranger", WeChatSession.FriendRequestOf(message).Ticket);
    }

    [Fact]
    public void What_somebody_writes_about_tickets_is_his() =>
        Assert.Contains("ticket=\\\"7\\\"", Read(("Content", "a ticket=\"7\"")).Raw, StringComparison.Ordinal);

    [Fact]
    public void A_quote_that_nobody_closes_encloses_no_name() =>
        Assert.IsType<GroupJoinContent>(Notice("\"Alice“”x“加入了群聊"));

    [Fact]
    public void What_stands_beside_the_XML_counts_and_the_XML_says_the_rest()
    {
        const string Xml = "<msg bigheadimgurl=\"\" smallheadimgurl=\"http://h/1?skey=@crypt_1_2&amp;x=1\" username=\"gh_1\" nickname=\"Other\" alias=\"inner\" "
            + "province=\"Hubei\" sign=\"hi &lt;you&gt;\" sex=\"1\" certflag=\"0\" certinfo=\"Shop &amp; Co\" />";
        Assert.Equal(
            new CardContent("@new", "Carol & Co", "inner", Gender.Female, "NSW", "Sydney")
            {
                Signature = "hi <you>", IsOfficial = true, Certification = "Shop & Co", PictureUrl = "http://h/1?skey=&x=1",
            },
            Read(("MsgType", 42), ("RecommendInfo", Person()), ("Content", Escape(Xml))).Content);
        Assert.Equal(
            new CardContent("", "Other", "inner", Gender.Male, "Hubei", "")
            {
                Signature = "hi <you>", IsOfficial = true, Certification = "Shop & Co", PictureUrl = "http://h/1?skey=&x=1",
            },
            Read(("MsgType", 42), ("Content", Escape(Xml))).Content);
    }

    [Fact]
    public void Somebody_is_suggested_by_what_the_XML_calls_them()
    {
        WeChatMessage message = Read(("MsgType", 40), ("FromUserName", "fmessage"), ("Content", Escape("<msg fromnickname=\"Dan\" sex=\"1\"/>")));
        Assert.Equal((MessageKind.FriendSuggestion, "Dan"), (message.Kind, message.Text));
        Assert.Equal(new CardContent("", "Dan", "", Gender.Male, "", ""), message.Content);
    }

    [Theory]
    [InlineData("<template>\"$a$\"邀请\"$b$\"加入了群聊</template><link_list><link name=\"a\"><memberlist><member><nickname>$b$</nickname></member></memberlist></link>"
        + "<link name=\"b\"><memberlist><member><nickname>C</nickname></member><member><nickname>D</nickname></member></memberlist></link></link_list>", "\"$b$\"邀请\"C、D\"加入了群聊")]
    [InlineData("<template>$a$ costs 5$, $b$</template><link_list><link name=\"a\"><title>It</title></link></link_list>", "It costs 5$, $b$")]
    [InlineData("<template></template><plain> moved </plain>", "moved")]
    [InlineData("<content>&lt;a href=\"x\"&gt;here&lt;/a&gt;</content>", "here")]
    [InlineData("<x>1</x>", "")]
    public void A_system_command_says_its_sentence(string inner, string text) =>
        Assert.Equal(text, Read(("MsgType", 10002), ("Content", Escape($"<sysmsg type=\"t\"><t>{inner}</t></sysmsg>"))).Text);

    [Theory]
    [InlineData(49, "<msg a=\"1\"><b><![CDATA[x & y]]></b></msg>", "<msg a=\"1\"><b>x &amp; y</b></msg>")]
    [InlineData(49, "<msg a=\"&#1;\">&#1;</msg>", "<msg a=\"\uFFFD\">\uFFFD</msg>")]
    [InlineData(49, "<msg u=\"http://x?skey=@crypt_1_2&amp;y\"/>", "<msg u=\"http://x?skey=&amp;y\" />")]
    [InlineData(50, "<a><b/></a><c/>", "<a><b /></a>")]
    [InlineData(49, "<!DOCTYPE msg [<!ENTITY a \"aaaa\">]><msg>&a;</msg>", "")]
    [InlineData(49, "<msg><cut", "")]
    [InlineData(1, "<b>x</b>", "")]
    [InlineData(10000, "<b>x</b>", "")]
    public void The_XML_can_be_read_by_anybody(int type, string xml, string expected) =>
        Assert.Equal(expected, Read(("MsgType", type), ("Content", Escape(xml))).Xml);

    [Theory]
    [InlineData("5408785894133393001", "5408785894133393001")]
    [InlineData("0", "")]
    public void A_recall_names_the_message(string id, string expected)
    {
        WeChatMessage message = Read(("MsgType", 10002), ("Content", Escape(
            $"<sysmsg type=\"revokemsg\"><revokemsg><session>wxid_x</session><oldmsgid>1</oldmsgid><msgid>{id}</msgid><replacemsg><![CDATA[\"Alice\" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>")));
        Assert.Equal(new RecallContent(expected, "\"Alice\" 撤回了一条消息"), message.Content);
        Assert.Equal((MessageKind.Recall, "\"Alice\" 撤回了一条消息"), (message.Kind, message.Text));
    }

    [Theory]
    [InlineData("\"Alice\"邀请\"Bob\"加入了群聊", "Bob", "Alice")]
    [InlineData("你邀请\"Bob、Carol\"加入了群聊", "Bob|Carol", "你")]
    [InlineData("\"Alice\"邀请你加入了群聊，群聊参与人还有：Bob、Carol", "你", "Alice")]
    [InlineData("\"Alice\"邀请你和\"Bob、Carol\"加入了群聊", "你|Bob|Carol", "Alice")]
    [InlineData("\"Bob\"通过扫描\"Alice\"分享的二维码加入群聊", "Bob", "Alice")]
    [InlineData("\"Bob\"通过扫描你分享的二维码加入群聊", "Bob", "你")]
    [InlineData("\"Alice\" invited \"Bob\" to the group chat", "Bob", "Alice")]
    [InlineData("加入了群聊", "", "")]
    public void Somebody_joined(string notice, string names, string by)
    {
        var join = Assert.IsType<GroupJoinContent>(Notice(notice));
        Assert.Equal((names, by), (string.Join('|', join.Names), join.InvitedBy));
    }

    [Theory]
    [InlineData("你将\"Bob\"移出了群聊", "Bob", "你")]
    [InlineData("\"Alice\"将\"Bob、Carol\"移出了群聊", "Bob|Carol", "Alice")]
    [InlineData("你被\"Alice\"移出群聊", "你", "Alice")]
    [InlineData("\"Bob\"退出了群聊", "Bob", "")]
    [InlineData("\"Bob\" left the group chat", "Bob", "")]
    public void Somebody_left(string notice, string names, string by)
    {
        var leave = Assert.IsType<GroupLeaveContent>(Notice(notice));
        Assert.Equal((names, by), (string.Join('|', leave.Names), leave.RemovedBy));
    }

    [Theory]
    [InlineData("\"Alice\"修改群名为“Team \"1\"”", "Team \"1\"", "Alice")]
    [InlineData("你修改群名为“运维”", "运维", "你")]
    [InlineData("\"Alice\" changed the group name to \"Ops\"", "Ops", "Alice")]
    [InlineData("修改群名为", "", "")]
    public void The_group_has_another_name(string notice, string name, string by) =>
        Assert.Equal(new GroupRenameContent(name, by), Notice(notice));

    [Theory]
    [InlineData("\"Alice\" 拍了拍 \"Bob\"", "Alice", "Bob", false)]
    [InlineData("\"Alice\" 拍了拍我的肩膀", "Alice", "我", true)]
    [InlineData("我拍了拍 \"Bob\"", "我", "Bob", false)]
    [InlineData("\"Alice\" 拍了拍自己", "Alice", "自己", false)]
    [InlineData("\"Alice\" tickled me", "Alice", "me", true)]
    [InlineData("拍拍", "", "", false)]
    public void Somebody_tickled_somebody(string notice, string by, string whom, bool isMe) =>
        Assert.Equal(new TickleContent(by, whom, isMe), Notice(notice));

    [Fact]
    public void A_tickle_comes_as_a_command_too() => Assert.Equal(new TickleContent("Alice", "我", true), Read(
        ("MsgType", 10002), ("Content", Escape("<sysmsg type=\"pat\"><pat><template><![CDATA[\"Alice\" 拍了拍我]]></template></pat></sysmsg>"))).Content);

    [Fact]
    public void The_words_of_a_notice_inside_a_name_do_no_harm()
    {
        string evil = string.Concat(Enumerable.Repeat("\"邀请\"", 600));
        Assert.IsType<GroupJoinContent>(Notice($"\"{evil}\"邀请\"Bob\"加入了群聊"));
        Assert.Empty(Assert.IsType<GroupJoinContent>(Notice(evil + evil + "加入了群聊")).Names);
    }

    [Theory]
    [InlineData(53, "", true, null)]
    [InlineData(50, "<voipinvitemsg><roomid>1</roomid><invitetype>1</invitetype></voipinvitemsg>", true, false)]
    [InlineData(50, "<msg><voipinvitemsg><invitetype>0</invitetype></voipinvitemsg></msg>", true, true)]
    [InlineData(52, "", false, null)]
    public void A_call_says_whether_somebody_calls_and_how(int type, string xml, bool isInvite, bool? isVideo) =>
        Assert.Equal(new CallContent(isInvite, isVideo), Read(("MsgType", type), ("Content", Escape(xml))).Content);

    [Fact]
    public void A_live_place_begins_and_ends()
    {
        Assert.Equal(new LiveLocationContent(false), App(17, "<title>x</title>").Content);
        Assert.Equal(new LiveLocationContent(true), Notice("位置共享已经结束"));
    }

    [Fact]
    public void A_sticker_inside_an_app_has_its_digest_there() => Assert.Equal("b8a3", Assert.IsType<EmoticonContent>(
        App(8, "<appattach><emoticonmd5>b8a3</emoticonmd5></appattach>").Content).Md5);

    [Fact]
    public void A_status_names_conversations()
    {
        var status = Assert.IsType<StatusContent>(Read(("MsgType", 51), ("StatusNotifyCode", 4), ("StatusNotifyUserName", "@a,,@@g,")).Content);
        Assert.Equal(4, status.Code);
        Assert.Equal(["@a", "@@g"], status.UserNames);
    }

    [Fact]
    public void A_notice_loses_its_links() => Assert.Equal(
        "Bob开启了验证。 1 < 2 发送验证",
        Read(("MsgType", 10000), ("Content", "Bob开启了验证。 1 &lt; 2 &lt;a href=\"weixin://findfriend\"&gt;发送验证&lt;/a&gt;")).Text);

    [Theory]
    [InlineData("&lt;a ")]
    [InlineData("&lt;a &gt;&lt;a ")]
    [InlineData("<span class=\"emoji emoji")]
    [InlineData("&")]
    [InlineData("&#")]
    [InlineData("skey")]
    [InlineData("skey=\"")]
    [InlineData("加入了群聊\"")]
    [InlineData("“拍了拍")]
    [InlineData("ticket=")]
    [InlineData("\"ticket\":\"")]
    public void A_long_hostile_notice_takes_no_longer_than_another(string piece)
    {
        WeChatMessage message = Read(("MsgType", 10000), ("Content", string.Concat(Enumerable.Repeat(piece, 500_000))));
        Assert.NotNull(message.Text);
        Assert.NotNull(message.Raw);
    }

    [Fact]
    public void A_text_keeps_everything_that_looks_like_markup() => Assert.Equal(
        "<a href=\"x\">y</a>", Read(("Content", "&lt;a href=\"x\"&gt;y&lt;/a&gt;")).Text);

    [Theory]
    [InlineData("<!DOCTYPE msg [<!ENTITY a \"aaaa\">]><msg><appmsg><title>&a;</title></appmsg></msg>")]
    [InlineData("<msg><appmsg><title>cut")]
    [InlineData("no XML")]
    [InlineData("")]
    public void XML_that_cannot_be_read_leaves_the_message_readable(string content)
    {
        WeChatMessage message = Read(("MsgType", 49), ("AppMsgType", 5), ("FileName", "Title"), ("Content", content.Replace("<", "&lt;", StringComparison.Ordinal)));
        Assert.Equal(new LinkContent("Title", "", "", ""), message.Content);
    }

    private static object? Notice(string text) => Read(("MsgType", 10000), ("Content", text)).Content;

    private static WeChatMessage Place(string original) => Read(
        ("SubMsgType", 48), ("Url", MapUrl), ("OriContent", original),
        ("Content", "Some Road 1:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&amp;msgid=1&amp;pictype=location"));

    private static WeChatMessage App(int type, string inner) =>
        Read(("MsgType", 49), ("AppMsgType", type), ("Content", Escape($"<msg><appmsg appid=\"\" sdkver=\"0\">{inner}</appmsg></msg>")));

    private static Dictionary<string, object?> Person(params (string Name, object? Value)[] fields)
    {
        var person = new Dictionary<string, object?>
        {
            ["UserName"] = "@new", ["NickName"] = "Carol &amp; Co", ["Province"] = "NSW", ["City"] = "Sydney", ["Sex"] = 2, ["Content"] = "",
        };
        foreach ((string name, object? value) in fields)
            person[name] = value;
        return person;
    }

    private static string Escape(string xml) => xml.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static WeChatMessage Read(params (string Name, object? Value)[] fields) =>
        new MessageReader(new ContactBook(), new Origin("test", 1)).Read(Sample.MessageBytes(fields), 0, 1);
}
