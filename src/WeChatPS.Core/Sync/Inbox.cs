using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Sync;

/// <summary>
/// Stores pending messages between the server and the pipeline. A batch is in the log before its sync key is replaced, and a message
/// is removed only when the pipeline has acknowledged it. Therefore a crash at any point loses no message.
/// </summary>
/// <remarks>Thread-safe: the loop appends while a pipeline reads. Pending messages take a few bytes a batch in memory. Their text is on disk.</remarks>
internal sealed partial class Inbox : IDisposable
{
    /// <summary>The number of deliveries without acknowledgment after which a message moves to the dead-letter file.</summary>
    public const int MaxDeliveries = 5;

    // A longer record does not fit into the reused buffers. A single longer message is a piece of its own.
    private const int MaxPiece = 768 * 1024;

    // The memory of one huge batch is not kept.
    private const int MaxKeptIds = 4096;

    private const string TooManyMessages =
        "The server sends more messages in one response than can be recognized when they come again. Some may be delivered twice.";

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

    /// <summary>Raised outside any lock when messages were added.</summary>
    public Action? Added { get; set; }

    /// <summary>Raised outside any lock when a message moved to the dead-letter file, with the path of that file.</summary>
    public Action<string?>? DeadLettered { get; set; }

    /// <summary>The number of pending messages, including delivered ones without acknowledgment.</summary>
    public int Pending
    {
        get
        {
            lock (_gate) return _pending;
        }
    }

    /// <summary>The number of new messages since the inbox was opened.</summary>
    public long Received
    {
        get
        {
            lock (_gate) return _received;
        }
    }

    /// <summary>Creates an inbox in memory.</summary>
    public static Inbox InMemory() => Over(InboxLog.InMemory());

    /// <summary>Creates an inbox on an empty log, without a dead-letter file.</summary>
    public static Inbox Over(InboxLog log) => new(log, new DeadLetters(null));

    /// <summary>The cursor for the next fetch.</summary>
    public SyncCursor Cursor
    {
        get
        {
            lock (_gate) return _cursor;
        }
    }

    /// <summary>Gets the cursor of a login; empty if the inbox has only cursors of other logins, which must not be used.</summary>
    public SyncCursor CursorOf(ulong login)
    {
        lock (_gate) return _login == login ? _cursor : default;
    }

    /// <summary>The logins that fetched the pending messages.</summary>
    public IReadOnlyCollection<ulong> WaitingLogins
    {
        get
        {
            lock (_gate) return new HashSet<ulong>(_segments.Select(segment => segment.Login));
        }
    }

    /// <summary>Starts a new login with its cursor from the server. Pending messages remain.</summary>
    public void StartLogin(ulong login, SyncCursor cursor)
    {
        lock (_gate)
        {
            Append(RecordKind.Login, InboxRecords.Login(login, cursor, _next));
            (_login, _cursor) = (login, cursor);
        }
    }

    /// <summary>Stores a batch durably, together with the cursor that follows it. Duplicates are removed.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InboxUnavailable"/>: the cursor did not move, so the batch comes again.</exception>
    public BatchGain Append(SyncBatch batch)
    {
        long before = Received;
        try
        {
            lock (_gate)
            {
                ThrowUnlessReady();
                if (!_window.Hold(batch.Items.Count)) _untold ??= TooManyMessages;
                List<SyncItem> items = WithoutDuplicates(batch.Items);
                bool isProgress = items.Exists(item => item.Earns);
                if (isProgress) _window.StartReplay();
                Store(batch.Next, items);

                // Known messages are progress once, because a server that repeats a batch for ever must not earn speed by it.
                foreach (SyncItem item in batch.Items) isProgress |= _window.Brought(item.Id) && item.Earns;
                return new BatchGain(items.Count, isProgress);
            }
        }
        finally
        {
            if (Received > before) Added?.Invoke();
            Tell();
        }
    }

    /// <summary>Delivers the next message and records the delivery durably.</summary>
    public bool TryTake(out InboxEntry entry)
    {
        int moved = 0;
        try
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                CompactWhenWorthwhile();
                LinkedListNode<InboxSegment>? node;
                while ((node = MoveToNext()) is not null && node.Value.DeliveriesAt(_position) >= MaxDeliveries) moved += MoveToDeadLetters(node);
                if (node is null) MarkHanded();
                entry = node is null ? default : Deliver(node.Value);
                return node is not null;
            }
        }
        finally
        {
            for (; moved > 0; moved--) DeadLettered?.Invoke(_deadLetters.Path);
            Tell();
        }
    }

    /// <summary>Acknowledges a message. The record is written together with the next delivery, or by <see cref="Flush"/>.</summary>
    /// <param name="sequence">The message's number in the inbox.</param>
    /// <param name="login">The login that fetched the message, if the message may come from another inbox; otherwise null.</param>
    /// <returns>False when the message is not in the inbox.</returns>
    public bool HandedOver(long sequence, ulong? login = null)
    {
        try
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
        finally
        {
            Tell();
        }
    }

    /// <summary>Writes the acknowledgment that <see cref="HandedOver"/> has not written yet.</summary>
    public void Flush()
    {
        lock (_gate) MarkHanded();
        Tell();
    }

    /// <summary>Moves the reading position back to the oldest pending message.</summary>
    public void Rewind()
    {
        lock (_gate)
        {
            MarkHanded();
            _position = 0;
        }

        Tell();
    }

    private List<SyncItem> WithoutDuplicates(IReadOnlyList<SyncItem> items)
    {
        _batchIds.Clear();
        if (_batchIds.EnsureCapacity(0) > MaxKeptIds) _batchIds.TrimExcess();
        var kept = new List<SyncItem>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            SyncItem item = items[i];
            if (!_window.Knows(item.Id, item.EarlierId) && _batchIds.Add(item.Id)) kept.Add(item);
        }

        return kept;
    }

    /// <summary>Stores a batch in pieces, so that one of them can be loaded and copied in little memory. Only the last one moves the cursor.</summary>
    private void Store(SyncCursor next, List<SyncItem> items)
    {
        int first = 0;
        for (int length = 0, at = 0; at < items.Count; at++)
        {
            length += items[at].Raw.Length;
            if (at == first || length <= MaxPiece) continue;
            StorePiece(_cursor, items.GetRange(first, at - first));
            (first, length) = (at, items[at].Raw.Length);
        }

        if (first < items.Count || next != _cursor) StorePiece(next, first == 0 ? items : items.GetRange(first, items.Count - first));
    }

    private void StorePiece(SyncCursor next, List<SyncItem> items)
    {
        ArraySegment<byte> record = InboxRecords.Batch(_record, _login, _cursor, next, _next, items);
        long position = Append(RecordKind.Batch, record);
        _cursor = next;
        foreach (SyncItem item in items) _window.Add(item.Id);
        if (items.Count > 0) Add(new InboxSegment(_login, position, record.Count - InboxLog.HeaderLength, _next, items.Count));
        else CompactWhenWorthwhile();
        _next += items.Count;
        _pending += items.Count;
        _received += items.Count;
    }

    /// <summary>Moves the reading position to the next pending message.</summary>
    /// <returns>The loaded segment; null when no message is pending.</returns>
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

    private InboxEntry Deliver(InboxSegment segment)
    {
        long sequence = _position;
        int deliveries = segment.DeliveriesAt(sequence) + 1;
        bool both = _unmarked == sequence - 1;
        if (!both) MarkHanded();
        Mark(both ? MarkKind.HandedThenGiven : MarkKind.Given, sequence, deliveries);
        _unmarked = null;
        segment.SetDeliveries(sequence, deliveries);

        // A copy: the buffer is reused, and a message that a script keeps must not keep a whole batch in memory.
        var entry = new InboxEntry(sequence, segment.TextAt(sequence).ToArray(), deliveries, segment.Login);
        if (++_position == segment.End) Unload();
        return entry;
    }

    /// <returns>The number of messages that were moved. A message that cannot be moved is passed over.</returns>
    private int MoveToDeadLetters(LinkedListNode<InboxSegment> node)
    {
        MarkHanded();
        if (!TryBury(node.Value.TextAt(_position)))
        {
            _position++;
            return 0;
        }

        Mark(MarkKind.Dead, _position, MaxDeliveries);
        Done(node, _position);
        return 1;
    }

    private void Done(LinkedListNode<InboxSegment> node, long sequence)
    {
        node.Value.SetDone(sequence);
        _pending--;
        if (node.Value.IsDone) Remove(node);
    }

    private LinkedListNode<InboxSegment>? Find(long sequence) => Seek(sequence) is { } node && node.Value.Holds(sequence) ? node : null;

    /// <summary>Finds the oldest segment that ends after a message's number. The search starts at the last result, which is usually near.</summary>
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
