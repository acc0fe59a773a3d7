using System;
using System.IO;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;

namespace WeChatPS.Sessions;

internal sealed partial record SavedSession
{
    /// <summary>The most characters that a SecureString holds.</summary>
    public const int MaxTextLength = 65_536;

    // far more than any session needs, far less than a compressed bomb makes
    private const int MaxJsonLength = 4 * 1024 * 1024;

    /// <summary>The whole session as one text for Export-WeChatSession: JSON with a checksum, deflated, in base64.</summary>
    /// <exception cref="WeChatException">It is longer than a SecureString can hold.</exception>
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
                $"The session '{Name}' is too large to export: {text.Length} characters, a SecureString holds {MaxTextLength}.");
        }

        var secure = new SecureString();
        foreach (char c in text)
            secure.AppendChar(c);
        secure.MakeReadOnly();
        return secure;
    }

    /// <summary>Reads what <see cref="ToSecureString"/> wrote.</summary>
    /// <exception cref="WeChatException">It is not an exported session, or not a whole one (<see cref="WeChatErrorReason.SessionDamaged"/>),
    /// or one of a newer version (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public static SavedSession FromSecureString(SecureString secure)
    {
        try
        {
            ReadOnlyMemory<byte> json = SessionEnvelope.Unwrap(Inflate(Convert.FromBase64String(PlainText(secure))));
            SavedSession? session = JsonSerializer.Deserialize(json.Span, SessionJson.Default.SavedSession);
            return session is { IsComplete: true } ? session : throw new InvalidDataException("it lacks credentials or cookies");
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or JsonException)
        {
            throw new WeChatException(
                WeChatErrorReason.SessionDamaged,
                "The text is not a session as Export-WeChatSession writes it, or not all of it.", e);
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
                throw new InvalidDataException("it is far too large");
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
