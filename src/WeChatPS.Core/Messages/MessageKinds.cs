namespace WeChatPS;

/// <summary>Tells from type numbers, and for notices from their words, what a message is.</summary>
internal static class MessageKinds
{
    private const int LocationSubType = 48;

    public static MessageKind Of(WireMessage message) => message.MsgType switch
    {
        1 => OfText(message),
        3 => MessageKind.Image,
        34 => MessageKind.Voice,
        37 => MessageKind.FriendRequest,
        42 => MessageKind.Card,
        43 or 44 or 62 => MessageKind.Video,
        47 => MessageKind.Emoticon,
        48 => MessageKind.Location,
        49 => OfApp(message.AppMsgType != 0 ? message.AppMsgType : AppContentReader.TypeOf(message)),
        50 or 52 or 53 => MessageKind.Call,
        51 or 9999 => MessageKind.Status,
        10000 => OfNotice(message.Content),
        10002 => OfSystemCommand(message.Content),
        _ => MessageKind.Unknown,
    };

    private static MessageKind OfText(WireMessage message) =>
        message.SubMsgType == LocationSubType || message.IsMapLink ? MessageKind.Location
        : message.AppMsgType != 0 ? OfApp(message.AppMsgType)
        : MessageKind.Text;

    private static MessageKind OfApp(int type) => type switch
    {
        3 => MessageKind.Music,
        4 or 5 => MessageKind.Link,
        6 => MessageKind.File,
        8 or 15 => MessageKind.Emoticon,
        17 => MessageKind.Location,
        19 => MessageKind.ChatHistory,
        33 or 36 => MessageKind.MiniProgram,
        57 => MessageKind.Quote,
        2000 => MessageKind.Transfer,
        2001 => MessageKind.RedPacket,
        _ => MessageKind.App,
    };

    private static MessageKind OfNotice(string content) => content switch
    {
        _ when Has(content, "拍了拍") || Has(content, "拍拍") || Has(content, "tickled") => MessageKind.Tickle,
        _ when Has(content, "加入了群聊") || Has(content, "加入群聊") => MessageKind.GroupJoin,
        _ when Has(content, "修改群名为") => MessageKind.GroupRename,
        _ when Has(content, "红包，请在手机上查看") => MessageKind.RedPacket,
        _ => MessageKind.System,
    };

    private static MessageKind OfSystemCommand(string content) => content switch
    {
        _ when Has(content, "revokemsg") => MessageKind.Recall,
        _ when Has(content, "type=\"pat\"") => MessageKind.Tickle,
        _ => MessageKind.System,
    };

    private static bool Has(string content, string words) => content.Contains(words);
}
