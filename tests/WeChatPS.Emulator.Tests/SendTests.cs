using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class SendTests
{
    [Fact]
    public async Task A_text_arrives_as_it_was_written()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string id = WebClient.NewLocalId();

        JsonElement reply = await client.SendTextAsync(client.UserName("张三"), "你好 <b>&amp; 😀\u2005\\n\\\"x\\\"", id);

        Assert.Equal(0, reply.Ret());
        Assert.Equal(id, reply.Text("LocalID"));
        SentMessage sent = Assert.Single(emulator.Sent);
        Assert.Equal(reply.Text("MsgID"), sent.MsgId);
        Assert.Equal("你好 <b>&amp; 😀\u2005\n\"x\"", sent.Text);
        Assert.Same(emulator.Self.Contact("张三"), sent.To);
        Assert.Equal((1, id, "webwxsendmsg"), (sent.Type, sent.ClientMsgId, sent.Endpoint));
    }

    [Fact]
    public async Task An_escaped_character_stays_an_escape()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);

        await client.SendTextAsync("filehelper", "\\u4f60 \\ud83d\\ude00");

        Assert.Equal("\\u4f60 \\ud83d\\ude00", Assert.Single(emulator.Sent).Text);
    }

    [Fact]
    public async Task A_repeated_ClientMsgId_is_answered_alike_and_arrives_once()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string id = WebClient.NewLocalId();

        string first = (await client.SendTextAsync("filehelper", "once", id)).Text("MsgID");
        string second = (await client.SendTextAsync("filehelper", "once", id)).Text("MsgID");

        Assert.Equal(first, second);
        Assert.Equal(1, Assert.Single(emulator.Sent).DroppedCopies);
        Assert.Equal(1, emulator.Counters.Sends);
        emulator.Options.DropDuplicateSends = false;
        Assert.NotEqual(first, (await client.SendTextAsync("filehelper", "once", id)).Text("MsgID"));
        Assert.Equal(2, emulator.Sent.Count);
    }

    [Fact]
    public async Task LocalID_may_differ_from_ClientMsgId_and_comes_back()
    {
        // ItChat's send_raw_msg (itchat/components/messages.py) reads the clock once for each of them.
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);

        JsonElement reply = await client.PostAsync(
            "webwxsendmsg",
            $$"""{"BaseRequest":{{client.BaseRequest}},"Msg":{"Type":1,"Content":"x","FromUserName":"{{client.Self}}","ToUserName":"filehelper","LocalID":17000000000000001,"ClientMsgId":17000000000000002},"Scene":0}""");

        Assert.Equal((0, "17000000000000001"), (reply.Ret(), reply.Text("LocalID")));
        Assert.Equal("17000000000000002", Assert.Single(emulator.Sent).ClientMsgId);
    }

    [Fact]
    public async Task The_same_ClientMsgId_to_another_receiver_is_another_message()
    {
        // openwechat's forwardMessage (user.go) changes only the receiver of a message that was sent.
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string id = WebClient.NewLocalId();

        string first = (await client.SendTextAsync("filehelper", "x", id)).Text("MsgID");
        string other = (await client.SendTextAsync(client.UserName("张三"), "x", id)).Text("MsgID");

        Assert.NotEqual(first, other);
        Assert.Equal(["文件传输助手", "张三"], emulator.Sent.Select(sent => sent.To.NickName));
        Assert.Equal(first, (await client.SendTextAsync("filehelper", "x", id)).Text("MsgID"));
        Assert.Equal([1, 0], emulator.Sent.Select(sent => sent.DroppedCopies));
    }

    [Fact]
    public async Task Oneself_strangers_and_unknown_names_are_no_receivers()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        Contact stranger = emulator.Self.Contact("运维群").Members.Single(m => m.Person.NickName == "赵六").Person;

        Assert.Equal(1204, (await client.SendTextAsync(client.Self, "x")).Ret());
        Assert.Equal(1204, (await client.SendTextAsync(client.Session.UserNameOf(stranger), "x")).Ret());
        Assert.Equal(1204, (await client.SendTextAsync("@0123", "x")).Ret());
        Assert.Equal(0, (await client.SendTextAsync(client.UserName("运维群"), "x")).Ret());
        Assert.Equal(0, (await client.SendTextAsync(client.UserName("每日天气"), "x")).Ret());
    }

    [Theory]
    [InlineData("\"Type\":1,\"Content\":\"x\",\"FromUserName\":\"{self}\",\"ToUserName\":\"filehelper\",\"LocalID\":\"1\",\"ClientMsgId\":\"1\"", "", 1204)]
    [InlineData("\"Type\":1,\"Content\":\"x\",\"FromUserName\":\"@other\",\"ToUserName\":\"filehelper\",\"LocalID\":\"1\",\"ClientMsgId\":\"1\"", ",\"Scene\":0", 1)]
    [InlineData("\"Type\":1,\"Content\":\"x\",\"FromUserName\":\"{self}\",\"ToUserName\":\"filehelper\",\"ClientMsgId\":\"1\"", ",\"Scene\":0", 1)]
    [InlineData("\"Type\":1,\"Content\":\"x\",\"FromUserName\":\"{self}\",\"ToUserName\":\"filehelper\",\"LocalID\":\"1\"", ",\"Scene\":0", 1)]
    [InlineData("\"Type\":3,\"Content\":\"x\",\"FromUserName\":\"{self}\",\"ToUserName\":\"filehelper\",\"LocalID\":\"1\",\"ClientMsgId\":\"1\"", ",\"Scene\":0", 1)]
    [InlineData("\"Type\":1,\"Content\":\"\",\"FromUserName\":\"{self}\",\"ToUserName\":\"filehelper\",\"LocalID\":\"1\",\"ClientMsgId\":\"1\"", ",\"Scene\":0", 1)]
    public async Task A_send_that_lacks_something_is_refused(string members, string after, int ret)
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string message = members.Replace("{self}", client.Self, System.StringComparison.Ordinal);

        JsonElement reply = await client.PostAsync("webwxsendmsg", $$"""{"BaseRequest":{{client.BaseRequest}},"Msg":{{{message}}}{{after}}}""");

        Assert.Equal(ret, reply.Ret());
        Assert.Empty(emulator.Sent);
    }

    [Fact]
    public async Task Mentions_are_read_from_MsgSource()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string group = client.UserName("运维群");
        string zhang = client.UserName("张三");

        await client.SendAsync("webwxsendmsg", group, 1, $"\"Content\":\"@张三\u2005hi\",\"MsgSource\":\"<msgsource><atusername>{zhang}</atusername><atchatroomname>{group}</atchatroomname></msgsource>\"");

        Assert.Equal(["张三"], Assert.Single(emulator.Sent).Mentions.Select(c => c.NickName));
    }

    [Fact]
    public async Task A_contact_can_answer_and_ones_own_message_does_not_come_back()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(new EmulatorOptions
        {
            Echo = "张三", ScanDelay = System.TimeSpan.Zero, ConfirmDelay = System.TimeSpan.Zero,
        });
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();

        await client.SendTextAsync(client.UserName("张三"), "echo?");
        await client.SendTextAsync(client.UserName("李四"), "silence");

        JsonElement answer = Assert.Single(await client.MessagesAsync());
        Assert.Equal((client.UserName("张三"), "echo?"), (answer.Text("FromUserName"), answer.Text("Content")));
    }
}
