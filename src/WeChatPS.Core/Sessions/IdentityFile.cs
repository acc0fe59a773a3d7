using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace WeChatPS.Sessions;

/// <summary>The content of identities.json.</summary>
/// <param name="Login">A digest of the login in which the user names are valid.</param>
/// <param name="People">The ids.</param>
/// <param name="Logins">The ids of user names in this login and in earlier ones with pending messages; null in files of older versions.</param>
internal sealed record StoredIdentities(string Login, IReadOnlyList<Identity> People, IReadOnlyList<LoginNames>? Logins = null);

/// <summary>
/// The file of stable ids and the user names of each login, beside the session. The file is necessary because the server sends ids once per
/// login, and only for recent chats.
/// </summary>
internal static class IdentityFile
{
    private const int MaxPeople = ContactLimits.Contacts;

    // Messages that stay pending for more logins are rare. They are not lost, but their senders are unknown.
    private const int MaxLogins = 4;

    private const int MaxLength = 32 * 1024 * 1024;

    /// <summary>Reads the file; null without a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">The file is not readable.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is not accessible.</exception>
    /// <exception cref="WeChatException">A newer version wrote it (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public static StoredIdentities? Read(string path)
    {
        if (!File.Exists(path)) return null;
        if (new FileInfo(path).Length > MaxLength) throw new InvalidDataException("the file is too large");
        try
        {
            ReadOnlyMemory<byte> json = SessionEnvelope.Unwrap(File.ReadAllBytes(path));
            StoredIdentities? stored = JsonSerializer.Deserialize(json.Span, SessionJson.Default.StoredIdentities);
            bool isWhole = stored?.People is not null && stored.People.All(one => one is { Id.Length: > 0, UserName: not null, Fingerprint: not null })
                && stored.Logins?.All(one => one is { Login: not null, Self: not null, Ids: not null } && !one.Ids.Values.Contains(null!) && one.Members?.Values.Contains(null!) != true) != false;
            return isWhole ? stored : throw new InvalidDataException("ids are missing");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("its JSON is invalid", e);
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">The file is not writable.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is not accessible.</exception>
    public static void Write(string path, StoredIdentities identities) => AtomicFile.Write(path, SessionEnvelope.Wrap(JsonSerializer.SerializeToUtf8Bytes(
        identities with
        {
            People = [.. identities.People.Take(MaxPeople)],
            Logins = [.. (identities.Logins ?? []).Take(MaxLogins).Select(Bounded)],
        },
        SessionJson.Default.StoredIdentities)));

    private static LoginNames Bounded(LoginNames login) => login with { Ids = Bounded(login.Ids), Members = login.Members is null ? null : Bounded(login.Members) };

    private static IReadOnlyDictionary<string, string> Bounded(IReadOnlyDictionary<string, string> names) =>
        names.Count <= MaxPeople ? names : names.Take(MaxPeople).ToDictionary(pair => pair.Key, pair => pair.Value);
}
