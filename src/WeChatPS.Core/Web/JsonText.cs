using System;
using System.Globalization;
using System.Text;

namespace WeChatPS.Web;

/// <summary>Decodes JSON strings: never fails, whatever the bytes; what is no character becomes U+FFFD.</summary>
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
        ushort value = 0;
        bool isHex = at + 4 <= text.Length
            && ushort.TryParse(text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        code = (char)value;
        return isHex;
    }
}
