using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace WeChatPS.Benchmarks;

/// <summary>Composes replies to webwxsync in the server's layout: texts from friends and, every third, from a group.</summary>
internal static class SyncReplies
{
    public const string Self = "@a8f1d3c5b7e9024681357924680acebd";
    private const string Group = "@@5f0e1d2c3b4a59687786a5b4c3d2e1f05f0e1d2c3b4a59687786a5b4c3d2e1f0";

    public static byte[] Of(int messages) => Encoding.UTF8.GetBytes($$"""
        {
        "BaseResponse": {
        "Ret": 0,
        "ErrMsg": ""
        }
        ,
        "AddMsgCount": {{messages}},
        "AddMsgList": [{{string.Join(",", Enumerable.Range(1, messages).Select(Message))}}],
        "ModContactCount": 0,
        "ModContactList": [],
        "DelContactCount": 0,
        "DelContactList": [],
        "ModChatRoomMemberCount": 0,
        "ModChatRoomMemberList": [],
        "Profile": {
        "BitFlag": 0,
        "UserName": {
        "Buff": ""
        }
        ,
        "NickName": {
        "Buff": ""
        }
        }
        ,
        "ContinueFlag": 1,
        "SyncKey": {{Key}},
        "SKey": "",
        "SyncCheckKey": {{Key}}
        }
        """);

    /// <summary>One item of the list.</summary>
    public static string Message(int number)
    {
        string friend = "@" + string.Concat(Enumerable.Repeat((number % 40).ToString("x2", CultureInfo.InvariantCulture), 16));
        bool inGroup = number % 3 == 0;
        string text = $"第 {number} 条 &lt;b&gt; <span class=\"emoji emoji1f604\"></span>：服务器已恢复，请确认收到。";
        return $$"""
            {
            "MsgId": "{{6_000_000_000_000_000_000 + number}}",
            "FromUserName": "{{(inGroup ? Group : friend)}}",
            "ToUserName": "{{Self}}",
            "MsgType": 1,
            "Content": "{{(inGroup ? friend + ":<br/>" : "")}}{{text.Replace("\"", "\\\"", StringComparison.Ordinal)}}",
            "Status": 3,
            "ImgStatus": 1,
            "CreateTime": {{1_700_000_000 + number}},
            "VoiceLength": 0,
            "PlayLength": 0,
            "FileName": "",
            "FileSize": "",
            "MediaId": "",
            "Url": "",
            "AppMsgType": 0,
            "StatusNotifyCode": 0,
            "StatusNotifyUserName": "",
            "RecommendInfo": {
            "UserName": "",
            "NickName": "",
            "QQNum": 0,
            "Province": "",
            "City": "",
            "Content": "",
            "Signature": "",
            "Alias": "",
            "Scene": 0,
            "VerifyFlag": 0,
            "AttrStatus": 0,
            "Sex": 0,
            "Ticket": "",
            "OpCode": 0
            }
            ,
            "ForwardFlag": 0,
            "AppInfo": {
            "AppID": "",
            "Type": 0
            }
            ,
            "HasProductId": 0,
            "Ticket": "",
            "ImgHeight": 0,
            "ImgWidth": 0,
            "SubMsgType": 0,
            "NewMsgId": {{6_000_000_000_000_000_000 + number}},
            "OriContent": "",
            "EncryFileName": ""
            }
            """;
    }

    private static string Key => """{ "Count": 4, "List": [{ "Key": 1, "Val": 731502942 }, { "Key": 2, "Val": 731503076 }, { "Key": 3, "Val": 731503049 }, { "Key": 201, "Val": 1700000000 }] }""";
}
