using System;
using System.Globalization;

namespace WeChatPS.Web;

/// <summary>Reads the assignments in script responses (<c>window.code=200;</c>), with any spaces and quotes.</summary>
internal readonly struct ScriptReply(string script)
{
    /// <summary>Gets the value assigned to a name; null if the name is missing.</summary>
    public string? Find(string name)
    {
        for (int at = 0; (at = script.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
        {
            int value = SkipBlank(at + name.Length);
            if (value < script.Length && script[value] is '=' or ':')
                return ReadValue(SkipBlank(value + 1));
        }
        return null;
    }

    /// <summary>Gets the value as an integer; null if there is none.</summary>
    public int? FindNumber(string name) =>
        int.TryParse(Find(name)?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;

    private string ReadValue(int start)
    {
        if (start < script.Length && script[start] is '"' or '\'')
        {
            int end = script.IndexOf(script[start], start + 1);
            return end < 0 ? "" : script.Substring(start + 1, end - start - 1);
        }
        int stop = script.IndexOfAny([';', ',', '}', '\n'], Math.Min(start, script.Length));
        return script.Substring(Math.Min(start, script.Length), (stop < 0 ? script.Length : stop) - Math.Min(start, script.Length));
    }

    private int SkipBlank(int at)
    {
        while (at < script.Length && char.IsWhiteSpace(script[at]))
            at++;
        return at;
    }
}
