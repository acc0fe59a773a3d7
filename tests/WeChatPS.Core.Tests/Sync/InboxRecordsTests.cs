using System;
using System.Buffers.Binary;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>The bytes of the log. What does not fit together is refused, even if its checksum is right.</summary>
public sealed class InboxRecordsTests
{
    private const int FirstAt = 8;
    private const int CountAt = 16;
    private const int FromLengthAt = 20;
    private const int NextLengthAt = 24;
    private const int CursorsAt = 28;

    private static readonly SyncCursor s_from = new("von 键"), s_next = new("bis 键键");

    [Fact]
    public void A_batch_is_read_as_it_was_written()
    {
        byte[] payload = Batch(1, 2, 3);
        Assert.True(InboxRecords.TryReadBatch(payload, out BatchHead head));
        Assert.Equal((7UL, s_from, s_next, 40L, 3), (head.Login, head.From, head.Next, head.First, head.Count));
        Assert.Equal([1UL, 2UL, 3UL], Enumerable.Range(0, 3).Select(i => InboxRecords.Id(payload, head, i)));
        Assert.Equal(Fetched.Item(2).Raw.Length, InboxRecords.TextLength(payload, head, 1));
        Assert.Equal(Fetched.Item(1).Raw.ToArray(), payload.AsSpan(head.TextsAt, Fetched.Item(1).Raw.Length).ToArray());
    }

    [Fact]
    public void A_batch_without_messages_and_cursors_is_one()
    {
        ArraySegment<byte> record = InboxRecords.Batch(new ReusableBuffer(), 0, new SyncCursor(""), new SyncCursor(""), 0, []);
        byte[] payload = [.. record.Skip(InboxLog.HeaderLength)];
        Assert.Equal(CursorsAt, payload.Length);
        Assert.True(InboxRecords.TryReadBatch(payload, out BatchHead head));
        Assert.Equal((0, ""), (head.Count, head.Next.Value));
    }

    [Fact]
    public void A_batch_that_is_shorter_or_longer_than_it_says_is_refused()
    {
        byte[] payload = Batch(1, 2, 3);
        for (int length = 0; length < payload.Length; length++) Assert.False(InboxRecords.TryReadBatch(payload.AsSpan(0, length), out _), $"{length} bytes");
        Assert.False(InboxRecords.TryReadBatch((byte[])[.. payload, 0], out _));
    }

    [Theory]
    [InlineData(CountAt)]
    [InlineData(FromLengthAt)]
    [InlineData(NextLengthAt)]
    public void A_batch_with_an_impossible_number_is_refused(int at)
    {
        foreach (int number in new[] { -1, int.MinValue, int.MaxValue, 1_000_000 })
        {
            byte[] payload = Batch(1, 2);
            BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(at), number);
            Assert.False(InboxRecords.TryReadBatch(payload, out _));
        }
    }

    [Fact]
    public void A_batch_before_the_first_message_is_refused_and_one_at_it_is_not()
    {
        byte[] payload = Batch(1);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(FirstAt), -1);
        Assert.False(InboxRecords.TryReadBatch(payload, out _));
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(FirstAt), 0);
        Assert.True(InboxRecords.TryReadBatch(payload, out _));
    }

    [Fact]
    public void Texts_whose_lengths_only_add_up_are_refused()
    {
        byte[] payload = Batch(1, 2);
        Assert.True(InboxRecords.TryReadBatch(payload, out BatchHead head));
        int both = InboxRecords.TextLength(payload, head, 0) + InboxRecords.TextLength(payload, head, 1);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(head.LengthsAt), both + 5);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(head.LengthsAt + 4), -5);
        Assert.False(InboxRecords.TryReadBatch(payload, out _));
    }

    [Theory]
    [InlineData(MarkKind.Given, 0, 1, 1)]
    [InlineData(MarkKind.Handed, 1, 0, 0)]
    [InlineData(MarkKind.HandedThenGiven, 1L << 40, 255, 255)]
    [InlineData(MarkKind.Dead, 12, 256, 255)]
    [InlineData(MarkKind.Doubted, 0, 0, 0)]
    internal void A_mark_is_read_as_it_was_written(MarkKind kind, long sequence, int deliveries, int read)
    {
        byte[] record = new byte[InboxRecords.MarkLength];
        InboxRecords.WriteMark(record, kind, sequence, deliveries);
        Assert.True(InboxRecords.TryReadMark(record.AsSpan(InboxLog.HeaderLength), out MarkKind kindRead, out long sequenceRead, out int deliveriesRead));
        Assert.Equal((kind, sequence, read), (kindRead, sequenceRead, deliveriesRead));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(6, 8)]
    [InlineData(1, 7)]
    [InlineData(1, 9)]
    public void A_mark_of_another_kind_or_length_is_refused(int kind, int length)
    {
        byte[] payload = new byte[length];
        payload[1] = (byte)kind;
        Assert.False(InboxRecords.TryReadMark(payload, out _, out _, out _));
    }

    [Fact]
    public void A_login_is_read_as_it_was_written()
    {
        byte[] payload = [.. InboxRecords.Login(ulong.MaxValue, s_next, 12).Skip(InboxLog.HeaderLength)];
        Assert.True(InboxRecords.TryReadLogin(payload, out ulong login, out SyncCursor cursor, out long next));
        Assert.Equal((ulong.MaxValue, s_next, 12L), (login, cursor, next));
        Assert.False(InboxRecords.TryReadLogin(payload.AsSpan(0, 15), out _, out _, out _));
        Assert.True(InboxRecords.TryReadLogin(payload.AsSpan(0, 16), out _, out cursor, out _));
        Assert.True(cursor.IsEmpty);
        Assert.True(InboxRecords.TryReadLogin(InboxRecords.Login(1, s_next, 0).AsSpan(InboxLog.HeaderLength), out _, out _, out _));
        Assert.False(InboxRecords.TryReadLogin(InboxRecords.Login(1, s_next, -1).AsSpan(InboxLog.HeaderLength), out _, out _, out _));
    }

    [Fact]
    public void Ids_are_read_as_they_were_written_and_half_an_id_is_none()
    {
        ulong[] ids = [0, 1, ulong.MaxValue];
        byte[] payload = [.. InboxRecords.Ids(ids).Skip(InboxLog.HeaderLength)];
        Assert.Equal(ids, InboxRecords.ReadIds(payload));
        Assert.Equal(ids[..2], InboxRecords.ReadIds(payload[..^1]));
        Assert.Empty(InboxRecords.ReadIds(payload[..7]));
    }

    private static byte[] Batch(params ulong[] ids)
    {
        ArraySegment<byte> record = InboxRecords.Batch(new ReusableBuffer(), 7, s_from, s_next, 40, [.. ids.Select(Fetched.Item)]);
        return [.. record.Skip(InboxLog.HeaderLength)];
    }
}
