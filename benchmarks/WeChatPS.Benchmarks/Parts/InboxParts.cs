using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using WeChatPS.Sync;

namespace WeChatPS.Benchmarks;

/// <summary>The life of a message in the inbox on disk: a batch taken in, each message given out and handed over; compaction included.</summary>
public class InboxParts : IDisposable
{
    private Store _store = null!;
    private Inbox _inbox = null!;
    private ReadOnlyMemory<byte>[] _texts = [];
    private ulong _id;

    [Params(50, 500)]
    public int Messages { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _store = new Store();
        _inbox = Inbox.OpenFile(Path.Combine(_store.Path, "inbox.log"), Path.Combine(_store.Path, "dead"), DateTimeOffset.UnixEpoch, out _);
        _inbox.StartLogin(1, new SyncCursor("1_0"));
        _texts = [.. Enumerable.Range(1, Messages).Select(n => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(SyncReplies.Message(n))))];
    }

    [Benchmark]
    public int AppendTakeHandOver()
    {
        var items = new List<SyncItem>(Messages);
        foreach (ReadOnlyMemory<byte> text in _texts) items.Add(new SyncItem(++_id, text));
        _inbox.Append(new SyncBatch(items, new SyncCursor(_id.ToString(CultureInfo.InvariantCulture)), true));
        int taken = 0;
        for (; _inbox.TryTake(out InboxEntry entry); taken++) _inbox.HandedOver(entry.Sequence);
        return taken;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _inbox.Dispose();
        _store.Dispose();
        GC.SuppressFinalize(this);
    }
}
