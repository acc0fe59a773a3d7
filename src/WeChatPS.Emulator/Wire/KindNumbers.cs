namespace WeChatPS.Emulator.Wire;

/// <summary>The type numbers of messages (the official web client, openwechat's <c>global.go</c>).</summary>
internal static class KindNumbers
{
    public const int App = 49;

    public const int Notice = 10000;

    /// <summary>Gets the default MsgType and AppMsgType of a message.</summary>
    public static (int Type, int AppType) Of(IncomingMessage message) => message.Kind switch
    {
        MessageKind.Image => (3, 0),
        MessageKind.Voice => (34, 0),
        MessageKind.FriendRequest => (37, 0),
        MessageKind.FriendSuggestion => (40, 0),
        MessageKind.Card => (42, 0),
        MessageKind.Video => (43, 0),
        MessageKind.Emoticon => (47, 0),
        MessageKind.App => (App, 1),
        MessageKind.Music => (App, 3),
        MessageKind.Link => (App, 5),
        MessageKind.File => (App, 6),
        MessageKind.LiveLocation => (App, 17),
        MessageKind.ChatHistory => (App, 19),
        MessageKind.MiniProgram => (App, 33),
        MessageKind.Quote => (App, 57),
        MessageKind.Transfer => (App, 2000),
        MessageKind.RedPacket when message.Text.Length > 0 => (App, 2001),
        MessageKind.Call => (50, 0),
        MessageKind.Status => (51, 0),
        MessageKind.System or MessageKind.Tickle or MessageKind.RedPacket
            or MessageKind.GroupJoin or MessageKind.GroupLeave or MessageKind.GroupRename => (Notice, 0),
        MessageKind.Recall => (10002, 0),
        _ => (1, 0),
    };
}
