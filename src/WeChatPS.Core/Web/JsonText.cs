using System;
using System.Text;

namespace WeChatPS.Web;

/// <summary>Decodes JSON strings without failing. Invalid bytes become U+FFFD.</summary>
internal static class JsonText
{
    public static string Decode(ReadOnlySpan<byte> bytes, bool hasEscapes = true)
    {
        string text = WireText.FromUtf8(bytes);
        return hasEscapes && text.IndexOf('\\') is var first and >= 0 ? WireText.WellFormed(Unescape(text, first)) : text;
    }

    private static string Unescape(string text, int first)
    {
        var result = new StringBuilder(text.Length).Append(text, 0, first);
        for (int at = first; at < text.Length; at++)
        {
            char c = text[at];
            if (c != '\\' || at + 1 == text.Length)
            {
                result.Append(c);
                continue;
            }
            c = text[++at];
            if (c == 'u' && TryHex(text, at + 1, out char code))
            {
                result.Append(code);
                at += 4;
            }
            else
            {
                result.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c });
            }
        }
        return result.ToString();
    }

    private static bool TryHex(string text, int at, out char code)
    {
        const int Digits = 4;
        code = '\0';
        if (at + Digits > text.Length)
            return false;
        for (int end = at + Digits; at < end; at++)
        {
            int digit = text[at] switch
            {
                >= '0' and <= '9' => text[at] - '0',
                >= 'a' and <= 'f' => text[at] - 'a' + 10,
                >= 'A' and <= 'F' => text[at] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
                return false;
            code = (char)((code << 4) | digit);
        }
        return true;
    }
}
