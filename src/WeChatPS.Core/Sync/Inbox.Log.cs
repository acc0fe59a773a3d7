using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace WeChatPS.Sync;

/// <content>Restores the inbox from its log, loads its batches and compacts the log.</content>
internal sealed partial class Inbox
{
    private const long CompactAt = 4L * 1024 * 1024;

    private long _waiting;
    private long _compactAbove;
    private bool _hasEarlierIds;

    /// <summary>Opens the inbox of a session's folder, or creates it.</summary>
    /// <param name="path">The log file.</param>
    /// <param name="deadLetterPath">The dead-letter file.</param>
    /// <param name="now">The time for the name of the copy of a damaged log.</param>
    /// <param name="damagedCopy">The path of the copy of a damaged log; null when the log was intact. Messages lost in the damage are fetched again.</param>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InboxUnavailable"/>: the file cannot be opened.</exception>
    public static Inbox OpenFile(string path, string deadLetterPath, DateTimeOffset now, out string? damagedCopy)
    {
        InboxLog? log = null;
        try
        {
            log = InboxLog.OpenFile(path);
            var inbox = new Inbox(log, new DeadLetters(deadLetterPath));
            damagedCopy = inbox.Restore(now);
            inbox.HoldReserve();
            return inbox;
        }
        catch (Exception e)
        {
            log?.Dispose();
            if (IsDisk(e)) throw Unavailable(e);
            throw;
        }
    }

    /// <summary>Closes the log and erases the texts of acknowledged messages from it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            MarkHanded();
            _log.GiveUpReserve();

            // Without it, the texts stay in the log, and at worst a message is redelivered. This is no reason to fail.
            TryCompact();
            _disposed = true;
            _log.Dispose();
        }
    }

    // An ObjectDisposedException: the log could not be reopened after a rewrite.
    private static bool IsDisk(Exception e) => e is IOException or UnauthorizedAccessException or ObjectDisposedException;

    private static WeChatException Unavailable(Exception e) => new(
        WeChatErrorReason.InboxUnavailable, $"The session's inbox cannot be read or written. Fetching stops, and the messages are still on the server. {e.Message}", e);

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
            _lacking = record.Count;
            throw Unavailable(e);
        }

        return position;
    }

    private void Add(InboxSegment segment)
    {
        _segments.AddLast(segment);
        _waiting += segment.PayloadLength;
    }

    // One segment at a time, into a reused buffer. Recently appended data is still in the system's cache.
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
        if (!_hasEarlierIds)
        {
            foreach (ulong id in _window.Ids) _window.NoteEarlier(id);
        }

        if (before.Count == 0)
        {
            if (!_hasEarlierIds) TryAppend(RecordKind.Earlier, InboxRecords.Ids(_window.EarlierIds));
            return null;
        }

        // A batch may be lost in the damage. Go back to the cursor before it: the window removes duplicates of intact messages.
        // A cursor of another login cannot be used.
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
                _window.Hold(head.Count);
                for (int i = 0; i < head.Count; i++) _window.Restore(InboxRecords.Id(payload, head, i));
                _pending += head.Count;
                _next = Math.Max(_next, head.First + head.Count);
                if (head.Count > 0) Add(new InboxSegment(head.Login, position, payload.Count, head.First, head.Count));
                for (int i = 0; i < head.Count; i++)
                {
                    // An erased text means an acknowledged message, even if the log ends before its mark.
                    if (InboxRecords.TextLength(payload, head, i) == 0) RestoreMark(MarkKind.Handed, head.First + i, 0);
                }

                break;
            case RecordKind.Login when InboxRecords.TryReadLogin(payload, out _, out _, out long next):
                _next = Math.Max(_next, next);
                break;
            case RecordKind.Window:
                // As many as it held.
                _window.Hold(payload.Count / sizeof(ulong) / 2);
                foreach (ulong id in InboxRecords.ReadIds(payload)) _window.Restore(id);
                break;
            case RecordKind.Earlier:
                _hasEarlierIds = true;
                foreach (ulong id in InboxRecords.ReadIds(payload)) _window.NoteEarlier(id);
                break;
            case RecordKind.Mark when InboxRecords.TryReadMark(payload, out MarkKind mark, out long sequence, out int deliveries):
                RestoreMark(mark, sequence, deliveries);
                break;
        }
    }

    private void RestoreMark(MarkKind mark, long sequence, int deliveries)
    {
        if (mark == MarkKind.Doubted) RestoreDoubt();
        if (mark == MarkKind.HandedThenGiven) RestoreMark(MarkKind.Handed, sequence - 1, 0);
        if (mark == MarkKind.Doubted || Find(sequence) is not { } node) return;
        if (mark is MarkKind.Given or MarkKind.HandedThenGiven) node.Value.SetDeliveries(sequence, deliveries);
        else if (!node.Value.IsDoneAt(sequence)) Done(node, sequence);
    }

    // Once, however often the disk was full: what may never have been delivered must not become a dead letter.
    private void RestoreDoubt()
    {
        foreach (InboxSegment segment in _segments)
        {
            for (long sequence = segment.First; sequence < segment.End; sequence++)
                segment.SetDeliveries(sequence, Math.Max(1, segment.DeliveriesAt(sequence)));
        }
    }

    private static (ulong Login, SyncCursor Cursor)? ReadCursor(RecordKind kind, ArraySegment<byte> payload) => kind switch
    {
        RecordKind.Batch when InboxRecords.TryReadBatch(payload, out BatchHead head) => (head.Login, head.Next),
        RecordKind.Login when InboxRecords.TryReadLogin(payload, out ulong login, out SyncCursor cursor, out _) => (login, cursor),
        _ => null,
    };

    private void CompactWhenWorthwhile()
    {
        if (_log.Length > Math.Max(Math.Max(CompactAt, 4 * (_waiting + LengthWithoutMessages)), _compactAbove)) TryCompact();
    }

    /// <summary>Compacts the log if possible. Deliveries do not depend on it: the old log is still complete.</summary>
    private bool TryCompact()
    {
        try
        {
            Compact();
            return true;
        }
        catch (WeChatException) when (_waiting <= RoomForMarks && _log.GiveUpReserve())
        {
            return TryCompact();
        }
        catch (WeChatException)
        {
            _compactAbove = _log.Length + (CompactAt / 4);
            return false;
        }
    }

    /// <summary>Rewrites the log with the window, the cursor and the pending messages only.</summary>
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

                // Written twice without pending messages, so that one copy survives damage.
                if (moved.Count == 0) fresh.Append(RecordKind.Login, new ArraySegment<byte>(login));

                // After the batches, whose ids may be older, and without their ids, so that a batch lost to damage can be fetched again.
                fresh.Append(RecordKind.Window, new ArraySegment<byte>(InboxRecords.Ids([.. _window.Ids.Where(id => !waiting.Contains(id))])));
                fresh.Append(RecordKind.Earlier, new ArraySegment<byte>(InboxRecords.Ids(_window.EarlierIds)));
                fresh.Append(RecordKind.Login, new ArraySegment<byte>(login));
            });
            ReplaceSegments(moved);
            (_isBehind, _compactAbove) = (false, 0);
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

        // The cursor to go back to if the first batch is damaged later.
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
