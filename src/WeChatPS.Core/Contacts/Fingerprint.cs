using System;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace WeChatPS;

/// <summary>The fingerprint by which a contact without a permanent id is recognized in every login: a digest of its profile.</summary>
internal static class Fingerprint
{
    private const string Prefix = "fp_";

    /// <summary>Whether a text looks like a fingerprint.</summary>
    public static bool IsOne(string text) => text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the fingerprint; empty for a contact with a permanent user name or without a name.</summary>
    public static string Of(WeChatContact contact)
    {
        if (!ContactKinds.IsPassing(contact.UserName) || contact.NickName.Length == 0) return "";
        char kind = contact.Kind switch { ContactKind.Group => 'g', ContactKind.Official => 'o', ContactKind.Self => 's', _ => 'p' };
        string shown = string.Join("\n", kind, contact.NickName, (int)contact.Gender, contact.Province, contact.City);
        return Prefix + XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(shown)).ToString("x16", CultureInfo.InvariantCulture);
    }
}
