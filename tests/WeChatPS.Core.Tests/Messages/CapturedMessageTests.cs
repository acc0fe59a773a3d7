using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Messages;

/// <summary>What the reader makes of real messages.</summary>
public sealed class CapturedMessageTests
{
    [CapturesFact]
    public void Every_captured_message_is_known_and_readable()
    {
        int count = 0;
        foreach (JsonElement item in All())
        {
            WeChatMessage message = Read(item);
            count++;
            Assert.True(message.Kind is not (MessageKind.Unparsed or MessageKind.Unknown or MessageKind.App), message.Raw);
            Assert.Equal(item.GetProperty("MsgId").GetString(), message.Id);
            Assert.Equal(item.GetProperty("CreateTime").GetInt64(), message.Time.ToUnixTimeSeconds());
            Assert.Equal(item.GetProperty("ToUserName").GetString(), message.To.UserName);
            string from = item.GetProperty("FromUserName").GetString()!;
            Assert.Equal(from, (ContactKinds.IsGroup(from) ? message.Group! : message.From).UserName);
            Assert.DoesNotContain("<br/>", message.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("&lt;", message.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("emoji emoji", message.Text, StringComparison.Ordinal);
            Assert.NotEmpty(message.ToString());
        }
        Assert.True(count > 25);
    }

    [CapturesFact]
    public void Both_ids_are_the_same_number_though_no_double_could_hold_it()
    {
        JsonElement[] messages = [.. All().Where(item => item.TryGetProperty("NewMsgId", out _) && !item.GetRawText().Contains("xxx", StringComparison.Ordinal))];
        Assert.NotEmpty(messages);
        foreach (JsonElement item in messages)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(item.GetRawText());
            ulong id = MessageIdentity.Of(JsonSlice.Root(bytes), bytes);
            Assert.Equal(item.GetProperty("NewMsgId").GetUInt64(), id);
        }
        Assert.Contains(messages, item => (ulong)item.GetProperty("NewMsgId").GetDouble() != item.GetProperty("NewMsgId").GetUInt64());
    }

    [CapturesFact]
    public void Others_group_messages_have_a_prefix_and_ones_own_have_none()
    {
        using JsonDocument reply = Json("docs-misc/2019-01-group-text.webwxsync.json");
        WeChatMessage message = Read(reply.RootElement.GetProperty("AddMsgList")[0]);
        Assert.Equal("这个是最新版的样例文本，又改了几处。", message.Text);
        Assert.StartsWith("@344ee47c5a9ee580da314cad0412f7a3", message.Sender!.UserName, StringComparison.Ordinal);

        using JsonDocument own = Json("docs-misc/recall-group-by-self.json");
        Assert.Null(Read(own.RootElement).Sender);
    }

    [CapturesFact]
    public void Recalls_name_the_message_in_all_shapes()
    {
        var expected = new Dictionary<string, (string Id, string Notice)>
        {
            ["recall-announcement"] = ("2449461760929734833", "\"样例丁\" 撤回了一条消息"),
            ["recall-emoji-name"] = ("6957532661176104003", "\"样例丙👾\" 撤回了一条消息"),
            ["recall-friend"] = ("2302258342570220740", "\"样例乙\" 撤回了一条消息"),
            ["recall-group-by-member"] = ("7468531917712911814", "\"样例甲\" 撤回了一条消息"),
            ["recall-group-by-self"] = ("4634493619683369246", "你撤回了一条消息"),
        };
        foreach ((string name, (string id, string notice)) in expected)
        {
            using JsonDocument json = Json($"docs-misc/{name}.json");
            WeChatMessage message = Read(json.RootElement);
            Assert.Equal((MessageKind.Recall, notice), (message.Kind, message.Text));
            Assert.Equal(new RecallContent(id, notice), message.Content);
        }
        using JsonDocument indented = Json("docs-wwdk-2019/receive-08-接收撤回消息.reply.json");
        Assert.Equal(new RecallContent("41000000000000000", "\"xx\" 撤回了一条消息"), Read(indented.RootElement).Content);
    }

    [CapturesFact]
    public void Notices_are_told_apart()
    {
        using JsonDocument invited = Json("docs-misc/system-invite.json");
        WeChatMessage join = Read(invited.RootElement);
        Assert.Equal((MessageKind.GroupJoin, "\" 🌸样例甲🌸\"邀请\"样例乙\"加入了群聊"), (join.Kind, join.Text));
        using JsonDocument removed = Json("docs-misc/system-kick-by-self.json");
        WeChatMessage leave = Read(removed.RootElement);
        Assert.Equal((MessageKind.GroupLeave, "你将\"样例乙\"移出了群聊"), (leave.Kind, leave.Text));
        var gone = Assert.IsType<GroupLeaveContent>(leave.Content);
        Assert.Equal(("样例乙", "你"), (Assert.Single(gone.Names), gone.RemovedBy));
        var joined = Assert.IsType<GroupJoinContent>(join.Content);
        Assert.Equal(("样例乙", " 🌸样例甲🌸"), (Assert.Single(joined.Names), joined.InvitedBy));
    }

    [CapturesFact]
    public void Media_carry_what_the_wire_says()
    {
        Assert.Equal(new ImageContent(90, 120, 139120), Content("docs-itchat4j-2017/image.json"));
        Assert.Equal(new VoiceContent(TimeSpan.FromMilliseconds(2112)), Content("docs-itchat4j-2017/voice.json"));
        Assert.Equal(new VideoContent(TimeSpan.FromSeconds(2), 960, 540, 328666), Content("docs-itchat4j-2017/video.json"));
        Assert.Equal(new EmoticonContent("xxxx", 80, 80, 1024, false), Content("docs-wwdk-2019/receive-04-接收动图.reply.json"));
        Assert.Equal("Sample机器人", Assert.IsType<CardContent>(Content("docs-itchat4j-2017/card.json")).Name);
        Assert.Equal(new LocationContent(22, 113, "深圳市xxxx", "[位置]") { Url = "http://apis.map.qq.com/uri/v1/geocoder?coord=22.000000,113.000000" }, Content("docs-wwdk-2019/receive-07-接收定位.reply.json"));
        var file = Assert.IsType<FileContent>(Content("docs-wwdk-2019/receive-05-接收文件.reply.json"));
        Assert.Equal(("fileName.zip", 1024L, "fileName%2Ezip"), (file.Name, file.Size, file.EncodedName));
        var request = Assert.IsType<FriendRequestContent>(Content("docs-wwdk-2019/contact-05-接到请求添加好友请求.reply.json"));
        Assert.Equal(("我是xxxx", 14, "v2_xxxxxxxxx@stranger"), (request.Greeting, request.Scene, request.Ticket));
        Assert.Equal(("1000000@chatroom", "", "http://wx.qlogo.cn/mmhead/ver_1/xxxxxxxxx/0"), (request.GroupId, request.SourceName, request.PictureUrl));
    }

    private static IEnumerable<JsonElement> All()
    {
        foreach (string file in Directory.EnumerateFiles(Captures.Folder, "*.json", SearchOption.AllDirectories))
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement root = json.RootElement.Clone();
            if (root.TryGetProperty("MsgType", out _))
                yield return root;
            if (!root.TryGetProperty("AddMsgList", out JsonElement list))
                continue;
            foreach (JsonElement item in list.EnumerateArray())
                yield return item;
        }
    }

    private static JsonDocument Json(string file) => JsonDocument.Parse(Captures.Bytes(file));

    private static object? Content(string file)
    {
        using JsonDocument json = Json(file);
        return Read(json.RootElement).Content;
    }

    private static WeChatMessage Read(JsonElement item) =>
        new MessageReader(new ContactBook(), new Origin("test", 1)).Read(Encoding.UTF8.GetBytes(item.GetRawText()), 0, 1);
}
