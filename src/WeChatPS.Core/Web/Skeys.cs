using System;
using System.Text;

namespace WeChatPS.Web;

/// <summary>Takes the session's key out of text that leaves the client: addresses and messages carry it here and there.</summary>
internal static class Skeys
{
    private const string Name = "skey";
    private const string OwnMark = "crypt_";

    // what may stand between the name and its value: in an address, in JSON (escaped or not), in XML (escaped or not)
    private static readonly string[] s_between = ["=", ":", "\"", "\\", " ", ">", "%3D", "%3d", "&gt;", "&quot;"];

    /// <summary>The text with every value of <c>skey</c> left out.</summary>
    public static string Strip(string text)
    {
        int at = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return text;
        var result = new StringBuilder(text.Length);
        int copied = 0;
        for (; at >= 0; at = text.IndexOf(Name, at, StringComparison.OrdinalIgnoreCase))
        {
            int name = at + Name.Length;
            at = SkipBetween(text, name);
            if (at == name)
                continue; // the word alone
            result.Append(text, copied, at - copied);
            while (at < text.Length && IsValue(text[at]))
                at++;
            copied = at;
        }
        return result.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The same of an address, where others have parameters of that name too: it stays as it is unless WeChat's own key may be in it.</summary>
    public static string StripOwn(string address) => address.IndexOf(OwnMark, StringComparison.Ordinal) < 0 ? address : Strip(address);

    private static int SkipBetween(string text, int at)
    {
        int before;
        do
        {
            before = at;
            foreach (string part in s_between)
            {
                if (string.CompareOrdinal(text, at, part, 0, part.Length) == 0)
                    at += part.Length;
            }
        }
        while (at > before);
        return at;
    }

    private static bool IsValue(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '@' or '_' or '%' or '-' or '.' or '+';
}
