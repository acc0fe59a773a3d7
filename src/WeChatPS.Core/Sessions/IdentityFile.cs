using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace WeChatPS.Sessions;

/// <summary>What identities.json holds.</summary>
/// <param name="Login">A digest of the login in which the user names are good.</param>
/// <param name="People">The ids.</param>
internal sealed record StoredIdentities(string Login, IReadOnlyList<Identity> People);

/// <summary>
/// The ids that survive logins, on disk beside the session: the server gives them once a login, and only those of recent conversations.
/// </summary>
internal static class IdentityFile
{
    // far more than anybody has conversations
    private const int MaxPeople = 20_000;

    private const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">The disk says no.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="WeChatException">A newer version wrote it (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public static StoredIdentities? Read(string path)
    {
        if (!File.Exists(path)) return null;
        if (new FileInfo(path).Length > MaxLength) throw new InvalidDataException("it is far too large");
        try
        {
            ReadOnlyMemory<byte> json = SessionEnvelope.Unwrap(File.ReadAllBytes(path));
            StoredIdentities? stored = JsonSerializer.Deserialize(json.Span, SessionJson.Default.StoredIdentities);
            bool isWhole = stored?.People is not null && stored.People.All(one => one is { Id.Length: > 0, UserName: not null, Fingerprint: not null });
            return isWhole ? stored : throw new InvalidDataException("it lacks ids");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("it is not the JSON that was written", e);
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">The disk says no.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static void Write(string path, StoredIdentities identities) => AtomicFile.Write(path, SessionEnvelope.Wrap(JsonSerializer.SerializeToUtf8Bytes(
        identities with { People = [.. identities.People.Take(MaxPeople)] }, SessionJson.Default.StoredIdentities)));
}
