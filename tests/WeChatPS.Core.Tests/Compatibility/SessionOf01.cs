using System;
using System.IO;
using System.IO.Hashing;
using System.Net;
using System.Security;
using System.Text;
using System.Text.Json.Nodes;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS.Core.Tests.Compatibility;

/// <summary>A copy of the session folder that version 0.1 wrote; <c>tests/fixtures/session-0.1/README.md</c> says what it holds.</summary>
internal sealed class SessionOf01 : IDisposable
{
    public const string Name = "fixture";

    private static readonly string s_fixture = Path.Combine(Metadata.Of("Repository"), "tests", "fixtures", "session-0.1");

    private readonly TemporaryFolder _store = new();

    public SessionOf01()
    {
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.GetFiles(Path.Combine(s_fixture, Name)))
        {
            // A file's mode in a working copy is whatever Git and its user chose; 0.1 left the files to their owner alone.
            string copy = Path.Combine(Folder, Path.GetFileName(file));
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>When 0.1 saved the session: its cookies are good then.</summary>
    public static DateTimeOffset Saved { get; } = new DateTimeOffset(2026, 11, 30, 9, 35, 32, TimeSpan.Zero).AddTicks(1_578_482);

    /// <summary>The text that Export-WeChatSession gave.</summary>
    public static SecureString Export => new NetworkCredential("", File.ReadAllText(Path.Combine(s_fixture, "export.txt"))).SecurePassword;

    public string Store => _store.Path;

    public string DeadLetters => Path.Combine(Folder, "dead-letters.jsonl");

    public string Identities => Path.Combine(Folder, "identities.json");

    private string Folder => _store[Name];

    public SessionFolder Open() => new SessionStore(Store).Open(Name);

    public SavedSession Load()
    {
        using SessionFolder folder = Open();
        return folder.Load()!;
    }

    public Inbox OpenInbox(out string? damagedCopy) => Inbox.OpenFile(Path.Combine(Folder, "inbox.log"), DeadLetters, Saved, out damagedCopy);

    /// <summary>Changes what session.json says and writes the checksum again, as the format of 0.1 has it.</summary>
    /// <param name="endpoint">The server that the session belongs to from now on.</param>
    /// <param name="uin">The account's number; null leaves it.</param>
    public void MoveTo(Uri endpoint, long? uin = null)
    {
        string path = Path.Combine(Folder, "session.json");
        JsonNode session = JsonNode.Parse(File.ReadAllBytes(path))!["session"]!;
        session["endpoint"] = endpoint.ToString();
        if (uin is not null)
        {
            JsonNode secrets = JsonNode.Parse(Convert.FromBase64String(session["secrets"]!.GetValue<string>()))!;
            secrets["credentials"]!["uin"] = uin;
            session["secrets"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(secrets.ToJsonString()));
        }

        string json = session.ToJsonString();
        File.WriteAllText(path, $$"""{"version":1,"checksum":"{{XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(json)):x16}}","session":{{json}}}""");
    }

    public void Dispose() => _store.Dispose();
}
