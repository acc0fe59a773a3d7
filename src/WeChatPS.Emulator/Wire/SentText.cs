using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WeChatPS.Emulator.Wire;

/// <summary>
/// Reads the text of a client's message without decoding <c>\uXXXX</c> escapes, as reported of the real server. A client that escapes is
/// therefore noticed.
/// </summary>
internal static class SentText
{
    public static string Read(JsonElement element)
    {
        string raw = element.GetRawText();
        if (element.ValueKind != JsonValueKind.String)
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (int i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            _ = raw[i] switch
            {
                'n' => text.Append('\n'),
                'r' => text.Append('\r'),
                't' => text.Append('\t'),
                'b' => text.Append('\b'),
                'f' => text.Append('\f'),
                'u' => text.Append(CultureInfo.InvariantCulture, $"\\u"),
                _ => text.Append(raw[i]),
            };
        }

        return text.ToString();
    }
}
