using System;
using System.Globalization;

namespace WeChatPS.Web;

/// <summary>
/// Reads the assignments in script responses (<c>window.code=200;</c>), with any spaces and quotes. What a comment or a text says is no
/// assignment.
/// </summary>
internal readonly struct ScriptReply(string script)
{
    /// <summary>Gets the value assigned to a name, which may be quoted; null if the name is missing.</summary>
    public string? Find(string name)
    {
        int at = 0;
        while ((at = SkipBlank(at)) < script.Length)
        {
            int start = at;
            at = EndOfToken(at);
            ReadOnlySpan<char> token = script.AsSpan(start, at - start);
            if (!token.Trim("\"'").SequenceEqual(name)) continue;
            int assigned = SkipBlank(at);
            if (assigned < script.Length && script[assigned] is '=' or ':') return ReadValue(SkipBlank(assigned + 1));
        }

        return null;
    }

    /// <summary>Gets the value as an integer; null if there is none.</summary>
    public int? FindNumber(string name) =>
        int.TryParse(Find(name)?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;

    private string ReadValue(int start)
    {
        if (start >= script.Length) return "";
        if (script[start] is '"' or '\'')
        {
            int end = script.IndexOf(script[start], start + 1);
            return end < 0 ? "" : script[(start + 1)..end];
        }

        int stop = script.IndexOfAny([';', ',', '}', '\n'], start);
        return script[start..(stop < 0 ? script.Length : stop)];
    }

    // A name with dots, a text in quotes, or a single other character.
    private int EndOfToken(int at)
    {
        if (script[at] is '"' or '\'')
        {
            int end = script.IndexOf(script[at], at + 1);
            return end < 0 ? script.Length : end + 1;
        }

        int start = at;
        while (at < script.Length && (char.IsLetterOrDigit(script[at]) || script[at] is '_' or '$' or '.')) at++;
        return at == start ? at + 1 : at;
    }

    private int SkipBlank(int at)
    {
        while (at < script.Length)
        {
            if (char.IsWhiteSpace(script[at])) at++;
            else if (Begins("/*", at)) at = After("*/", at + 2);
            else if (Begins("//", at)) at = After("\n", at + 2);
            else break;
        }

        return at;
    }

    private bool Begins(string text, int at) => string.CompareOrdinal(script, at, text, 0, text.Length) == 0;

    private int After(string text, int at)
    {
        int end = script.IndexOf(text, at, StringComparison.Ordinal);
        return end < 0 ? script.Length : end + text.Length;
    }
}
