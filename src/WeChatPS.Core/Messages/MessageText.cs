using System.Text;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>What a person reads of a message.</summary>
internal static class MessageText
{
    private const int TextType = 1;
    private const int NoticeType = 10000;

    public static string Of(MessageKind kind, WireMessage message) => message.MsgType switch
    {
        _ when kind == MessageKind.Unparsed => "",
        TextType when kind != MessageKind.Location => message.Body,
        NoticeType => WithoutLinks(message.Body),
        _ => kind switch
        {
            MessageKind.Location => LocationReader.Address(message),
            MessageKind.Card => WireText.Decode(message.Recommended("NickName"u8)),
            MessageKind.FriendRequest => WireText.Decode(message.Recommended("Content"u8)),
            MessageKind.Recall => message.Xml.Verbatim("revokemsg", "replacemsg"),
            MessageKind.Tickle => message.Xml.Verbatim("pat", "template"),
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

    /// <summary>A notice without its links and pictures: <c>&lt;a href="weixin://…"&gt;words&lt;/a&gt;</c> becomes <c>words</c>.</summary>
    private static string WithoutLinks(string text)
    {
        if (text.IndexOf('<') < 0)
            return text;
        var result = new StringBuilder(text.Length);
        int lastEnd = text.LastIndexOf('>');
        for (int at = 0; at < text.Length; at++)
        {
            int end = at < lastEnd && IsTag(text, at) ? text.IndexOf('>', at) : -1;
            if (end < 0)
                result.Append(text[at]);
            else
                at = end;
        }
        return result.ToString().Trim();
    }

    private static bool IsTag(string text, int at) => StartsAt(text, at, "<a ") || StartsAt(text, at, "</a>") || StartsAt(text, at, "<img ")
        || StartsAt(text, at, "<_wc_custom_link_ ") || StartsAt(text, at, "</_wc_custom_link_>");

    private static bool StartsAt(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;
}
