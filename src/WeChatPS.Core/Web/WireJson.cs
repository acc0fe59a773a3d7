using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WeChatPS.Web;

/// <summary>Writes request bodies as raw UTF-8, because the server does not reliably decode <c>\u</c> escapes.</summary>
internal static class WireJson
{
    /// <summary>The options for a writer of such a body.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = new MinimalEncoder() };

    /// <summary>Gets the bytes of an object with the properties that <paramref name="write"/> writes.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>Gets the bytes of an object that starts with the BaseRequest.</summary>
    public static byte[] Request(WebCredentials credentials, Action<Utf8JsonWriter>? write = null) => Object(writer =>
    {
        WriteBaseRequest(writer, credentials);
        write?.Invoke(writer);
    });

    /// <summary>Writes the BaseRequest, the credentials in nearly every request.</summary>
    public static void WriteBaseRequest(Utf8JsonWriter writer, WebCredentials credentials)
    {
        writer.WriteStartObject("BaseRequest");
        writer.WriteNumber("Uin", credentials.Uin);
        writer.WriteString("Sid", credentials.Sid);
        writer.WriteString("Skey", credentials.Skey);
        writer.WriteString("DeviceID", credentials.DeviceId);
        writer.WriteEndObject();
    }

    /// <summary>Escapes only the quotation mark, the backslash and C0 control characters.</summary>
    private sealed class MinimalEncoder : JavaScriptEncoder
    {
        private const string Hex = "0123456789abcdef";

        public override int MaxOutputCharactersPerInputCharacter => 6;

        public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

        public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
        {
            for (int at = 0; at < textLength; at++)
            {
                if (WillEncode(text[at]))
                    return at;
            }
            return -1;
        }

        public override unsafe bool TryEncodeUnicodeScalar(
            int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
        {
            ReadOnlySpan<char> escape = unicodeScalar switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => ['\\', 'u', '0', '0', Hex[unicodeScalar >> 4], Hex[unicodeScalar & 15]],
                _ => char.ConvertFromUtf32(unicodeScalar),
            };
            bool fits = escape.TryCopyTo(new Span<char>(buffer, bufferLength));
            numberOfCharactersWritten = fits ? escape.Length : 0;
            return fits;
        }
    }
}
