using System;
using System.Linq;
using System.Text.Json;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Messages;

public sealed class MessageReaderTests
{
    private readonly ContactBook _book = new();
    private readonly MessageReader _reader;

    public MessageReaderTests()
    {
        _reader = new MessageReader(_book, new Origin("work", 1));
        _book.SetSelf(new WeChatContact(Sample.Self) { NickName = "Bot" });
        _book.Upsert(
        [
            new WeChatContact(Sample.Alice) { NickName = "Alice", RemarkName = "Al", Flags = ContactFlags.Contact, Kind = ContactKind.Friend },
            new WeChatContact(Sample.Group)
            {
                NickName = "Team",
                Members = [new(Sample.Alice) { NickName = "Alice" }, new(Sample.Bob) { NickName = "Bob", DisplayName = "B." }, new(Sample.Self) { NickName = "Bot", DisplayName = "Robo" }],
            },
        ]);
    }

    [Fact]
    public void A_private_text_comes_from_the_partner()
    {
        WeChatMessage message = Read(("Content", "hi &lt;b&gt; <span class=\"emoji emoji1f604\"></span><br/>line2"));
        Assert.Equal("1234567890123456789", message.Id);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), message.Time);
        Assert.Equal((MessageKind.Text, "hi <b> 😄\nline2"), (message.Kind, message.Text));
        Assert.Equal(("Al", "Bot"), (message.From.Name, message.To.Name));
        Assert.Null(message.Sender);
        Assert.Null(message.Group);
        Assert.False(message.IsFromSelf);
        Assert.Equal(("work", 2, 7L), (message.Session, message.DeliveryCount, message.Sequence));
        Assert.Equal(message.From, message.Conversation);
        Assert.Null(message.Content);
    }

    [Fact]
    public void A_group_text_comes_from_the_member_and_loses_its_first_prefix_alone()
    {
        WeChatMessage message = FromGroup($"{Sample.Bob}:<br/>hello todo:<br/>x");
        Assert.Equal("hello todo:\nx", message.Text);
        Assert.Equal("Team", message.Group!.Name);
        Assert.Equal(("B.", "Team"), (message.Sender!.Name, message.Sender.GroupName));
        Assert.Equal((Sample.Bob, "Bob", ContactKind.Stranger), (message.From.UserName, message.From.Name, message.From.Kind));
        Assert.Equal(message.Group, message.Conversation);
    }

    [Fact]
    public void A_member_who_is_a_contact_is_that_contact() =>
        Assert.Same(_book.Find(Sample.Alice), FromGroup($"{Sample.Alice}:<br/>x").From);

    [Fact]
    public void A_member_who_is_unknown_is_shown_by_user_name()
    {
        WeChatMessage message = FromGroup("@new1:<br/>x");
        Assert.Equal(("@new1", "@new1", "Team"), (message.Sender!.Name, message.From.Name, message.Sender.GroupName));
    }

    [Theory]
    [InlineData("no prefix at all")]
    [InlineData("Some Road 1:<br/>x")]
    [InlineData(":<br/>x")]
    [InlineData("@:<br/>x")]
    [InlineData("@a_b:<br/>x")]
    [InlineData("http://x")]
    public void A_group_text_without_a_prefix_comes_from_the_group(string content)
    {
        WeChatMessage message = FromGroup(content);
        Assert.Null(message.Sender);
        Assert.Equal(message.Group, message.From);
        Assert.Equal(content.Replace("<br/>", "\n", StringComparison.Ordinal), message.Text);
    }

    [Theory]
    [InlineData("wxid_abc-1:<br/>x")]
    [InlineData("@A9:<br/>x")]
    public void Both_forms_of_user_names_are_prefixes(string content)
    {
        WeChatMessage message = FromGroup(content);
        Assert.Equal("x", message.Text);
        Assert.Equal(content.Split(':')[0], message.Sender!.UserName);
    }

    [Fact]
    public void A_prefix_is_found_when_the_server_escapes_its_brackets()
    {
        string json = Sample.Json(Sample.Message(("FromUserName", Sample.Group), ("Content", "@new1:<br/>a &lt; b")))
            .Replace("<br/>", "\\u003cbr\\/\\u003e", StringComparison.Ordinal);
        WeChatMessage message = _reader.Read(Sample.Bytes(json), 0, 1);
        Assert.Equal(("a < b", "@new1"), (message.Text, message.Sender!.UserName));
    }

    [Theory]
    [InlineData(Sample.Alice)]
    [InlineData(Sample.Group)]
    public void An_own_message_keeps_what_looks_like_a_prefix(string to)
    {
        WeChatMessage message = Read(("FromUserName", Sample.Self), ("ToUserName", to), ("Content", "todo:<br/>x @Bot"));
        Assert.True(message.IsFromSelf);
        Assert.Equal(("todo:\nx @Bot", ContactKind.Self, to), (message.Text, message.From.Kind, message.To.UserName));
        Assert.Equal(to == Sample.Group ? to : null, message.Group?.UserName);
        Assert.Equal(to == Sample.Group ? "Robo" : null, message.Sender?.Name);
        Assert.Equal(to, message.Conversation.UserName);
        Assert.False(message.MentionsMe);
    }

    [Fact]
    public void A_message_from_nobody_is_an_own_one() =>
        Assert.True(Read(("FromUserName", ""), ("ToUserName", Sample.Alice)).IsFromSelf);

    [Fact]
    public void A_notice_in_a_group_has_no_sender_even_when_it_looks_so()
    {
        WeChatMessage message = Read(("FromUserName", Sample.Group), ("MsgType", 10000), ("Content", "abc:<br/>notice"));
        Assert.Equal((MessageKind.System, "abc:\nnotice"), (message.Kind, message.Text));
        Assert.Null(message.Sender);
        Assert.Equal("Team", message.From.Name);
    }

    [Theory]
    [InlineData("@Robo\u2005hi", true)]
    [InlineData("hi @Robo", true)]
    [InlineData("hi @Robo there", true)]
    [InlineData("@Bot\u2005hi", true)]
    [InlineData("@Robo<br/>hi", true)]
    [InlineData("@Robot hi", false)]
    [InlineData("@RoboCop @Robo\u2005", true)]
    [InlineData("Robo\u2005hi", false)]
    [InlineData("@Bob\u2005hi", false)]
    [InlineData("mail a@b.example", false)]
    [InlineData("mail a@Robo x", false)]
    [InlineData("mail a@Robo x, and @Robo", true)]
    [InlineData("ok@Robo\u2005x", true)]
    [InlineData("请@Robo 看", true)]
    [InlineData("@所有人\u2005hi", false)]
    [InlineData("nothing", false)]
    public void An_at_with_the_own_name_addresses_the_account(string content, bool mentions) =>
        Assert.Equal(mentions, FromGroup($"{Sample.Bob}:<br/>{content}").MentionsMe);

    [Theory]
    [InlineData("@所有人\u2005hi", true)]
    [InlineData("hi @所有人\u2005", true)]
    [InlineData("@所有人 hi", false)]
    [InlineData("@Robo\u2005hi", false)]
    public void Everybody_is_addressed_by_what_phones_offer_to_those_who_may(string content, bool mentions)
    {
        Assert.Equal(mentions, FromGroup($"{Sample.Bob}:<br/>{content}").MentionsAll);
        Assert.False(Read(("Content", content)).MentionsAll);
    }

    [Fact]
    public void The_own_name_may_hold_emoji_and_entities()
    {
        _book.SetMembers(Sample.Group, [new(Sample.Self) { DisplayName = "R😄 & D" }]);
        Assert.True(FromGroup($"{Sample.Bob}:<br/>@R<span class=\"emoji emoji1f604\"></span> &amp; D\u2005hi").MentionsMe);
    }

    [Fact]
    public void Nobody_is_addressed_in_private() => Assert.False(Read(("Content", "@Bot\u2005hi")).MentionsMe);

    [Theory]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"MsgId":"77","FromUserName":"@a","Content":"no type"}""")]
    [InlineData("""{"MsgId":"77","MsgType":"x","Content":"no number"}""")]
    [InlineData("""{"MsgId":"77","MsgType":{"a":1}}""")]
    [InlineData("""{"MsgId":"77","MsgType":1,"Content":"cut""")]
    [InlineData("""{"MsgId":"77",MsgType:1}""")]
    public void What_is_no_message_is_unparsed_and_keeps_its_bytes(string raw)
    {
        WeChatMessage message = _reader.Read(Sample.Bytes(raw), 0, 1);
        Assert.Equal((MessageKind.Unparsed, raw, ""), (message.Kind, message.Raw, message.Text));
        Assert.NotEmpty(message.Id);
        Assert.Null(message.Content);
        Assert.NotEmpty(message.ToString());
    }

    [Fact]
    public void Fields_of_another_type_or_missing_do_no_harm()
    {
        WeChatMessage message = _reader.Read(Sample.Bytes(
            $$"""{"MsgId":8877665544332211009,"MsgType":"1","FromUserName":"{{Sample.Alice}}","CreateTime":"1700000000","FileSize":12,"Content":5}"""), 0, 1);
        Assert.Equal(("8877665544332211009", MessageKind.Text, "5", "Al"), (message.Id, message.Kind, message.Text, message.From.Name));
        Assert.Equal(1700000000, message.Time.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(253402300800)]
    public void A_time_that_cannot_be_is_the_epoch(long time) =>
        Assert.Equal(DateTimeOffset.UnixEpoch, Read(("CreateTime", time)).Time);

    [Fact]
    public void Raw_is_the_servers_JSON_without_the_key()
    {
        WeChatMessage message = Read(("Content", "/geticon?skey=@crypt_1a2b_3c4d&x=1"), ("Url", "https://x.example/?SKEY=%40crypt_5_6"));
        using JsonDocument raw = JsonDocument.Parse(message.Raw);
        Assert.Equal("1234567890123456789", raw.RootElement.GetProperty("MsgId").GetString());
        Assert.DoesNotContain("crypt", message.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kept_message_does_not_keep_the_reply_it_came_in()
    {
        byte[] item = Sample.MessageBytes();
        byte[] reply = [.. new byte[1000], .. item, .. new byte[1000]];
        WeChatMessage message = _reader.Read(reply.AsMemory(1000, item.Length), 0, 1);
        Array.Clear(reply);
        Assert.Equal("hello", message.Text);
    }

    [Fact]
    public void Names_are_those_of_the_moment_of_reading()
    {
        WeChatMessage before = Read();
        _book.Upsert([new WeChatContact(Sample.Alice) { RemarkName = "Renamed" }]);
        Assert.Equal(("Al", "Renamed"), (before.From.Name, Read().From.Name));
    }

    [Fact]
    public void One_line_says_when_where_who_and_what_without_controls()
    {
        WeChatMessage message = FromGroup($"{Sample.Bob}:<br/>one<br/>two\u001b[2J");
        string time = message.Time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"[{time}] Team · B.: one⏎two␛[2J", message.ToString());
        Assert.Equal($"[{time}] Al: hello", Read().ToString());
        Assert.Equal($"[{time}] Al: [Image]", Read(("MsgType", 3), ("Content", "x")).ToString());
        Assert.Equal($"[{time}] Al: [File] a b.pdf", Read(("MsgType", 49), ("AppMsgType", 6), ("FileName", "a b.pdf")).ToString());
        Assert.Equal($"[{time}] Team: moved", Read(("FromUserName", Sample.Group), ("MsgType", 10000), ("Content", "moved")).ToString());
    }

    [Fact]
    public void Every_property_can_be_exported_and_none_is_secret()
    {
        WeChatMessage message = Read(
            ("MsgType", 49), ("AppMsgType", 6), ("FileName", "a.pdf"), ("MediaId", "@media_id_1"), ("Ticket", "t"), ("Content", "?skey=@crypt_1_2"));
        string json = JsonSerializer.Serialize(message);
        Assert.DoesNotContain("crypt", json, StringComparison.Ordinal);
        using JsonDocument exported = JsonDocument.Parse(json);
        string[] names = [.. exported.RootElement.EnumerateObject().Select(property => property.Name)];
        Assert.Equal(
            ["Id", "Time", "Kind", "MsgType", "AppMsgType", "Text", "From", "Sender", "Group", "To", "IsFromSelf", "MentionsMe", "MentionsAll", "DeliveryCount", "Content", "Session", "Raw", "Xml"], names);
        Assert.False(exported.RootElement.GetProperty("Content").TryGetProperty("MediaId", out _));
    }

    [Fact]
    public void A_recall_brings_the_message_back_while_it_is_remembered()
    {
        WeChatMessage original = Read(("MsgId", "42"), ("Content", "oops"));
        var recall = Assert.IsType<RecallContent>(Recall("42").Content);

        Assert.Same(original, recall.Original);
        Assert.Equal(("42", "gone"), (recall.MessageId, recall.Notice));
        Assert.Null(Assert.IsType<RecallContent>(Recall("43").Content).Original);
        Assert.Contains("\"oops\"", JsonSerializer.Serialize(Recall("42")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_remembered_is_bounded_in_number_and_in_size()
    {
        Read(("MsgId", "42"), ("Content", "oops"));
        for (int i = 0; i < 600; i++) Read(("MsgId", $"{1000 + i}"));
        Assert.Null(Original("42"));
        Assert.NotNull(Original("1599"));

        for (int i = 0; i < 10; i++) Read(("MsgId", $"{2000 + i}"), ("Content", new string('x', 200_000)));
        Assert.Null(Original("1599"));
        Assert.NotNull(Original("2009"));
        Read(("MsgId", "3000"), ("Content", new string('x', 600_000)));
        Assert.Null(Original("3000"));
    }

    [Theory]
    [InlineData("👨‍👩‍👧‍👦🏳️‍🌈🇨🇳1️⃣")]
    [InlineData("a\u2005b\u00a0c\u200dd")]
    [InlineData("<>&\"' &amp; &lt;br/&gt; <br/> \\ \t")]
    [InlineData("one\ntwo\r\nthree")]
    [InlineData("<span class=\"emoji emoji1f604\"></span>")]
    public void What_people_type_survives_byte_for_byte(string text)
    {
        string onTheWire = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("\n", "<br/>", StringComparison.Ordinal);
        Assert.Equal(text, Read(("Content", onTheWire)).Text);
        Assert.Equal(text, FromGroup($"{Sample.Bob}:<br/>{onTheWire}").Text);
    }

    [Theory]
    [InlineData(40, 0)]
    [InlineData(4711, 0)]
    [InlineData(49, 12345)]
    public void Unknown_numbers_stay_usable(int type, int appType)
    {
        WeChatMessage message = Read(("MsgType", type), ("AppMsgType", appType), ("Content", "x"), ("New", "field"));
        Assert.Equal((type, appType), (message.MsgType, message.AppMsgType));
        Assert.Contains("\"New\": \"field\"", message.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sample.Self, MessageKind.Status)]
    [InlineData("@new", MessageKind.FriendRequest)]
    public void An_own_friend_request_is_nobody_elses(string userName, MessageKind kind) => Assert.Equal(kind, Read(
        ("MsgType", 37), ("FromUserName", "fmessage"), ("RecommendInfo", new System.Collections.Generic.Dictionary<string, object?> { ["UserName"] = userName })).Kind);

    private WeChatMessage? Original(string id) => Assert.IsType<RecallContent>(Recall(id).Content).Original;

    private WeChatMessage Recall(string id) => Read(("MsgType", 10002), ("Content",
        $"&lt;sysmsg type=\"revokemsg\"&gt;&lt;revokemsg&gt;&lt;msgid&gt;{id}&lt;/msgid&gt;&lt;replacemsg&gt;gone&lt;/replacemsg&gt;&lt;/revokemsg&gt;&lt;/sysmsg&gt;"));

    private WeChatMessage FromGroup(string content) => Read(("FromUserName", Sample.Group), ("Content", content));

    private WeChatMessage Read(params (string Name, object? Value)[] fields) => _reader.Read(Sample.MessageBytes(fields), 7, 2);
}
