using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace WeChatPS.Sync;

/// <content>How the inbox and its log agree: restoring, loading, compacting.</content>
internal sealed partial class Inbox
{
    private const long CompactAt = 4L * 1024 * 1024;

    private long _waiting;

    /// <summary>Opens the inbox of a session's folder, or creates it.</summary>
    /// <param name="path">The log file.</param>
    /// <param name="deadLetterPath">The file for messages that nobody takes.</param>
    /// <param name="now">For the name of a copy, should the log be damaged.</param>
    /// <param name="damagedCopy">Where a damaged log was copied to; null when it was whole. What the damage hid is fetched again.</param>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InboxUnavailable"/>: the file cannot be opened.</exception>
    public static Inbox OpenFile(string path, string deadLetterPath, DateTimeOffset now, out string? damagedCopy)
    {
        InboxLog? log = null;
        try
        {
            log = InboxLog.OpenFile(path);
            var inbox = new Inbox(log, new DeadLetters(deadLetterPath));
            damagedCopy = inbox.Restore(now);
            return inbox;
        }
        catch (Exception e)
        {
            log?.Dispose();
            if (IsDisk(e)) throw Unavailable(e);
            throw;
        }
    }

    /// <summary>Closes the log; texts that were handed over are erased from it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            try
            {
                MarkHanded();
                Compact();
            }
            catch (WeChatException)
            {
                // at worst a message comes once more; closing must not fail for that
            }

            _disposed = true;
            _log.Dispose();
        }
    }

    // a log that could not be opened again after it was rewritten stays closed
    private static bool IsDisk(Exception e) => e is IOException or UnauthorizedAccessException or ObjectDisposedException;

    private static WeChatException Unavailable(Exception e) => new(
        WeChatErrorReason.InboxUnavailable, $"The session's inbox cannot be read or written, so nothing more is fetched: {e.Message}", e);

    private long Append(RecordKind kind, byte[] record) => Append(kind, new ArraySegment<byte>(record));

    private long Append(RecordKind kind, ArraySegment<byte> record)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long position = _log.Length;
        try
        {
            _log.Append(kind, record);
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw Unavailable(e);
        }

        return position;
    }

    private void Mark(MarkKind kind, long sequence, int deliveries)
    {
        InboxRecords.WriteMark(_mark, kind, sequence, deliveries);
        Append(RecordKind.Mark, _mark);
    }

    private void Add(InboxSegment segment)
    {
        _segments.AddLast(segment);
        _waiting += segment.PayloadLength;
    }

    // one at a time, into memory that is used again: what was just appended is still in the system's cache
    private void Load(InboxSegment segment)
    {
        if (_loaded == segment) return;
        Unload();
        try
        {
            byte[] texts = _texts.AtLeast(segment.PayloadLength);
            _log.Read(segment.Position, texts, segment.PayloadLength);
            segment.Load(texts);
            _loaded = segment;
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw Unavailable(e);
        }
    }

    private void Unload()
    {
        _loaded?.Unload();
        _loaded = null;
    }

    private void Remove(LinkedListNode<InboxSegment> node)
    {
        if (_loaded == node.Value) Unload();
        _waiting -= node.Value.PayloadLength;
        if (_near == node) _near = node.Next ?? node.Previous;
        _segments.Remove(node);
    }

    private string? Restore(DateTimeOffset now)
    {
        var before = new List<(ulong Login, SyncCursor Cursor)>();
        _log.Replay(RestoreRecord, () => before.Add((_login, _cursor)));
        if (before.Count == 0) return null;

        // a batch may be lost in the damage: go back to the cursor before it, and let the window drop what was intact behind it;
        // where that was another login's there is no way back
        (ulong _, SyncCursor back) = before.Find(at => at.Login == _login && !at.Cursor.IsEmpty);
        if (!back.IsEmpty) _cursor = back;
        string? copy = _log.SetAside(now);
        Compact();
        return copy;
    }

    private void RestoreRecord(long position, RecordKind kind, ArraySegment<byte> payload)
    {
        if (ReadCursor(kind, payload) is { } at) (_login, _cursor) = at;
        switch (kind)
        {
            case RecordKind.Batch when InboxRecords.TryReadBatch(payload, out BatchHead head):
                for (int i = 0; i < head.Count; i++) _window.Add(InboxRecords.Id(payload, head, i));
                _pending += head.Count;
                _next = Math.Max(_next, head.First + head.Count);
                if (head.Count > 0) Add(new InboxSegment(head.Login, position, payload.Count, head.First, head.Count));
                for (int i = 0; i < head.Count; i++)
                {
                    // erased, so it was handed over; should the log end here, there is no mark to say so
                    if (InboxRecords.TextLength(payload, head, i) == 0) RestoreMark(MarkKind.Handed, head.First + i, 0);
                }

                break;
            case RecordKind.Login when InboxRecords.TryReadLogin(payload, out _, out _, out long next):
                _next = Math.Max(_next, next);
                break;
            case RecordKind.Window:
                foreach (ulong id in InboxRecords.ReadWindow(payload)) _window.Add(id);
                break;
            case RecordKind.Mark when InboxRecords.TryReadMark(payload, out MarkKind mark, out long sequence, out int deliveries):
                RestoreMark(mark, sequence, deliveries);
                break;
        }
    }

    private void RestoreMark(MarkKind mark, long sequence, int deliveries)
    {
        if (mark == MarkKind.HandedThenGiven) RestoreMark(MarkKind.Handed, sequence - 1, 0);
        if (Find(sequence) is not { } node) return;
        if (mark is MarkKind.Given or MarkKind.HandedThenGiven) node.Value.SetDeliveries(sequence, deliveries);
        else if (!node.Value.IsDoneAt(sequence)) Done(node, sequence);
    }

    private static (ulong Login, SyncCursor Cursor)? ReadCursor(RecordKind kind, ArraySegment<byte> payload) => kind switch
    {
        RecordKind.Batch when InboxRecords.TryReadBatch(payload, out BatchHead head) => (head.Login, head.Next),
        RecordKind.Login when InboxRecords.TryReadLogin(payload, out ulong login, out SyncCursor cursor, out _) => (login, cursor),
        _ => null,
    };

    private void CompactWhenWorthwhile()
    {
        if (_log.Length > Math.Max(CompactAt, 4 * _waiting)) Compact();
    }

    /// <summary>Rewrites the log with only what is still needed: the window, the cursor, the messages that wait.</summary>
    private void Compact()
    {
        try
        {
            var moved = new List<InboxSegment>(_segments.Count);
            var waiting = new HashSet<ulong>();
            _log.Rewrite(fresh =>
            {
                byte[] login = InboxRecords.Login(_login, _cursor, _next);
                foreach (InboxSegment segment in _segments) moved.Add(Copy(segment, fresh, waiting));

                // twice where nothing waits, so that damage to one leaves the other
                if (moved.Count == 0) fresh.Append(RecordKind.Login, new ArraySegment<byte>(login));

                // behind the batches, whose ids may be older; and without these, so that a batch lost to damage can be fetched again
                fresh.Append(RecordKind.Window, new ArraySegment<byte>(InboxRecords.Window([.. _window.Ids.Where(id => !waiting.Contains(id))])));
                fresh.Append(RecordKind.Login, new ArraySegment<byte>(login));
            });
            ReplaceSegments(moved);
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw Unavailable(e);
        }
    }

    private InboxSegment Copy(InboxSegment segment, InboxLog fresh, HashSet<ulong> ids)
    {
        Load(segment);
        BatchHead head = segment.Head;
        IReadOnlyList<SyncItem> items = segment.Items();
        ids.UnionWith(items.Select(item => item.Id));
        ArraySegment<byte> record = InboxRecords.Batch(_record, head.Login, head.From, head.Next, segment.First, items);

        // should the first batch be damaged one day, this is the cursor to go back to
        if (fresh.Length == 0) fresh.Append(RecordKind.Login, new ArraySegment<byte>(InboxRecords.Login(head.Login, head.From, segment.First)));
        var copy = new InboxSegment(head.Login, fresh.Length, record.Count - InboxLog.HeaderLength, segment.First, segment.Count);
        fresh.Append(RecordKind.Batch, record);
        for (long sequence = segment.First; sequence < segment.End; sequence++)
        {
            int deliveries = segment.DeliveriesAt(sequence);
            if (segment.IsDoneAt(sequence))
            {
                copy.SetDone(sequence);
            }
            else if (deliveries > 0)
            {
                copy.SetDeliveries(sequence, deliveries);
                InboxRecords.WriteMark(_mark, MarkKind.Given, sequence, deliveries);
                fresh.Append(RecordKind.Mark, new ArraySegment<byte>(_mark));
            }
        }

        return copy;
    }

    private void ReplaceSegments(List<InboxSegment> moved)
    {
        _segments.Clear();
        (_near, _loaded, _waiting) = (null, null, 0);
        foreach (InboxSegment segment in moved) Add(segment);
    }
}
