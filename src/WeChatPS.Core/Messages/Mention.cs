using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Finds and writes mentions (<c>@name</c>). Phones add a U+2005 after the name. People type a space or nothing.</summary>
internal static class Mention
{
    private const string All = "所有人";
    private const char End = '\u2005';
    private const string MentionOfAll = "@所有人\u2005";

    /// <summary>Adds mentions of members at the start of the text, unless the text already mentions them.</summary>
    public static string Add(string text, IEnumerable<WeChatGroupMember> members) =>
        string.Concat(members
            .Where(member => NameOf(member).Length > 0 && !IsIn(text, member.DisplayName) && !IsIn(text, member.NickName))
            .Select(member => $"@{NameOf(member)}{End}")) + text;

    /// <summary>Adds a mention of all members, unless the text already has it.</summary>
    public static string AddAll(string text) => IsIn(text, All) ? text : MentionOfAll + text;

    // The remark is private and must not appear in a message.
    private static string NameOf(WeChatGroupMember member) => member.DisplayName.Length > 0 ? member.DisplayName : member.NickName;

    /// <summary>Whether the text mentions all members in the form of the phone. WeChat offers this only to a group's owner and admins.</summary>
    public static bool IsAllIn(string text) => text.Contains(MentionOfAll);

    /// <summary>Whether the text mentions a name. <c>mail a@Bob x</c> does not, unless a U+2005 from a phone follows the name.</summary>
    public static bool IsIn(string text, string name)
    {
        if (name.Length == 0)
            return false;
        string mention = "@" + name;
        for (int at = 0; (at = text.IndexOf(mention, at, StringComparison.Ordinal)) >= 0; at++)
        {
            int end = at + mention.Length;
            bool ends = end == text.Length || char.IsWhiteSpace(text[end]);
            if (ends && (!IsAddress(text, at) || (end < text.Length && text[end] == End)))
                return true;
        }
        return false;
    }

    // Chinese text has no space before a mention. Only the characters of addresses exclude one.
    private static bool IsAddress(string text, int at) =>
        at > 0 && (text[at - 1] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'));
}
