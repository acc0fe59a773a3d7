using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPS.Sessions;

/// <summary>
/// Encrypts the secrets of a session file. Windows uses DPAPI for the user account. On other systems, the user's other processes could read
/// any key. So the file mode (owner only) is the protection, and the seal is "none".
/// </summary>
internal static class SecretProtection
{
    public const string None = "none";

    public const string Dpapi = "dpapi";

    // The purpose rejects DPAPI data of other programs.
    private static readonly byte[] s_purpose = Encoding.ASCII.GetBytes("WeChatPS session");

    /// <summary>The seal for this system.</summary>
    public static string Current => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Dpapi : None;

    public static byte[] Seal(byte[] secrets) => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? ProtectedData.Protect(secrets, s_purpose, DataProtectionScope.CurrentUser)
        : secrets;

    /// <summary>Decrypts the secrets.</summary>
    /// <exception cref="CryptographicException">The secrets were encrypted for another account or machine.</exception>
    public static byte[] Open(string seal, byte[] secrets)
    {
        if (seal == None)
            return secrets;
        if (seal == Dpapi && RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return ProtectedData.Unprotect(secrets, s_purpose, DataProtectionScope.CurrentUser);
        throw new CryptographicException($"this system does not support the seal '{seal}'");
    }
}
