using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WeChatPS.Core.Tests;

/// <summary>Replies and messages as the server shapes them, about people who do not exist.</summary>
internal static class Sample
{
    public const string Self = "@5e1f000000000000000000000000000000000000000000000000000000000001";
    public const string Alice = "@a11ce0000000000000000000000000000000000000000000000000000000002a";
    public const string Bob = "@b0b000000000000000000000000000003";
    public const string Group = "@@9204900000000000000000000000000000000000000000000000000000000004";

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static string Json(object value) => JsonSerializer.Serialize(value, s_json);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>One AddMsgList item; <paramref name="fields"/> replace or add to a text message from Alice.</summary>
    public static Dictionary<string, object?> Message(params (string Name, object? Value)[] fields)
    {
        var message = new Dictionary<string, object?>
        {
            ["MsgId"] = "1234567890123456789",
            ["FromUserName"] = Alice,
            ["ToUserName"] = Self,
            ["MsgType"] = 1,
            ["Content"] = "hello",
            ["Status"] = 3,
            ["ImgStatus"] = 1,
            ["CreateTime"] = 1700000000,
            ["VoiceLength"] = 0,
            ["PlayLength"] = 0,
            ["FileName"] = "",
            ["FileSize"] = "",
            ["MediaId"] = "",
            ["Url"] = "",
            ["AppMsgType"] = 0,
            ["StatusNotifyCode"] = 0,
            ["StatusNotifyUserName"] = "",
            ["RecommendInfo"] = new Dictionary<string, object?> { ["UserName"] = "", ["NickName"] = "", ["Sex"] = 0, ["Scene"] = 0 },
            ["ForwardFlag"] = 0,
            ["AppInfo"] = new Dictionary<string, object?> { ["AppID"] = "", ["Type"] = 0 },
            ["HasProductId"] = 0,
            ["Ticket"] = "",
            ["ImgHeight"] = 0,
            ["ImgWidth"] = 0,
            ["SubMsgType"] = 0,
            ["NewMsgId"] = 1234567890123456789,
            ["OriContent"] = "",
            ["EncryFileName"] = "",
        };
        foreach ((string name, object? value) in fields)
            message[name] = value;
        return message;
    }

    public static byte[] MessageBytes(params (string Name, object? Value)[] fields) => Bytes(Json(Message(fields)));

    public static Dictionary<string, object?> Contact(string userName, string nickName, params (string Name, object? Value)[] fields)
    {
        var contact = new Dictionary<string, object?>
        {
            ["Uin"] = 0,
            ["UserName"] = userName,
            ["NickName"] = nickName,
            ["HeadImgUrl"] = $"/cgi-bin/mmwebwx-bin/webwxgeticon?seq=1&username={userName}&skey=@crypt_1a2b_3c4d",
            ["ContactFlag"] = 3,
            ["MemberCount"] = 0,
            ["MemberList"] = System.Array.Empty<object>(),
            ["RemarkName"] = "",
            ["Sex"] = 1,
            ["Signature"] = "",
            ["VerifyFlag"] = 0,
            ["StarFriend"] = 0,
            ["Statues"] = 1,
            ["Province"] = "",
            ["City"] = "",
            ["Alias"] = "",
            ["DisplayName"] = "",
            ["EncryChatRoomId"] = "",
        };
        foreach ((string name, object? value) in fields)
            contact[name] = value;
        return contact;
    }

    public static Dictionary<string, object?> Member(string userName, string nickName, string displayName = "") => new()
    {
        ["UserName"] = userName,
        ["NickName"] = nickName,
        ["DisplayName"] = displayName,
    };

    public static object Keys(params (int Key, long Val)[] keys)
    {
        var list = new List<object>();
        foreach ((int key, long val) in keys)
            list.Add(new Dictionary<string, object?> { ["Key"] = key, ["Val"] = val });
        return new Dictionary<string, object?> { ["Count"] = keys.Length, ["List"] = list };
    }

    /// <summary>A whole webwxsync reply; <paramref name="fields"/> replace or add.</summary>
    public static Dictionary<string, object?> SyncReply(params (string Name, object? Value)[] fields)
    {
        var reply = new Dictionary<string, object?>
        {
            ["BaseResponse"] = new Dictionary<string, object?> { ["Ret"] = 0, ["ErrMsg"] = "" },
            ["AddMsgCount"] = 0,
            ["AddMsgList"] = System.Array.Empty<object>(),
            ["ModContactCount"] = 0,
            ["ModContactList"] = System.Array.Empty<object>(),
            ["DelContactCount"] = 0,
            ["DelContactList"] = System.Array.Empty<object>(),
            ["ModChatRoomMemberCount"] = 0,
            ["ModChatRoomMemberList"] = System.Array.Empty<object>(),
            ["Profile"] = new Dictionary<string, object?>
            {
                ["BitFlag"] = 0,
                ["NickName"] = new Dictionary<string, object?> { ["Buff"] = "" },
            },
            ["ContinueFlag"] = 0,
            ["SyncKey"] = Keys((1, 10), (2, 20)),
            ["SKey"] = "",
            ["SyncCheckKey"] = Keys((1, 10), (2, 21)),
        };
        foreach ((string name, object? value) in fields)
            reply[name] = value;
        return reply;
    }

    public static byte[] SyncReplyBytes(params (string Name, object? Value)[] fields) => Bytes(Json(SyncReply(fields)));
}
