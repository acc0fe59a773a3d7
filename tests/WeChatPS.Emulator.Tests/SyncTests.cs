using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class SyncTests
{
    [Fact]
    public async Task A_text_wakes_the_held_poll_and_comes_with_the_next_fetch()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();

        Task<string> poll = client.PollAsync();
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 1, "the poll is held");
        string id = emulator.Deliver("张三", "a < b & \"c\"\nsecond 😀🎉");

        Assert.Equal("window.synccheck={retcode:\"0\",selector:\"2\"}", await poll);
        JsonElement message = Assert.Single(await client.MessagesAsync());
        Assert.Equal(id, message.Text("MsgId"));
        Assert.Equal(client.UserName("张三"), message.Text("FromUserName"));
        Assert.Equal(client.Self, message.Text("ToUserName"));
        Assert.Equal(
            "a &lt; b &amp; &quot;c&quot;<br/>second <span class=\"emoji emoji1f600\"></span><span class=\"emoji emoji1f389\"></span>",
            message.Text("Content"));
        Assert.True(message.GetProperty("NewMsgId").GetInt64() > 1L << 53);
    }

    [Fact]
    public async Task The_first_fetch_brings_the_list_of_chats_with_permanent_ids_in_the_same_order()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);

        JsonElement list = (await client.SyncAllAsync())[0];

        Assert.Equal(51, list.Int("MsgType"));
        Assert.Equal(4, list.Int("StatusNotifyCode"));
        string[] names = list.Text("StatusNotifyUserName").Split(',');
        Assert.Equal(emulator.Self.Contacts.Count, names.Length);
        Assert.Contains("&lt;op id='4'&gt;<br/>&lt;username&gt;filehelper,wxid_", list.Text("Content"));
        Assert.Equal(names.Length, list.Text("Content").Split("&lt;username&gt;")[1].Split("&lt;/username&gt;")[0].Split(',').Length);
    }

    [Fact]
    public async Task ContinueFlag_stays_set_until_everything_was_fetched_and_an_old_key_replays()
    {
        EmulatorOptions options = Emulators.Fast;
        options.MaxMessagesPerSync = 10;
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        JsonElement old = client.SyncKey;
        List<string> sent = [.. Enumerable.Range(0, 25).Select(i => emulator.Deliver("李四", $"nr {i}"))];

        var flags = new List<int>();
        var received = new List<string>();
        do
        {
            JsonElement turn = await client.SyncAsync();
            flags.Add(turn.Int("ContinueFlag"));
            received.AddRange(turn.GetProperty("AddMsgList").EnumerateArray().Select(m => m.Text("MsgId")));
        }
        while (flags[^1] != 0);

        Assert.Equal([1, 1, 0], flags);
        Assert.Equal(sent, received);
        JsonElement replay = await client.SyncAsync(old);
        Assert.Equal(sent.Take(10), replay.GetProperty("AddMsgList").EnumerateArray().Select(m => m.Text("MsgId")));
        Assert.Equal(sent.Take(10), (await client.SyncAsync(old)).GetProperty("AddMsgList").EnumerateArray().Select(m => m.Text("MsgId")));
    }

    [Fact]
    public async Task Polling_with_SyncKey_after_phone_activity_never_rests_and_SyncCheckKey_ends_it()
    {
        EmulatorOptions options = Emulators.Fast;
        options.Hold = System.TimeSpan.FromMilliseconds(150);
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        emulator.Self.PhoneActivity();

        for (int i = 0; i < 5; i++)
        {
            Assert.Contains("selector:\"7\"", await client.PollAsync(client.SyncKey));
            Assert.Empty((await client.SyncAsync()).GetProperty("AddMsgList").EnumerateArray());
        }

        Assert.Contains("selector:\"0\"", await client.PollAsync(client.SyncCheckKey));
    }

    [Fact]
    public async Task The_next_message_ends_the_polls_that_never_rest()
    {
        // Reported of the real server: selector 2 again and again, until another message arrives (WeixinBot #49 and #61, openwechat #464).
        EmulatorOptions options = Emulators.Fast;
        options.Hold = System.TimeSpan.FromMilliseconds(150);
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        emulator.Self.PhoneActivity();
        await client.SyncAsync();
        Assert.Contains("selector:\"7\"", await client.PollAsync(client.SyncKey));

        emulator.Deliver("张三", "x");
        JsonElement turn = await client.SyncAsync();

        Assert.Equal(1, turn.Int("AddMsgCount"));
        Assert.Equal(turn.GetProperty("SyncKey").GetRawText(), turn.GetProperty("SyncCheckKey").GetRawText());
        Assert.Contains("selector:\"0\"", await client.PollAsync(client.SyncKey));
    }

    [Fact]
    public async Task A_poll_that_spells_synckey_wrongly_is_not_held()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();

        string answer = await client.GetTextAsync($"{WebClient.P}synccheck?{client.Query(client.SyncCheckKey, "syncKey")}");

        Assert.Equal("window.synccheck={retcode:\"0\",selector:\"0\"}", answer);
        Assert.Equal(0, emulator.Counters.OpenPolls);
    }
}
