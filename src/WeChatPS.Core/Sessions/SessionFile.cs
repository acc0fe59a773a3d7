using System;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WeChatPS.Sessions;

/// <summary>Reads and writes session.json: readable data for lists, and the secrets, encrypted for this user.</summary>
internal static class SessionFile
{
    public static byte[] Write(SavedSession session)
    {
        var secrets = new StoredSecrets(session.Credentials, session.Cookies, session.SelfUserName);
        var stored = new StoredSession
        {
            Name = session.Name,
            Endpoint = session.Endpoint,
            ApiAuthority = session.ApiAuthority,
            Mode = session.Mode,
            SelfNickName = session.SelfNickName,
            Created = session.Created,
            Saved = session.Saved,
            ThrottledUntil = session.ThrottledUntil,
            SendsPausedUntil = session.SendsPausedUntil,
            Seal = SecretProtection.Current,
            Secrets = SecretProtection.Seal(JsonSerializer.SerializeToUtf8Bytes(secrets, SessionJson.Default.StoredSecrets)),
        };
        return SessionEnvelope.Wrap(JsonSerializer.SerializeToUtf8Bytes(stored, SessionJson.Default.StoredSession));
    }

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="WeChatException">The file is intact but is for another account, machine or version
    /// (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public static SavedSession Read(ReadOnlyMemory<byte> file)
    {
        StoredSession stored = ReadOpenPart(file);
        StoredSecrets secrets = Parse(OpenSecrets(stored), SessionJson.Default.StoredSecrets);
        return new SavedSession
        {
            Name = stored.Name,
            Endpoint = stored.Endpoint,
            ApiAuthority = stored.ApiAuthority,
            Mode = stored.Mode,
            Credentials = secrets.Credentials,
            Cookies = secrets.Cookies,
            SelfUserName = secrets.SelfUserName,
            SelfNickName = stored.SelfNickName,
            Created = stored.Created,
            Saved = stored.Saved,
            ThrottledUntil = stored.ThrottledUntil,
            SendsPausedUntil = stored.SendsPausedUntil,
        };
    }

    /// <summary>Reads the data that is not encrypted. Throws the same exceptions as <see cref="Read"/>.</summary>
    public static StoredSession ReadOpenPart(ReadOnlyMemory<byte> file) =>
        Parse(SessionEnvelope.Unwrap(file), SessionJson.Default.StoredSession);

    private static byte[] OpenSecrets(StoredSession stored)
    {
        try
        {
            return SecretProtection.Open(stored.Seal, stored.Secrets);
        }
        catch (CryptographicException e)
        {
            throw new WeChatException(
                WeChatErrorReason.SessionUnreadable,
                $"The saved session '{stored.Name}' was encrypted for another user account or machine: {e.Message}", e);
        }
    }

    private static T Parse<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type) ?? throw new InvalidDataException("the file is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("its JSON is invalid", e);
        }
    }
}
