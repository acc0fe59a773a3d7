using System;

namespace WeChatPS;

/// <summary>Finds <c>@name</c>. The wire has no mark for it: phones write a U+2005 behind the name, people a space or nothing.</summary>
internal static class Mention
{
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
