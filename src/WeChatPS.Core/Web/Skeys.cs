using System;
using System.Text;

namespace WeChatPS.Web;

/// <summary>Removes the skey from text that leaves the client. Some addresses and messages contain it.</summary>
internal static class Skeys
{
    private const string Name = "skey";
    private const string OwnMark = "crypt_";

    // The separators between the name and its value in addresses, JSON and XML, escaped or not.
    private static readonly string[] s_between = ["=", ":", "\"", "\\", " ", ">", "%3D", "%3d", "&gt;", "&quot;"];

    /// <summary>Removes every value of <c>skey</c> from a text.</summary>
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

    /// <summary>Removes the values of <c>skey</c> from an address if it may contain WeChat's key. Addresses of other sites may use the same name.</summary>
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
