using System;
using System.Globalization;
using System.Text;

namespace WeChatPS.Emulator.Wire;

/// <summary>How the server writes text of people: entities, <c>&lt;br/&gt;</c> for line breaks, spans for the emoji it knows.</summary>
internal static class WireText
{
    /// <summary>The text of a message, as it stands in Content.</summary>
    public static string Message(string text) =>
        Escape(text, quotes: true).Replace("\r\n", "<br/>", StringComparison.Ordinal).Replace("\n", "<br/>", StringComparison.Ordinal);

    /// <summary>A nickname, a remark or a name in a group.</summary>
    public static string Name(string name) => Escape(name, quotes: false);

    /// <summary>XML and notices inside Content: as the text of a message, but quotes stay. Emoji are marked up inside the XML too.</summary>
    public static string Xml(string xml) => Escape(xml, quotes: false).Replace("\n", "<br/>", StringComparison.Ordinal);

    /// <summary>The value of an XML attribute or element.</summary>
    public static string XmlValue(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            AppendEscaped(text, c, quotes: true);
        }

        return text.ToString();
    }

    /// <summary>Percent-encoding as in EncryFileName, which spares only letters and digits.</summary>
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

    /// <summary>Appends a span and tells how many UTF-16 units it stands for; 0 where no emoji of the server's table begins.</summary>
    private static int AppendEmoji(StringBuilder text, string plain, int at)
    {
        if (char.IsAscii(plain[at]))
        {
            // Keycaps: a digit, perhaps a variation selector, U+20E3.
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

        // Newer emoji are not in the server's table: it passes them through as they are.
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
