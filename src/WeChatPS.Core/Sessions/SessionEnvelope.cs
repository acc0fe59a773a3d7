using System;
using System.Globalization;
using System.IO;
using System.IO.Hashing;
using System.Text.Json;

namespace WeChatPS.Sessions;

/// <summary>
/// The outer JSON of a saved session: <c>{"version":1,"checksum":"…","session":{…}}</c>. The checksum detects damage before the session is
/// used. The version detects files of newer versions.
/// </summary>
internal static class SessionEnvelope
{
    private const int Version = 1;

    public static byte[] Wrap(byte[] session)
    {
        using var file = new MemoryStream();
        using (var json = new Utf8JsonWriter(file))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("checksum", Checksum(session));
            json.WritePropertyName("session");
            json.WriteRawValue(session);
            json.WriteEndObject();
        }

        return file.ToArray();
    }

    /// <summary>Gets the inner JSON, byte for byte.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="WeChatException">The file is from a newer version (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> file)
    {
        try
        {
            return Read(file);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("its JSON is invalid", e);
        }
    }

    private static ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> file)
    {
        var json = new Utf8JsonReader(file.Span);
        int version = 0;
        string? checksum = null;
        ReadOnlyMemory<byte> session = default;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string? name = json.GetString();
            json.Read();
            int start = (int)json.TokenStartIndex;
            switch (name)
            {
                case "version": version = json.GetInt32(); break;
                case "checksum": checksum = json.GetString(); break;
            }

            json.Skip();
            if (name == "session")
                session = file.Slice(start, (int)json.BytesConsumed - start);
        }

        json.Read(); // This throws if more content follows.
        if (version > Version)
        {
            throw new WeChatException(
                WeChatErrorReason.SessionUnreadable, $"The saved session was written by a newer version of WeChatPS (format {version}; this version reads format {Version}).");
        }

        if (version != Version || checksum != Checksum(session.Span))
            throw new InvalidDataException("its checksum is wrong");
        return session;
    }

    private static string Checksum(ReadOnlySpan<byte> session) =>
        XxHash64.HashToUInt64(session).ToString("x16", CultureInfo.InvariantCulture);
}
