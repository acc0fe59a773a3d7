namespace WeChatPS;

/// <summary>Maps the server's type numbers to kinds of messages. Numbers: the official web client and openwechat's <c>global.go</c>.</summary>
internal static class MessageKinds
{
    private const int LocationSubType = 48;

    public static MessageKind Of(WireMessage message) => message.MsgType switch
    {
        1 => OfText(message),
        49 => OfApp(AppContentReader.TypeOf(message)),
        10000 or 10002 => message.Notice.Kind,
        int type => OfType(type),
    };

    /// <summary>Gets the kind of a message type (<c>MsgType</c>).</summary>
    public static MessageKind OfType(int type) => type switch
    {
        3 => MessageKind.Image,
        34 => MessageKind.Voice,
        37 => MessageKind.FriendRequest,
        40 => MessageKind.FriendSuggestion,
        42 => MessageKind.Card,
        43 or 44 or 62 => MessageKind.Video,
        47 => MessageKind.Emoticon,
        48 => MessageKind.Location,
        50 or 52 or 53 => MessageKind.Call,
        51 or 9999 => MessageKind.Status,
        _ => MessageKind.Unknown,
    };

    private static MessageKind OfText(WireMessage message) =>
        message.SubMsgType == LocationSubType || message.MapUrl.Length > 0 ? MessageKind.Location
        : message.AppMsgType != 0 ? OfApp(message.AppMsgType)
        : MessageKind.Text;

    /// <summary>Gets the kind of an app message type (<c>AppMsgType</c>).</summary>
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
}
