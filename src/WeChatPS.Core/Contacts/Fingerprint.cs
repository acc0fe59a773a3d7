using System;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace WeChatPS;

/// <summary>What tells a contact whom the server gave no lasting id from others, in every login: a digest of what it shows of itself.</summary>
internal static class Fingerprint
{
    private const string Prefix = "fp_";

    /// <summary>Whether a text looks like one.</summary>
    public static bool IsOne(string text) => text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The fingerprint; empty for who has a lasting name already, or no name at all.</summary>
    public static string Of(WeChatContact contact)
    {
        if (!ContactKinds.IsPassing(contact.UserName) || contact.NickName.Length == 0) return "";
        char kind = contact.Kind switch { ContactKind.Group => 'g', ContactKind.Official => 'o', ContactKind.Self => 's', _ => 'p' };
        string shown = string.Join("\n", kind, contact.NickName, (int)contact.Gender, contact.Province, contact.City);
        return Prefix + XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(shown)).ToString("x16", CultureInfo.InvariantCulture);
    }
}
