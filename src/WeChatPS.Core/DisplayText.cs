using System;
using System.Globalization;
using System.Text;

namespace WeChatPS;

/// <summary>
/// Makes text from other people safe for a terminal. Control characters, direction marks and invisible characters become visible
/// symbols, and line breaks become ⏎. Letters, emoji and spaces are unchanged.
/// </summary>
public static class DisplayText
{
    /// <summary>Makes control characters, direction marks and line breaks visible.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <returns>One line without control characters.</returns>
    public static string Visible(string? text) => Visible(text, int.MaxValue);

    /// <summary>Makes control characters, direction marks and line breaks visible, and shortens long text.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="maxLength">The maximum length in UTF-16 units. Shortened text ends in …, and no surrogate pair is split.</param>
    /// <returns>One line without control characters, at most <paramref name="maxLength"/> long.</returns>
    public static string Visible(string? text, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        if (text is null)
            return "";
        int first = FirstHidden(text);
        if (first < 0 && text.Length <= maxLength)
            return text;

        first = first < 0 ? text.Length : first;
        // The loop can stop at the limit, because every character yields at least one, except LF after CR.
        var result = new StringBuilder(Math.Min(text.Length, maxLength) + 16).Append(text, 0, Math.Min(first, maxLength));
        for (int at = result.Length; at < text.Length && result.Length <= maxLength; at++)
        {
            if (char.IsSurrogatePair(text, at))
                AppendPair(result, text, at++);
            else if (text[at] == '\n' && at > 0 && text[at - 1] == '\r')
                continue;
            else
                Append(result, text[at]);
        }
        return result.Length <= maxLength ? result.ToString() : Cut(result, maxLength - 1);
    }

    private static string Cut(StringBuilder result, int length)
    {
        if (length > 0 && char.IsHighSurrogate(result[length - 1]))
            length--;
        return result.ToString(0, length) + "…";
    }

    private static int FirstHidden(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                if (IsTag(text, at))
                    return at;
                at++;
            }
            else if (IsHidden(text[at]))
            {
                return at;
            }
        }
        return -1;
    }

    private static void AppendPair(StringBuilder result, string text, int at)
    {
        if (IsTag(text, at))
            AppendCode(result, char.ConvertToUtf32(text, at));
        else
            result.Append(text, at, 2);
    }

    private static void Append(StringBuilder result, char c)
    {
        if (!IsHidden(c))
            result.Append(c);
        else if (c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029')
            result.Append('⏎');
        else if (c < ' ')
            result.Append((char)(0x2400 + c)); // the Unicode control pictures, such as ␛ for ESC
        else if (c == '\u007F')
            result.Append('␡');
        else if (char.IsSurrogate(c))
            result.Append('\uFFFD');
        else
            AppendCode(result, c);
    }

    private static void AppendCode(StringBuilder result, int code) =>
        result.Append("<U+").Append(code.ToString("X4", CultureInfo.InvariantCulture)).Append('>');

    // U+200C and U+200D are unchanged: some writing systems and emoji need them. The fillers of Hangul and the empty Braille pattern are
    // letters to Unicode and look like nothing.
    private static bool IsHidden(char c) => c is < ' ' or (>= '\u007F' and <= '\u009F') or '\u00AD'
        or '\u061C' or '\u115F' or '\u1160' or '\u180E' or '\u200B' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E')
        or (>= '\u2060' and <= '\u206F') or '\u2800' or '\u3164' or '\uFEFF' or '\uFFA0' or (>= '\uFFF9' and <= '\uFFFB')
        || char.IsSurrogate(c);

    // The tag characters (U+E0000 to U+E007F) repeat ASCII invisibly, so a text can say something that nobody sees.
    private static bool IsTag(string text, int at) => text[at] == '\uDB40' && text[at + 1] is >= '\uDC00' and <= '\uDC7F';
}
