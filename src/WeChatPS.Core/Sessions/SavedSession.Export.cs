using System;
using System.IO;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;

namespace WeChatPS.Sessions;

internal sealed partial record SavedSession
{
    /// <summary>The maximum length of a SecureString, in characters.</summary>
    public const int MaxTextLength = 65_536;

    // Sessions need far less. The limit stops decompression bombs.
    private const int MaxJsonLength = 4 * 1024 * 1024;

    /// <summary>Exports the session for Export-WeChatSession: JSON with a checksum, deflated, in base64.</summary>
    /// <exception cref="WeChatException">The text is too long for a SecureString.</exception>
    public SecureString ToSecureString()
    {
        using var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] json = SessionEnvelope.Wrap(JsonSerializer.SerializeToUtf8Bytes(this, SessionJson.Default.SavedSession));
            deflate.Write(json, 0, json.Length);
        }

        string text = Convert.ToBase64String(compressed.ToArray());
        if (text.Length > MaxTextLength)
        {
            throw new WeChatException(
                WeChatErrorReason.SessionTooLarge,
                $"The session '{Name}' is too large to export: it has {text.Length} characters, but a SecureString can have up to {MaxTextLength}.");
        }

        var secure = new SecureString();
        foreach (char c in text)
            secure.AppendChar(c);
        secure.MakeReadOnly();
        return secure;
    }

    /// <summary>Reads the text from <see cref="ToSecureString"/>.</summary>
    /// <exception cref="WeChatException">The text is not a complete exported session (<see cref="WeChatErrorReason.SessionDamaged"/>),
    /// or is from a newer version (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public static SavedSession FromSecureString(SecureString secure)
    {
        try
        {
            ReadOnlyMemory<byte> json = SessionEnvelope.Unwrap(Inflate(Convert.FromBase64String(PlainText(secure))));
            SavedSession? session = JsonSerializer.Deserialize(json.Span, SessionJson.Default.SavedSession);
            return session is { IsComplete: true } ? session : throw new InvalidDataException("credentials or cookies are missing");
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or JsonException)
        {
            throw new WeChatException(
                WeChatErrorReason.SessionDamaged,
                "The text is not a complete session from Export-WeChatSession.", e);
        }
    }

    private static byte[] Inflate(byte[] compressed)
    {
        using var deflate = new DeflateStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var json = new MemoryStream();
        var buffer = new byte[4096];
        while (deflate.Read(buffer, 0, buffer.Length) is > 0 and var read)
        {
            if (json.Length + read > MaxJsonLength)
                throw new InvalidDataException("the session is too large");
            json.Write(buffer, 0, read);
        }

        return json.ToArray();
    }

    private static string PlainText(SecureString secure)
    {
        IntPtr text = Marshal.SecureStringToGlobalAllocUnicode(secure);
        try
        {
            return Marshal.PtrToStringUni(text) ?? "";
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(text);
        }
    }
}
