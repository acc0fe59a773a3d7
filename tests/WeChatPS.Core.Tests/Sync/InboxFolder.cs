using System;
using System.IO;
using WeChatPS.Sync;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>A folder of its own for an inbox on disk.</summary>
internal sealed class InboxFolder : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);

    // in memory where there is such a place: closing an inbox flushes to disk, and some tests open thousands
    private static readonly string s_parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public InboxFolder() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(s_parent, "wechatps-inbox-" + Guid.NewGuid().ToString("N"));

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
