using System;
using System.Globalization;
using System.Text;

namespace WeChatPS.Web;

/// <summary>
/// Decodes the server's text: emoji markup, then line breaks, then HTML entities, each once. One pass from left to right does this,
/// because output is not decoded again. Outgoing text needs no encoding.
/// </summary>
internal static class WireText
{
    private const string Break = "<br/>";
    private const string EmojiStart = "<span class=\"emoji emoji";
    private const string EmojiEnd = "\"></span>";
    private const int LongestEmoji = 15;
    private const int LongestEntity = 10;

    /// <summary>Gets the text of UTF-8 bytes, with U+FFFD for invalid bytes.</summary>
    public static unsafe string FromUtf8(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        fixed (byte* first = bytes)
            return Encoding.UTF8.GetString(first, bytes.Length);
    }

    /// <summary>Replaces every unpaired surrogate by U+FFFD.</summary>
    public static string WellFormed(string text) => ReplaceInvalid(text, unit => !char.IsSurrogate(unit));

    /// <summary>Replaces characters that are not allowed by U+FFFD. Surrogate pairs are always allowed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isAllowed">Whether a single UTF-16 unit is allowed.</param>
    public static string ReplaceInvalid(string text, Func<char, bool> isAllowed)
    {
        StringBuilder? result = null;
        for (int at = 0; at < text.Length; at++)
        {
            if (isAllowed(text[at]))
                continue;
            if (char.IsSurrogatePair(text, at))
                at++;
            else
                (result ??= new StringBuilder(text))[at] = '\uFFFD';
        }
        return result?.ToString() ?? text;
    }

    public static string Decode(string text)
    {
        int first = text.AsSpan().IndexOfAny('<', '&');
        if (first < 0)
            return text;
        var result = new StringBuilder(text.Length).Append(text, 0, first);
        for (int at = first; at < text.Length;)
        {
            int used = text[at] switch
            {
                '<' => AppendMarkup(text, at, result),
                '&' => AppendEntity(text, at, result),
                _ => 0,
            };
            if (used == 0)
                result.Append(text[at]);
            at += Math.Max(used, 1);
        }
        return result.ToString();
    }

    private static int AppendMarkup(string text, int at, StringBuilder result)
    {
        if (StartsAt(text, at, Break))
        {
            result.Append('\n');
            return Break.Length;
        }
        if (!StartsAt(text, at, EmojiStart))
            return 0;
        int code = at + EmojiStart.Length;
        int end = text.IndexOf('"', code, Math.Min(LongestEmoji + 1, text.Length - code));
        if (end < 0 || !StartsAt(text, end, EmojiEnd) || !TryAppendEmoji(text.AsSpan(code, end - code), result))
            return 0;
        return end + EmojiEnd.Length - at;
    }

    /// <summary>Appends the characters of a span's code: code points of four or five digits each, without separators.</summary>
    private static bool TryAppendEmoji(ReadOnlySpan<char> code, StringBuilder result)
    {
        int digits = code.Length % 5 == 0 ? 5 : 4;
        if (code.IsEmpty || code.Length % digits != 0)
            return false;
        var emoji = new StringBuilder(code.Length);
        for (; !code.IsEmpty; code = code.Slice(digits))
        {
            if (!TryParse(code.Slice(0, digits), NumberStyles.AllowHexSpecifier, out int point) || !IsScalar(point))
                return false;
            emoji.Append(char.ConvertFromUtf32(Corrected(point)));
        }
        result.Append(emoji);
        return true;
    }

    // Two emoji for which the server uses the code of another one (wechat4u).
    private static int Corrected(int point) => point switch { 0x1F639 => 0x1F602, 0x1F64D => 0x1F614, _ => point };

    private static int AppendEntity(string text, int at, StringBuilder result)
    {
        int end = text.IndexOf(';', at, Math.Min(LongestEntity, text.Length - at));
        if (end < 0)
            return 0;
        ReadOnlySpan<char> name = text.AsSpan(at + 1, end - at - 1);
        int point = name switch
        {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u00A0',
            ['#', 'x' or 'X', .. var hex] when TryParse(hex, NumberStyles.AllowHexSpecifier, out int value) => value,
            ['#', .. var digits] when TryParse(digits, NumberStyles.None, out int value) => value,
            _ => 0,
        };
        if (point == 0 || !IsScalar(point))
            return 0;
        result.Append(char.ConvertFromUtf32(point));
        return end + 1 - at;
    }

    private static bool StartsAt(string text, int at, string what) =>
        string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static bool IsScalar(int point) => point is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF);

    private static bool TryParse(ReadOnlySpan<char> digits, NumberStyles styles, out int value) =>
        int.TryParse(digits.ToString(), styles, CultureInfo.InvariantCulture, out value);
}
