using System;
using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>
/// Where messages wait between the server and the pipeline. A batch is in the log before the key that would fetch it again is given up,
/// and a message leaves only when the pipeline took it; so a crash at any point loses nothing.
/// </summary>
/// <remarks>Thread-safe: the loop appends while a pipeline takes. What waits costs a few bytes a batch in memory; its text is on disk.</remarks>
internal sealed partial class Inbox : IDisposable
{
    /// <summary>How often a message is given out before it goes to the dead letters.</summary>
    public const int MaxDeliveries = 5;

    private readonly object _gate = new();
    private readonly InboxLog _log;
    private readonly DeadLetters _deadLetters;
    private readonly LinkedList<InboxSegment> _segments = new();
    private readonly MessageWindow _window = new();
    private readonly HashSet<ulong> _batchIds = [];
    private readonly byte[] _mark = new byte[InboxRecords.MarkLength];
    private LinkedListNode<InboxSegment>? _reading;
    private int _readingIndex;
    private long? _unmarked;
    private long _next;
    private ulong _login;
    private SyncCursor _cursor = new("");
    private bool _disposed;

    private Inbox(InboxLog log, DeadLetters deadLetters) => (_log, _deadLetters) = (log, deadLetters);

    /// <summary>Raised, outside any lock, when messages were added.</summary>
    public Action? Added { get; set; }

    /// <summary>Raised, outside any lock, when a message went to the dead letters; with the path of their file.</summary>
    public Action<string?>? DeadLettered { get; set; }

    /// <summary>Messages that wait, those given out and not yet taken included.</summary>
    public int Pending { get; private set; }

    /// <summary>New messages taken in since the inbox was opened.</summary>
    public long Received { get; private set; }

    /// <summary>An inbox that lives as long as the object.</summary>
    public static Inbox InMemory() => new(InboxLog.InMemory(), new DeadLetters(null));

    /// <summary>Where the next fetch starts.</summary>
    public SyncCursor Cursor
    {
        get
        {
            lock (_gate) return _cursor;
        }
    }

    /// <summary>The cursor of a login; empty when the inbox knows only other ones, whose keys must not be used.</summary>
    public SyncCursor CursorOf(ulong login)
    {
        lock (_gate) return _login == login ? _cursor : default;
    }

    /// <summary>Starts a new login with the cursor that the server gave it. Messages that wait stay.</summary>
    public void StartLogin(ulong login, SyncCursor cursor)
    {
        lock (_gate)
        {
            Append(RecordKind.Login, InboxRecords.Login(login, cursor, _next));
            (_login, _cursor) = (login, cursor);
        }
    }

    /// <summary>Takes a batch in, durably, together with the cursor that follows it. Doubles are dropped.</summary>
    /// <returns>How many messages were new.</returns>
    public int Append(SyncBatch batch)
    {
        int added;
        lock (_gate)
        {
            List<SyncItem> items = WithoutDoubles(batch.Items);
            added = items.Count;
            if (added == 0 && batch.Next == _cursor) return 0;
            byte[] record = InboxRecords.Batch(_login, batch.Next, _next, items);
            long position = Append(RecordKind.Batch, record);
            _cursor = batch.Next;
            foreach (SyncItem item in items) _window.Add(item.Id);
            if (added > 0) Add(new InboxSegment(position, record.Length - InboxLog.HeaderLength, _next, added), record);
            _next += added;
            Received += added;
        }

        if (added > 0) Added?.Invoke();
        return added;
    }

    /// <summary>Gives out the next message and notes, durably, that it was given.</summary>
    public bool TryTake(out InboxEntry entry)
    {
        int buried = 0;
        bool found;
        lock (_gate)
        {
            while ((found = MoveToNext()) && _reading!.Value.DeliveriesAt(_readingIndex) >= MaxDeliveries)
            {
                Bury(_reading.Value, _readingIndex);
                buried++;
            }

            entry = found ? Give(_reading!.Value, _readingIndex++) : default;
            if (!found) MarkHanded();
        }

        for (; buried > 0; buried--) DeadLettered?.Invoke(_deadLetters.Path);
        return found;
    }

    /// <summary>Notes that the pipeline took a message. The note is written together with the next one given, or by <see cref="Flush"/>.</summary>
    /// <returns>False when the message is not in the inbox (any more).</returns>
    public bool HandedOver(long sequence)
    {
        lock (_gate)
        {
            LinkedListNode<InboxSegment>? node = Find(sequence);
            if (node is null || !node.Value.SetDone((int)(sequence - node.Value.First))) return false;
            MarkHanded();
            _unmarked = sequence;
            Pending--;
            if (node.Value.IsDone && node != _reading) Remove(node);
            return true;
        }
    }

    /// <summary>Writes what <see cref="HandedOver"/> left unwritten.</summary>
    public void Flush()
    {
        lock (_gate) MarkHanded();
    }

    /// <summary>Starts again with the oldest message that was not taken.</summary>
    public void Rewind()
    {
        lock (_gate)
        {
            MarkHanded();
            _reading?.Value.Unload(ref _loaded);
            (_reading, _readingIndex) = (null, 0);
        }
    }

    private List<SyncItem> WithoutDoubles(IReadOnlyList<SyncItem> items)
    {
        _batchIds.Clear();
        var kept = new List<SyncItem>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            if (!_window.Contains(items[i].Id) && _batchIds.Add(items[i].Id)) kept.Add(items[i]);
        }

        return kept;
    }

    /// <summary>Leaves the reading position at the next message that is not done.</summary>
    private bool MoveToNext()
    {
        _reading ??= _segments.First;
        while (_reading is not null)
        {
            InboxSegment segment = _reading.Value;
            while (_readingIndex < segment.Count && segment.IsDoneAt(_readingIndex)) _readingIndex++;
            if (_readingIndex < segment.Count)
            {
                if (!segment.IsLoaded) Load(segment);
                return true;
            }

            LinkedListNode<InboxSegment>? next = _reading.Next;
            if (next is null && !segment.IsDone) return false;
            if (segment.IsDone) Remove(_reading);
            else segment.Unload(ref _loaded);
            (_reading, _readingIndex) = (next, 0);
            CompactWhenWorthwhile();
        }

        return false;
    }

    private InboxEntry Give(InboxSegment segment, int index)
    {
        long sequence = segment.First + index;
        int deliveries = segment.DeliveriesAt(index) + 1;
        bool both = _unmarked == sequence - 1;
        if (!both) MarkHanded();
        Mark(both ? MarkKind.HandedThenGiven : MarkKind.Given, sequence, deliveries);
        _unmarked = null;
        segment.SetDeliveries(index, deliveries);
        return new InboxEntry(sequence, segment.TextAt(index), deliveries);
    }

    private void Bury(InboxSegment segment, int index)
    {
        MarkHanded();
        try
        {
            _deadLetters.Add(segment.TextAt(index));
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw Unavailable(e);
        }

        Mark(MarkKind.Dead, segment.First + index, MaxDeliveries);
        segment.SetDone(index);
        Pending--;
    }

    private LinkedListNode<InboxSegment>? Find(long sequence)
    {
        if (_reading is not null && _reading.Value.Holds(sequence)) return _reading;
        LinkedListNode<InboxSegment>? node = _segments.First;
        while (node is not null && !node.Value.Holds(sequence)) node = node.Next;
        return node;
    }

    private void MarkHanded()
    {
        if (_unmarked is not long sequence) return;
        Mark(MarkKind.Handed, sequence, 0);
        _unmarked = null;
    }
}
