using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace WeChatPS.Emulator.State;

/// <summary>Creates ids in the forms of the real ones.</summary>
internal static class Ids
{
    private static long s_lastMsgId = 4_000_000_000_000_000_000 + RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>Creates an ascending id of 19 digits, beyond 2^53.</summary>
    public static long MsgId() => Interlocked.Add(ref s_lastMsgId, 1_000_003);

    public static string GroupId() => string.Create(CultureInfo.InvariantCulture, $"{MsgId() % 100_000_000_000}@chatroom");

    public static string Hex(int digits) => RandomNumberGenerator.GetHexString(digits, lowercase: true);

    public static string SKey() => $"@crypt_{Hex(8)}_{Hex(32)}";

    /// <summary>Creates 16 base64 characters including a plus and a slash, which clients must escape in queries.</summary>
    public static string Sid() => Text(7) + "+" + Text(4) + "/" + Text(3);

    /// <summary>Creates the uuid of a QR code, which ends in two equals signs.</summary>
    public static string Uuid() => Text(10) + "==";

    public static string Ticket() => Text(24);

    /// <summary>Creates a percent-encoded pass ticket, as in the login page.</summary>
    public static string PassTicket() => Text(10) + "%2B" + Text(16) + "%2F" + Text(9) + "%3D";

    public static string AuthTicket() => Text(60) + "+" + Text(60) + "/" + Text(40) + "=";

    public static long Uin() => RandomNumberGenerator.GetInt32(int.MaxValue) % 500_000_000 + 2_200_000_000;

    /// <summary>Creates a user name for one login. The same contact has another one in the next login.</summary>
    public static string UserName(string salt, string id, ContactKind kind)
    {
        string hex = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(salt + id))).ToLowerInvariant();
        return kind switch
        {
            ContactKind.Group => "@@" + hex,
            ContactKind.Official => "@" + hex[..32],
            _ => "@" + hex,
        };
    }

    private static string Text(int length) =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}
