using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Finds and writes <c>@name</c>. The wire has no mark for it: phones write a U+2005 behind the name, people a space or nothing.</summary>
internal static class Mention
{
    private const string All = "所有人";
    private const char End = '\u2005';
    private const string CallOfAll = "@所有人\u2005";

    /// <summary>The text, beginning with the names of those it calls who are not called in it already.</summary>
    public static string Add(string text, IEnumerable<WeChatGroupMember> members) =>
        string.Concat(members
            .Where(member => NameOf(member).Length > 0 && !IsIn(text, member.DisplayName) && !IsIn(text, member.NickName))
            .Select(member => $"@{NameOf(member)}{End}")) + text;

    /// <summary>The text, calling everybody in the group.</summary>
    public static string AddAll(string text) => IsIn(text, All) ? text : CallOfAll + text;

    // the remark is what the account's owner calls somebody: nobody else's business
    private static string NameOf(WeChatGroupMember member) => member.DisplayName.Length > 0 ? member.DisplayName : member.NickName;

    /// <summary>Whether the text calls everybody, as a phone writes it that lets its owner do so: WeChat offers this to a group's owner and admins alone.</summary>
    public static bool IsAllIn(string text) => text.Contains(CallOfAll);

    /// <summary>Whether the text calls somebody. <c>mail a@Bob x</c> does not, unless a phone wrote it: then U+2005 is behind the name.</summary>
    public static bool IsIn(string text, string name)
    {
        if (name.Length == 0)
            return false;
        string call = "@" + name;
        for (int at = 0; (at = text.IndexOf(call, at, StringComparison.Ordinal)) >= 0; at++)
        {
            int end = at + call.Length;
            bool ends = end == text.Length || char.IsWhiteSpace(text[end]);
            if (ends && (!IsAddress(text, at) || (end < text.Length && text[end] == End)))
                return true;
        }
        return false;
    }

    // Chinese leaves no space before the name: only what addresses are written in stands against it
    private static bool IsAddress(string text, int at) =>
        at > 0 && (text[at - 1] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'));
}
