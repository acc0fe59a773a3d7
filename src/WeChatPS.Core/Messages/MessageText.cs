using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The text of a message for people.</summary>
internal static class MessageText
{
    private const int TextType = 1;
    private const int NoticeType = 10000;
    private const int CommandType = 10002;

    public static string Of(MessageKind kind, WireMessage message) => message.MsgType switch
    {
        _ when kind == MessageKind.Unparsed => "",
        TextType when kind != MessageKind.Location => message.Body,
        NoticeType or CommandType => message.Notice.Text,
        _ => kind switch
        {
            MessageKind.Location => LocationReader.Address(message),
            MessageKind.Card or MessageKind.FriendSuggestion => PersonReader.Name(message),
            MessageKind.FriendRequest => PersonReader.Greeting(message),
            MessageKind.File or MessageKind.Link or MessageKind.Music or MessageKind.MiniProgram or MessageKind.Quote
                or MessageKind.ChatHistory or MessageKind.Transfer or MessageKind.RedPacket or MessageKind.App => Title(message),
            _ => "",
        },
    };

    private static string Title(WireMessage message)
    {
        string title = WireText.Decode(message.Text("FileName"u8));
        return title.Length > 0 ? title : message.Xml.Verbatim("appmsg", "title");
    }
}
