using System;
using System.Collections.Generic;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>
/// The list of recent chats after a login. It contains each chat's user name of this login and its permanent id, in the same order
/// (ItChat uses this list too).
/// </summary>
internal static class RecentChats
{
    private const int StatusType = 51;

    /// <summary>Gets the user names and permanent ids; empty if the message is not this list or its two parts do not match.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(JsonSlice message)
    {
        if (message.Find("MsgType"u8).AsInt32() != StatusType
            || message.Find("StatusNotifyCode"u8).AsInt32() != (int)StatusNotifyCode.RecentChats)
            return [];
        JsonSlice list = message.Find("StatusNotifyUserName"u8);
        if (list.Length > ContactLimits.ListBytes)
            return [];
        string[] userNames = list.AsText().Split(',');
        XElement? content = WireXml.Parse(WireText.Decode(message.Find("Content"u8).AsText()));
        string[] ids = content.Text("op", "username").Split(',');
        return userNames.Length == ids.Length ? Pairs(userNames, ids) : [];
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string[] userNames, string[] ids)
    {
        for (int at = 0; at < ids.Length; at++)
        {
            bool isGroup = ContactKinds.IsGroup(userNames[at]);
            if (userNames[at].Length is > 0 and <= ContactLimits.UserName && ids[at].Length is > 0 and <= ContactLimits.UserName && isGroup == ids[at].EndsWith("@chatroom", StringComparison.Ordinal))
                yield return new(userNames[at], ids[at]);
        }
    }
}
