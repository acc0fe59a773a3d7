using System;
using System.Text;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads WeChat's notices: sentences, and XML commands with a sentence.</summary>
/// <remarks>
/// Sentences contain names, and a name may look like a notice. Therefore known sentences are matched as a whole. Otherwise, words count
/// only outside of quotes, which enclose names.
/// </remarks>
internal static class NoticeReader
{
    private const string Received = "收到红包，请在手机上查看";
    private const string Sent = "发出红包，请在手机上查看";
    private const string SharingEnded = "位置共享已经结束";

    private static readonly char[] s_opening = ['"', '“'];
    private static readonly char[] s_closing = ['"', '”'];

    private static readonly (MessageKind Kind, string[] Words)[] s_words =
    [
        (MessageKind.GroupRename, ["修改群名为", "changed the group name"]),
        (MessageKind.GroupLeave, ["移出了群聊", "移出群聊", "退出了群聊", "退出群聊", "from the group chat", "left the group chat"]),
        (MessageKind.GroupJoin, ["加入了群聊", "加入群聊", "to the group chat", "joined the group chat", "joined group chat"]),
        (MessageKind.Tickle, ["拍了拍", "拍拍", "tickled"]),
    ];

    /// <summary>Reads a message of type 10000, a sentence.</summary>
    public static Notice Sentence(WireMessage message) => Read(WithoutLinks(message.Body));

    /// <summary>Reads a message of type 10002, a command in XML, usually with a sentence.</summary>
    public static Notice Command(WireMessage message)
    {
        XElement? command = message.Xml;
        string text = WithoutLinks(SystemCommandReader.Text(command));
        return command.AttributeText("type") switch
        {
            "revokemsg" => new Notice(MessageKind.Recall, text, new RecallContent(RecallReader.MessageId(command), text)),
            "pat" => new Notice(MessageKind.Tickle, text, GroupNoticeReader.Tickle(text)),
            _ => Read(text),
        };
    }

    private static Notice Read(string text) => text switch
    {
        Received or Sent => new Notice(MessageKind.RedPacket, text, new RedPacketContent(text == Sent, "")),
        SharingEnded => new Notice(MessageKind.LiveLocation, text, new LiveLocationContent(true)),
        _ when KindByWords(text) == MessageKind.System => new Notice(MessageKind.System, text),
        _ => GroupNoticeReader.Read(text) is var (kind, content) ? new Notice(kind, text, content) : ReadByWords(text),
    };

    // Only words are known, not the sentence, so the names remain unknown.
    private static Notice ReadByWords(string text) => KindByWords(WithoutNames(text)) switch
    {
        MessageKind.GroupRename => new Notice(MessageKind.GroupRename, text, new GroupRenameContent("", "")),
        MessageKind.GroupLeave => new Notice(MessageKind.GroupLeave, text, new GroupLeaveContent([], "")),
        MessageKind.GroupJoin => new Notice(MessageKind.GroupJoin, text, new GroupJoinContent([], "")),
        MessageKind.Tickle => new Notice(MessageKind.Tickle, text, new TickleContent("", "", false)),
        _ => new Notice(MessageKind.System, text),
    };

    /// <summary>Removes the quoted names of a sentence. A quote that nobody closes encloses nothing.</summary>
    private static string WithoutNames(string text)
    {
        var result = new StringBuilder(text.Length);
        int at = 0;
        for (int open; (open = text.IndexOfAny(s_opening, at)) >= 0;)
        {
            int close = text.IndexOfAny(s_closing, open + 1);
            if (close < 0) break;
            result.Append(text, at, open - at);
            at = close + 1;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    private static MessageKind KindByWords(string text)
    {
        foreach ((MessageKind kind, string[] words) in s_words)
        {
            if (Array.Exists(words, text.Contains))
                return kind;
        }
        return MessageKind.System;
    }

    /// <summary>Removes links and images from a notice: <c>&lt;a href="weixin://…"&gt;words&lt;/a&gt;</c> becomes <c>words</c>.</summary>
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
