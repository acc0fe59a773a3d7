using System;
using System.IO;
using WeChatPS.Sync;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>A folder of its own for an inbox on disk.</summary>
internal sealed class InboxFolder : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public InboxFolder() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "wechatps-inbox-" + Guid.NewGuid().ToString("N"));

    public string Log => Path.Combine(Root, "inbox.log");

    public string DeadLetters => Path.Combine(Root, "dead.jsonl");

    public Inbox Open() => Open(out _);

    public Inbox Open(out string? damagedCopy) => Inbox.OpenFile(Log, DeadLetters, s_now, out damagedCopy);

    /// <summary>The log as a kill would leave it now.</summary>
    public byte[] Snapshot()
    {
        using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A folder with that log in it.</summary>
    public static InboxFolder With(byte[] log)
    {
        var folder = new InboxFolder();
        File.WriteAllBytes(folder.Log, log);
        return folder;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
