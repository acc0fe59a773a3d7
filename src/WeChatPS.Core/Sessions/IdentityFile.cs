using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace WeChatPS.Sessions;

/// <summary>What identities.json holds.</summary>
/// <param name="Login">A digest of the login in which the user names are good.</param>
/// <param name="People">The ids.</param>
/// <param name="Logins">What user names mean, in this login and in earlier ones whose messages wait; null in files of before.</param>
internal sealed record StoredIdentities(string Login, IReadOnlyList<Identity> People, IReadOnlyList<LoginNames>? Logins = null);

/// <summary>
/// The ids that survive logins, and whose the user names were that do not, on disk beside the session: the server gives ids once a login, and
/// only those of recent conversations.
/// </summary>
internal static class IdentityFile
{
    // far more than anybody has conversations
    private const int MaxPeople = 20_000;

    // messages that wait longer than this are rare, and are not lost: only whose they are is not known
    private const int MaxLogins = 4;

    private const int MaxLength = 32 * 1024 * 1024;

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">The disk says no.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is not accessible.</exception>
    /// <exception cref="WeChatException">A newer version wrote it (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public static StoredIdentities? Read(string path)
    {
        if (!File.Exists(path)) return null;
        if (new FileInfo(path).Length > MaxLength) throw new InvalidDataException("it is far too large");
        try
        {
            ReadOnlyMemory<byte> json = SessionEnvelope.Unwrap(File.ReadAllBytes(path));
            StoredIdentities? stored = JsonSerializer.Deserialize(json.Span, SessionJson.Default.StoredIdentities);
            bool isWhole = stored?.People is not null && stored.People.All(one => one is { Id.Length: > 0, UserName: not null, Fingerprint: not null })
                && stored.Logins?.All(one => one is { Login: not null, Self: not null, Ids: not null } && !one.Ids.Values.Contains(null!) && one.Members?.Values.Contains(null!) != true) != false;
            return isWhole ? stored : throw new InvalidDataException("it lacks ids");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("it is not the JSON that was written", e);
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">The disk says no.</exception>
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
