using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPS.Sessions;

/// <summary>
/// Seals secrets for the file: with DPAPI for this user account on Windows. Elsewhere there is nothing to hold a key that the user's other
/// processes could not read as well, so that the file's mode (owner only) is the protection, and the seal says "none".
/// </summary>
internal static class SecretProtection
{
    public const string None = "none";

    public const string Dpapi = "dpapi";

    // keeps another program's DPAPI blob from passing for ours
    private static readonly byte[] s_purpose = Encoding.ASCII.GetBytes("WeChatPS session");

    /// <summary>The seal that this machine uses.</summary>
    public static string Current => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Dpapi : None;

    public static byte[] Seal(byte[] secrets) => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? ProtectedData.Protect(secrets, s_purpose, DataProtectionScope.CurrentUser)
        : secrets;

    /// <summary>The secrets behind a seal.</summary>
    /// <exception cref="CryptographicException">Not sealed for this account on this machine.</exception>
    public static byte[] Open(string seal, byte[] secrets)
    {
        if (seal == None)
            return secrets;
        if (seal == Dpapi && RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return ProtectedData.Unprotect(secrets, s_purpose, DataProtectionScope.CurrentUser);
        throw new CryptographicException($"this machine knows no seal of the kind '{seal}'");
    }
}
