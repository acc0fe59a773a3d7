using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace WeChatPS.Sync;

/// <summary>The step of a message that a <see cref="RecordKind.Mark"/> records.</summary>
internal enum MarkKind : byte
{
    /// <summary>Delivered to a pipeline. The mark contains the number of deliveries.</summary>
    Given = 1,

    /// <summary>Acknowledged.</summary>
    Handed = 2,

    /// <summary>The previous message was acknowledged and this one delivered, in one write.</summary>
    HandedThenGiven = 3,

    /// <summary>Moved to the dead-letter file.</summary>
    Dead = 4,

    /// <summary>Every pending message may have been delivered once more, because the disk was full and deliveries could not be recorded.</summary>
    Doubted = 5,
}

/// <summary>The head of a batch record: its login, cursors and message numbers.</summary>
/// <param name="Login">The login that fetched the batch.</param>
/// <param name="From">The cursor that fetched the batch.</param>
/// <param name="Next">The cursor that follows the batch.</param>
/// <param name="First">The number of the first message.</param>
/// <param name="Count">The number of messages.</param>
/// <param name="IdsAt">The offset of the ids in the payload.</param>
internal readonly record struct BatchHead(ulong Login, SyncCursor From, SyncCursor Next, long First, int Count, int IdsAt)
{
    public int LengthsAt => IdsAt + (Count * sizeof(ulong));

    public int TextsAt => LengthsAt + (Count * sizeof(int));
}

/// <summary>The byte layout of the inbox's records. Little endian; Every record starts with <see cref="InboxLog.HeaderLength"/> free bytes.</summary>
internal static class InboxRecords
{
    private const int BatchFixed = 28;

    public static ArraySegment<byte> Batch(
        ReusableBuffer buffer, ulong login, SyncCursor from, SyncCursor next, long first, IReadOnlyList<SyncItem> items)
    {
        int fromLength = Encoding.UTF8.GetByteCount(from.Value), nextLength = Encoding.UTF8.GetByteCount(next.Value), texts = 0;
        for (int i = 0; i < items.Count; i++) texts = checked(texts + items[i].Raw.Length);
        int nextAt = BatchFixed + fromLength, idsAt = nextAt + nextLength;
        int length = checked(InboxLog.HeaderLength + idsAt + (items.Count * 12) + texts);
        byte[] record = buffer.AtLeast(length);
        Span<byte> payload = record.AsSpan(InboxLog.HeaderLength);
        BinaryPrimitives.WriteUInt64LittleEndian(payload, login);
        BinaryPrimitives.WriteInt64LittleEndian(payload.Slice(8), first);
        BinaryPrimitives.WriteInt32LittleEndian(payload.Slice(16), items.Count);
        BinaryPrimitives.WriteInt32LittleEndian(payload.Slice(20), fromLength);
        BinaryPrimitives.WriteInt32LittleEndian(payload.Slice(24), nextLength);
        Encoding.UTF8.GetBytes(from.Value, 0, from.Value.Length, record, InboxLog.HeaderLength + BatchFixed);
        Encoding.UTF8.GetBytes(next.Value, 0, next.Value.Length, record, InboxLog.HeaderLength + nextAt);
        int lengthsAt = idsAt + (items.Count * sizeof(ulong)), textAt = lengthsAt + (items.Count * sizeof(int));
        for (int i = 0; i < items.Count; i++)
        {
            SyncItem item = items[i];
            BinaryPrimitives.WriteUInt64LittleEndian(payload.Slice(idsAt + (i * sizeof(ulong))), item.Id);
            BinaryPrimitives.WriteInt32LittleEndian(payload.Slice(lengthsAt + (i * sizeof(int))), item.Raw.Length);
            item.Raw.Span.CopyTo(payload.Slice(textAt));
            textAt += item.Raw.Length;
        }

        return new ArraySegment<byte>(record, 0, length);
    }

    /// <returns>False when the payload is inconsistent. A valid checksum does not exclude this for a forged file.</returns>
    public static bool TryReadBatch(ReadOnlySpan<byte> payload, out BatchHead head)
    {
        head = default;
        if (payload.Length < BatchFixed) return false;
        long first = BinaryPrimitives.ReadInt64LittleEndian(payload.Slice(8));
        int count = BinaryPrimitives.ReadInt32LittleEndian(payload.Slice(16));
        int fromLength = BinaryPrimitives.ReadInt32LittleEndian(payload.Slice(20));
        int nextLength = BinaryPrimitives.ReadInt32LittleEndian(payload.Slice(24));
        if (first < 0 || count < 0 || fromLength < 0 || nextLength < 0) return false;
        if (BatchFixed + (long)fromLength + nextLength + (count * 12L) > payload.Length) return false;
        int nextAt = BatchFixed + fromLength;
        var from = new SyncCursor(Encoding.UTF8.GetString(payload.Slice(BatchFixed, fromLength).ToArray()));
        var next = new SyncCursor(Encoding.UTF8.GetString(payload.Slice(nextAt, nextLength).ToArray()));
        head = new BatchHead(BinaryPrimitives.ReadUInt64LittleEndian(payload), from, next, first, count, nextAt + nextLength);
        long texts = 0;
        for (int i = 0; i < count; i++)
        {
            int length = TextLength(payload, head, i);
            if (length < 0) return false;
            texts += length;
        }

        return head.TextsAt + texts == payload.Length;
    }

    public static ulong Id(ReadOnlySpan<byte> payload, in BatchHead head, int index) =>
        BinaryPrimitives.ReadUInt64LittleEndian(payload.Slice(head.IdsAt + (index * sizeof(ulong))));

    public static int TextLength(ReadOnlySpan<byte> payload, in BatchHead head, int index) =>
        BinaryPrimitives.ReadInt32LittleEndian(payload.Slice(head.LengthsAt + (index * sizeof(int))));

    /// <summary>Fills <paramref name="record"/>, a reusable array of <see cref="MarkLength"/> bytes.</summary>
    public static void WriteMark(byte[] record, MarkKind kind, long sequence, int deliveries)
    {
        long value = (sequence << 16) | ((long)(byte)kind << 8) | (byte)Math.Min(deliveries, byte.MaxValue);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(InboxLog.HeaderLength), value);
    }

    public const int MarkLength = InboxLog.HeaderLength + sizeof(long);

    public static bool TryReadMark(ReadOnlySpan<byte> payload, out MarkKind kind, out long sequence, out int deliveries)
    {
        long value = payload.Length == sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(payload) : 0;
        (kind, sequence, deliveries) = ((MarkKind)(byte)(value >> 8), value >> 16, (byte)value);
        return kind is >= MarkKind.Given and <= MarkKind.Doubted;
    }

    public static byte[] Login(ulong login, SyncCursor cursor, long next)
    {
        byte[] text = Encoding.UTF8.GetBytes(cursor.Value);
        byte[] record = new byte[InboxLog.HeaderLength + 16 + text.Length];
        Span<byte> payload = record.AsSpan(InboxLog.HeaderLength);
        BinaryPrimitives.WriteUInt64LittleEndian(payload, login);
        BinaryPrimitives.WriteInt64LittleEndian(payload.Slice(8), next);
        text.CopyTo(payload.Slice(16));
        return record;
    }

    public static bool TryReadLogin(ReadOnlySpan<byte> payload, out ulong login, out SyncCursor cursor, out long next)
    {
        (login, cursor, next) = (0, default, 0);
        if (payload.Length < 16) return false;
        login = BinaryPrimitives.ReadUInt64LittleEndian(payload);
        next = BinaryPrimitives.ReadInt64LittleEndian(payload.Slice(8));
        cursor = new SyncCursor(Encoding.UTF8.GetString(payload.Slice(16).ToArray()));
        return next >= 0;
    }

    /// <summary>The ids of a <see cref="RecordKind.Window"/> or <see cref="RecordKind.Earlier"/>.</summary>
    public static byte[] Ids(IReadOnlyCollection<ulong> ids)
    {
        byte[] record = new byte[InboxLog.HeaderLength + (ids.Count * sizeof(ulong))];
        int at = InboxLog.HeaderLength;
        foreach (ulong id in ids)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(at), id);
            at += sizeof(ulong);
        }

        return record;
    }

    public static IEnumerable<ulong> ReadIds(ArraySegment<byte> payload)
    {
        for (int at = 0; at + sizeof(ulong) <= payload.Count; at += sizeof(ulong))
            yield return BinaryPrimitives.ReadUInt64LittleEndian(payload.AsSpan(at));
    }
}
