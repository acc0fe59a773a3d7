using System;
using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>One batch of the log in memory: a few numbers while it is pending, and its text only while it is delivered.</summary>
internal sealed class InboxSegment(ulong login, long position, int payloadLength, long first, int count)
{
    private byte[]? _payload;
    private int[]? _ends;
    private BatchHead _head;
    private byte[]? _deliveries;
    private bool[]? _done;

    /// <summary>The login that fetched the batch.</summary>
    public ulong Login { get; } = login;

    public long Position { get; } = position;

    public int PayloadLength { get; } = payloadLength;

    public long First { get; } = first;

    public int Count { get; } = count;

    /// <summary>The number after the batch's last message.</summary>
    public long End => First + Count;

    /// <summary>The head of the record, available only while the segment is loaded.</summary>
    public BatchHead Head => _head;

    public int DoneCount { get; private set; }

    public bool IsDone => DoneCount == Count;

    public bool Holds(long sequence) => sequence >= First && sequence < End;

    public bool IsDoneAt(long sequence) => _done is not null && _done[sequence - First];

    public int DeliveriesAt(long sequence) => _deliveries?[sequence - First] ?? 0;

    public void SetDeliveries(long sequence, int deliveries)
    {
        _deliveries ??= new byte[Count];
        _deliveries[sequence - First] = (byte)Math.Min(deliveries, byte.MaxValue);
    }

    /// <summary>Notes that a message is done, which it was not before.</summary>
    public void SetDone(long sequence)
    {
        _done ??= new bool[Count];
        _done[sequence - First] = true;
        DoneCount++;
    }

    /// <summary>Sets the payload, which is at the start of the array.</summary>
    public void Load(byte[] payload)
    {
        ReadOnlySpan<byte> bytes = payload.AsSpan(0, PayloadLength);
        if (!InboxRecords.TryReadBatch(bytes, out BatchHead head) || head.First != First || head.Count != Count)
            throw new WeChatException(WeChatErrorReason.InboxUnavailable, "Another program changed the session's inbox on disk.");
        _head = head;
        _ends = new int[Count];
        int end = _head.TextsAt;
        for (int i = 0; i < Count; i++) _ends[i] = end += InboxRecords.TextLength(bytes, _head, i);
        _payload = payload;
    }

    public void Unload() => (_payload, _ends, _head) = (null, null, default);

    public ReadOnlyMemory<byte> TextAt(long sequence)
    {
        int index = (int)(sequence - First);
        int start = index == 0 ? _head.TextsAt : _ends![index - 1];
        return new ReadOnlyMemory<byte>(_payload, start, _ends![index] - start);
    }

    /// <summary>Gets the items for a rewritten log. An acknowledged message keeps its id and loses its text.</summary>
    public IReadOnlyList<SyncItem> Items()
    {
        var items = new SyncItem[Count];
        ReadOnlySpan<byte> payload = _payload.AsSpan(0, PayloadLength);
        for (int i = 0; i < Count; i++)
            items[i] = new SyncItem(InboxRecords.Id(payload, _head, i), IsDoneAt(First + i) ? ReadOnlyMemory<byte>.Empty : TextAt(First + i));
        return items;
    }
}
