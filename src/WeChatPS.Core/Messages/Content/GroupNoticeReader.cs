using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace WeChatPS;

/// <summary>Reads notices, which are sentences in the language of the account: who joined, left, renamed, tickled.</summary>
/// <remarks>A name may hold anything, quotes and the very words of a notice too: what comes of it is for people, not for decisions.</remarks>
internal static class GroupNoticeReader
{
    private const int LongestNotice = 4000;
    private const string By = "(?:[\"“](?<by>.+?)[\"”]|(?<by>你|我|You))";
    private const string Who = "(?:[\"“](?<who>.+)[\"”]|(?<who>你|我|自己|yourself|you|me))";

    private static readonly Regex[] s_joins =
    [
        Notice($"^{By} ?(?:邀请|invited) ?(?<who>你)和[\"“](?<who>.+)[\"”]加入了群聊"),
        Notice($"^{By} ?(?:邀请|invited) ?{Who} ?(?:加入了群聊|to the group chat)"),
        Notice($"^{Who} ?(?:通过扫描|joined (?:the )?group chat via the QR Code shared by) ?{By}"),
        Notice($"^{Who} ?(?:加入了群聊|joined the group chat)"),
    ];

    private static readonly Regex[] s_leaves =
    [
        Notice($"^{By} ?(?:将|removed) ?{Who} ?(?:移出了?群聊|from the group chat)"),
        Notice($"^(?<who>你|You)(?:被| were removed from the group chat by ?){By}(?:移出了?群聊)?"),
        Notice($"^{Who} ?(?:已?退出了?群聊|left the group chat)"),
    ];

    private static readonly Regex[] s_renames = [Notice($"^{By} ?(?:修改群名为|changed the group name to) ?[\"“](?<who>.*)[\"”]")];

    private static readonly Regex[] s_tickles = [Notice($"^{By} ?(?:拍了拍|拍拍|tickled) ?{Who}")];

    public static GroupJoinContent Join(string notice)
    {
        Match? match = First(s_joins, notice);
        return new GroupJoinContent(Names(match), ByOf(match));
    }

    public static GroupLeaveContent Leave(string notice)
    {
        Match? match = First(s_leaves, notice);
        return new GroupLeaveContent(Names(match), ByOf(match));
    }

    public static GroupRenameContent Rename(string notice)
    {
        Match? match = First(s_renames, notice);
        return new GroupRenameContent(match?.Groups["who"].Value ?? "", ByOf(match));
    }

    public static TickleContent Tickle(string notice)
    {
        Match? match = First(s_tickles, notice);
        string whom = match?.Groups["who"].Value ?? "";
        bool isMe = whom is "我" or "你" or "me" or "you";
        return new TickleContent(ByOf(match), whom, isMe);
    }

    private static string ByOf(Match? match) => match?.Groups["by"].Value ?? "";

    private static string[] Names(Match? match) => match is null
        ? []
        : [.. match.Groups["who"].Captures.Cast<Capture>().SelectMany(capture => capture.Value.Split('、')).Where(name => name.Length > 0)];

    private static Match? First(Regex[] notices, string text)
    {
        if (text.Length > LongestNotice)
            return null;
        try
        {
            return notices.Select(notice => notice.Match(text)).FirstOrDefault(match => match.Success);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex Notice(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromMilliseconds(100));
}
