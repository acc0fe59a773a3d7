using System;

namespace WeChatPS;

/// <summary>Tells from type numbers, and for notices from their words, what a message is.</summary>
internal static class MessageKinds
{
    private const int LocationSubType = 48;

    public static MessageKind Of(WireMessage message) => message.MsgType switch
    {
        1 => OfText(message),
        49 => OfApp(AppContentReader.TypeOf(message)),
        10000 => OfNotice(message.Content),
        10002 => OfSystemCommand(message.Content),
        int type => OfType(type),
    };

    /// <summary>What a message is by its type number alone.</summary>
    public static MessageKind OfType(int type) => type switch
    {
        3 => MessageKind.Image,
        34 => MessageKind.Voice,
        37 => MessageKind.FriendRequest,
        42 => MessageKind.Card,
        43 or 44 or 62 => MessageKind.Video,
        47 => MessageKind.Emoticon,
        48 => MessageKind.Location,
        50 or 52 or 53 => MessageKind.Call,
        51 or 9999 => MessageKind.Status,
        _ => MessageKind.Unknown,
    };

    private static MessageKind OfText(WireMessage message) =>
        message.SubMsgType == LocationSubType || message.IsMapLink ? MessageKind.Location
        : message.AppMsgType != 0 ? OfApp(message.AppMsgType)
        : MessageKind.Text;

    /// <summary>What an app message is, by its type number.</summary>
    public static MessageKind OfApp(int type) => type switch
    {
        3 => MessageKind.Music,
        4 or 5 => MessageKind.Link,
        6 => MessageKind.File,
        8 or 15 => MessageKind.Emoticon,
        17 => MessageKind.LiveLocation,
        19 => MessageKind.ChatHistory,
        33 or 36 => MessageKind.MiniProgram,
        57 => MessageKind.Quote,
        2000 => MessageKind.Transfer,
        2001 => MessageKind.RedPacket,
        _ => MessageKind.App,
    };

    private static MessageKind OfNotice(string content) => content switch
    {
        _ when HasAny(content, "拍了拍", "拍拍", "tickled") => MessageKind.Tickle,
        _ when HasAny(content, "加入了群聊", "加入群聊", "to the group chat", "joined the group chat", "joined group chat") => MessageKind.GroupJoin,
        _ when HasAny(content, "移出了群聊", "移出群聊", "退出了群聊", "退出群聊", "from the group chat", "left the group chat")
            => MessageKind.GroupLeave,
        _ when HasAny(content, "修改群名为", "changed the group name") => MessageKind.GroupRename,
        _ when HasAny(content, "红包，请在手机上查看") => MessageKind.RedPacket,
        _ when HasAny(content, "位置共享已经结束") => MessageKind.LiveLocation,
        _ => MessageKind.System,
    };

    private static MessageKind OfSystemCommand(string content) => content switch
    {
        _ when HasAny(content, "revokemsg") => MessageKind.Recall,
        _ when HasAny(content, "type=\"pat\"") => MessageKind.Tickle,
        _ => MessageKind.System,
    };

    private static bool HasAny(string content, params string[] words) => Array.Exists(words, content.Contains);
}
