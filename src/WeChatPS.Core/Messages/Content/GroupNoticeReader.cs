using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace WeChatPS;

/// <summary>Reads group notices, which are sentences in the account's language: joining, leaving, renaming and tickling.</summary>
/// <remarks>Names may contain quotes and the words of a notice. Therefore the result is for display and not for decisions.</remarks>
internal static class GroupNoticeReader
{
    private const int LongestNotice = 4000;
    private const string By = "(?:[\"“](?<by>.+?)[\"”]|(?<by>你|我|You))";
    private const string Who = "(?:[\"“](?<who>.+)[\"”]|(?<who>你|我|自己|yourself|you|You|me))";

    // The end of the sentence, which no name crosses.
    private const string End = @"(?=\z|[\s，。,.])";

    // In order from the most to the least specific ending: a tickle may end in any words.
    private static readonly (Regex Sentence, Func<Match, (MessageKind Kind, object Content)> Read)[] s_notices =
    [
        Notice($"^{By} ?(?:修改群名为|changed the group name to) ?[\"“](?<who>.*)[\"”]\\s*\\z", Rename),
        Notice($"^{By} ?(?:将|removed) ?{Who} ?(?:移出了?群聊|from the group chat){End}", Leave),
        Notice($"^(?<who>你)被{By}移出了?群聊{End}", Leave),
        Notice($"^(?<who>You) were removed from the group chat by {By}{End}", Leave),
        Notice($"^{Who} ?(?:已?退出了?群聊|left the group chat){End}", Leave),
        Notice($"^{By} ?(?:邀请|invited) ?(?<who>你)和[\"“](?<who>.+)[\"”]加入了群聊{End}", Join),
        Notice($"^{By} ?(?:邀请|invited) ?{Who} ?(?:加入了群聊|to the group chat){End}", Join),
        Notice($"^{Who} ?通过(?:扫描)?{By}(?:分享|的邀请|的)+二维码加入了?群聊{End}", Join),
        Notice($"^{Who} joined (?:the )?group chat via the QR Code shared by {By}{End}", Join),
        Notice($"^{Who} ?(?:加入了群聊|joined the group chat){End}", Join),
        Notice($"^{By} ?(?:拍了拍|拍拍|tickled) ?{Who}", Tickle),
    ];

    /// <summary>Reads a notice; null if the wording is unknown.</summary>
    public static (MessageKind Kind, object Content)? Read(string notice)
    {
        if (notice.Length > LongestNotice)
            return null;
        try
        {
            foreach ((Regex sentence, Func<Match, (MessageKind Kind, object Content)> read) in s_notices)
            {
                if (sentence.Match(notice) is { Success: true } match)
                    return read(match);
            }
        }
        catch (RegexMatchTimeoutException)
        {
        }
        return null;
    }

    /// <summary>Reads a notice that is certainly a tickle.</summary>
    public static TickleContent Tickle(string notice) => Read(notice)?.Content as TickleContent ?? new TickleContent("", "", false);

    private static (MessageKind Kind, object Content) Join(Match match) => (MessageKind.GroupJoin, new GroupJoinContent(Names(match), ByOf(match)));

    private static (MessageKind Kind, object Content) Leave(Match match) => (MessageKind.GroupLeave, new GroupLeaveContent(Names(match), ByOf(match)));

    private static (MessageKind Kind, object Content) Rename(Match match) =>
        (MessageKind.GroupRename, new GroupRenameContent(match.Groups["who"].Value, ByOf(match)));

    private static (MessageKind Kind, object Content) Tickle(Match match)
    {
        string whom = match.Groups["who"].Value;
        return (MessageKind.Tickle, new TickleContent(ByOf(match), whom, whom is "我" or "你" or "me" or "you"));
    }

    private static string ByOf(Match match) => match.Groups["by"].Value;

    private static IReadOnlyList<string> Names(Match match) =>
        [.. match.Groups["who"].Captures.Cast<Capture>().SelectMany(capture => capture.Value.Split('、')).Where(name => name.Length > 0)];

    private static (Regex Sentence, Func<Match, (MessageKind Kind, object Content)> Read) Notice(
        string pattern, Func<Match, (MessageKind Kind, object Content)> read) =>
        (new(pattern, RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromMilliseconds(100)), read);
}
