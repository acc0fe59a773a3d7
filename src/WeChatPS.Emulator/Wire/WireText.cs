using System;
using System.Globalization;
using System.Text;

namespace WeChatPS.Emulator.Wire;

/// <summary>Encodes text like the server: entities, <c>&lt;br/&gt;</c> for line breaks, and spans for known emoji.</summary>
internal static class WireText
{
    /// <summary>Encodes the text of a message for Content.</summary>
    public static string Message(string text) =>
        Escape(text, quotes: true).Replace("\r\n", "<br/>", StringComparison.Ordinal).Replace("\n", "<br/>", StringComparison.Ordinal);

    /// <summary>Encodes a nickname, remark or group nickname.</summary>
    public static string Name(string name) => Escape(name, quotes: false);

    /// <summary>Encodes XML and notices for Content, like text but without encoding quotes. Emoji are encoded in XML too.</summary>
    public static string Xml(string xml) => Escape(xml, quotes: false).Replace("\n", "<br/>", StringComparison.Ordinal);

    /// <summary>Encodes the value of an XML attribute or element.</summary>
    public static string XmlValue(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            AppendEscaped(text, c, quotes: true);
        }

        return text.ToString();
    }

    /// <summary>Encodes a name for EncryFileName: percent-encoding except for letters and digits.</summary>
    public static string FileName(string name)
    {
        var text = new StringBuilder(name.Length * 3);
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)b))
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }

    private static string Escape(string plain, bool quotes)
    {
        var text = new StringBuilder(plain.Length + 16);
        int at = 0;
        while (at < plain.Length)
        {
            int taken = AppendEmoji(text, plain, at);
            if (taken == 0)
            {
                AppendEscaped(text, plain[at], quotes);
                taken = 1;
            }

            at += taken;
        }

        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, char c, bool quotes)
    {
        _ = c switch
        {
            '&' => text.Append("&amp;"),
            '<' => text.Append("&lt;"),
            '>' => text.Append("&gt;"),
            '"' when quotes => text.Append("&quot;"),
            '\'' when quotes => text.Append("&#39;"),
            _ => text.Append(c),
        };
    }

    /// <summary>Appends a span and returns the number of encoded UTF-16 units; 0 if no known emoji starts here.</summary>
    private static int AppendEmoji(StringBuilder text, string plain, int at)
    {
        if (char.IsAscii(plain[at]))
        {
            // A keycap: a digit, an optional variation selector, and U+20E3.
            if (at + 1 < plain.Length && plain[at + 1] == '\u20e3' && (char.IsAsciiDigit(plain[at]) || plain[at] == '#'))
            {
                AppendSpan(text, string.Create(CultureInfo.InvariantCulture, $"{(int)plain[at]:x4}20e3"));
                return 2;
            }

            return 0;
        }

        if (!Rune.TryGetRuneAt(plain, at, out Rune rune))
        {
            return 0;
        }

        int length = rune.Utf16SequenceLength;
        if (IsRegional(rune))
        {
            if (at + length < plain.Length && Rune.TryGetRuneAt(plain, at + length, out Rune second) && IsRegional(second))
            {
                AppendSpan(text, string.Create(CultureInfo.InvariantCulture, $"{rune.Value:x}{second.Value:x}"));
                return length + second.Utf16SequenceLength;
            }

            return 0;
        }

        // Newer emoji are not in the server's table and remain unchanged.
        if (rune.Value is (>= 0x1f300 and <= 0x1f6ff) or (>= 0x2600 and <= 0x27bf))
        {
            AppendSpan(text, rune.Value.ToString("x", CultureInfo.InvariantCulture));
            return length;
        }

        return 0;
    }

    private static bool IsRegional(Rune rune) => rune.Value is >= 0x1f1e6 and <= 0x1f1ff;

    private static void AppendSpan(StringBuilder text, string code) =>
        text.Append("<span class=\"emoji emoji").Append(code).Append("\"></span>");
}
