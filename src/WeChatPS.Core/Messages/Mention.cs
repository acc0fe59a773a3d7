using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Finds and writes <c>@name</c>. The wire has no mark for it: phones write a U+2005 behind the name, people a space or nothing.</summary>
internal static class Mention
{
    private const string All = "所有人";
    private const char End = '\u2005';

    /// <summary>The text, beginning with the names of those it calls who are not called in it already.</summary>
    public static string Add(string text, IEnumerable<WeChatGroupMember> members) =>
        string.Concat(members
            .Where(member => !IsIn(text, member.DisplayName) && !IsIn(text, member.NickName))
            .Select(member => $"@{NameOf(member)}{End}")) + text;

    /// <summary>The text, calling everybody in the group.</summary>
    public static string AddAll(string text) => IsIn(text, All) ? text : $"@{All}{End}{text}";

    // the remark is what the account's owner calls somebody: nobody else's business
    private static string NameOf(WeChatGroupMember member) => member.DisplayName.Length > 0 ? member.DisplayName
        : member.NickName.Length > 0 ? member.NickName
        : member.Name;

    public static bool IsIn(string text, string name)
    {
        if (name.Length == 0)
            return false;
        string call = "@" + name;
        for (int at = 0; (at = text.IndexOf(call, at, StringComparison.Ordinal)) >= 0; at++)
        {
            int end = at + call.Length;
            if (end == text.Length || char.IsWhiteSpace(text[end]))
                return true;
        }
        return false;
    }
}
