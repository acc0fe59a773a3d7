using System;
using System.Collections.Generic;
using System.Linq;

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
    private readonly ReusableBuffer _record = new();
    private readonly ReusableBuffer _texts = new();
    private InboxSegment? _loaded;
    private LinkedListNode<InboxSegment>? _near;
    private long _position;
    private long? _unmarked;
    private int _pending;
    private long _received;
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
    public int Pending
    {
        get
        {
            lock (_gate) return _pending;
        }
    }

    /// <summary>New messages taken in since the inbox was opened.</summary>
    public long Received
    {
        get
        {
            lock (_gate) return _received;
        }
    }

    /// <summary>An inbox that lives as long as the object.</summary>
    public static Inbox InMemory() => Over(InboxLog.InMemory());

    /// <summary>An inbox that fills an empty log and keeps no dead letters.</summary>
    public static Inbox Over(InboxLog log) => new(log, new DeadLetters(null));

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

    /// <summary>The logins that fetched what waits.</summary>
    public IReadOnlyCollection<ulong> WaitingLogins
    {
        get
        {
            lock (_gate) return new HashSet<ulong>(_segments.Select(segment => segment.Login));
        }
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
            ArraySegment<byte> record = InboxRecords.Batch(_record, _login, _cursor, batch.Next, _next, items);
            long position = Append(RecordKind.Batch, record);
            _cursor = batch.Next;
            foreach (SyncItem item in items) _window.Add(item.Id);
            if (added > 0) Add(new InboxSegment(_login, position, record.Count - InboxLog.HeaderLength, _next, added));
            else CompactWhenWorthwhile();
            _next += added;
            _pending += added;
            _received += added;
        }

        if (added > 0) Added?.Invoke();
        return added;
    }

    /// <summary>Gives out the next message and notes, durably, that it was given.</summary>
    public bool TryTake(out InboxEntry entry)
    {
        int buried = 0;
        try
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                CompactWhenWorthwhile();
                LinkedListNode<InboxSegment>? node;
                for (; (node = MoveToNext()) is not null && node.Value.DeliveriesAt(_position) >= MaxDeliveries; buried++) Bury(node);
                if (node is null) MarkHanded();
                entry = node is null ? default : Give(node.Value);
                return node is not null;
            }
        }
        finally
        {
            for (; buried > 0; buried--) DeadLettered?.Invoke(_deadLetters.Path);
        }
    }

    /// <summary>Notes that the pipeline took a message. The note is written together with the next one given, or by <see cref="Flush"/>.</summary>
    /// <param name="sequence">Its number in the inbox.</param>
    /// <param name="login">The login that fetched it, for a message that may have been kept since another inbox; null where it is this one's for certain.</param>
    /// <returns>False when the message is not in the inbox (any more).</returns>
    public bool HandedOver(long sequence, ulong? login = null)
    {
        lock (_gate)
        {
            if (_disposed || Find(sequence) is not { } node || node.Value.IsDoneAt(sequence) || node.Value.Login != (login ?? node.Value.Login)) return false;
            MarkHanded();
            Done(node, sequence);
            _unmarked = sequence;
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
            _position = 0;
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

    /// <summary>Moves the reading position on to the next message that is not done.</summary>
    /// <returns>Its segment, loaded; null when there is none.</returns>
    private LinkedListNode<InboxSegment>? MoveToNext()
    {
        while (Seek(_position) is { } node)
        {
            InboxSegment segment = node.Value;
            _position = Math.Max(_position, segment.First);
            while (_position < segment.End && segment.IsDoneAt(_position)) _position++;
            if (_position < segment.End)
            {
                Load(segment);
                return node;
            }
        }

        return null;
    }

    private InboxEntry Give(InboxSegment segment)
    {
        long sequence = _position;
        int deliveries = segment.DeliveriesAt(sequence) + 1;
        bool both = _unmarked == sequence - 1;
        if (!both) MarkHanded();
        Mark(both ? MarkKind.HandedThenGiven : MarkKind.Given, sequence, deliveries);
        _unmarked = null;
        segment.SetDeliveries(sequence, deliveries);

        // its own copy: the buffer is used again, and a message that a script keeps must not keep a whole batch
        var entry = new InboxEntry(sequence, segment.TextAt(sequence).ToArray(), deliveries, segment.Login);
        if (++_position == segment.End) Unload();
        return entry;
    }

    private void Bury(LinkedListNode<InboxSegment> node)
    {
        MarkHanded();
        try
        {
            _deadLetters.Add(node.Value.TextAt(_position));
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw Unavailable(e);
        }

        Mark(MarkKind.Dead, _position, MaxDeliveries);
        Done(node, _position);
    }

    private void Done(LinkedListNode<InboxSegment> node, long sequence)
    {
        node.Value.SetDone(sequence);
        _pending--;
        if (node.Value.IsDone) Remove(node);
    }

    private LinkedListNode<InboxSegment>? Find(long sequence) => Seek(sequence) is { } node && node.Value.Holds(sequence) ? node : null;

    /// <summary>The oldest segment that reaches beyond a message's number. Looks from where it last found one: the next is mostly near.</summary>
    private LinkedListNode<InboxSegment>? Seek(long sequence)
    {
        LinkedListNode<InboxSegment>? node = _near ?? _segments.First;
        while (node is not null && node.Value.End <= sequence) node = node.Next;
        while (node?.Previous is { } before && before.Value.End > sequence) node = before;
        _near = node ?? _near;
        return node;
    }

    private void MarkHanded()
    {
        if (_disposed || _unmarked is not long sequence) return;
        Mark(MarkKind.Handed, sequence, 0);
        _unmarked = null;
    }
}
