using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>A full disk holds back nothing that is in the inbox, and it is noticed before a batch is taken.</summary>
public sealed class InboxFullDiskTests : IDisposable
{
    private readonly FaultyStream _disk = new();
    private readonly List<string> _said = [];
    private readonly Inbox _inbox;

    public InboxFullDiskTests()
    {
        _inbox = Inbox.Over(_disk.OpenLog());
        _inbox.Troubled = _said.Add;
        _inbox.StartLogin(1, new SyncCursor("init"));
    }

    public void Dispose() => _inbox.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Messages_whose_deliveries_cannot_be_recorded_are_delivered_and_this_is_said_once(int free)
    {
        _inbox.Append(Fetched.Batch("a", Fetched.Ids(1, 100)));
        _disk.Free = free;
        Assert.Equal(Fetched.Texts(Fetched.Ids(1, 100)), _inbox.TakeAll());
        _inbox.Flush();
        _inbox.Rewind();
        Assert.Empty(_inbox.GiveAll());
        Assert.Equal(0, _inbox.Pending);
        Assert.Equal(
            "Deliveries cannot be recorded in the session's inbox. After a crash, messages may be delivered again. "
            + "There is no free space for the session's inbox. New messages stay on the server. Free some space on the disk.",
            Assert.Single(_said));
    }

    [Theory]
    [InlineData("a hand-over")]
    [InlineData("Flush")]
    [InlineData("Rewind")]
    public void Whatever_cannot_record_a_hand_over_says_so(string what)
    {
        _inbox.Append(Fetched.Batch("a", 1, 2));
        List<InboxEntry> given = [.. _inbox.Given()];
        Assert.True(_inbox.HandedOver(given[0].Sequence));
        _disk.Free = 0;
        if (what == "Flush") _inbox.Flush();
        else if (what == "Rewind") _inbox.Rewind();
        else Assert.True(_inbox.HandedOver(given[1].Sequence));
        Assert.Single(_said);
    }

    [Fact]
    public void What_was_not_recorded_is_recorded_when_there_is_space_and_before_anything_is_added()
    {
        _inbox.Append(Fetched.Batch("a", 1, 2, 3));
        _disk.Free = 0;
        Assert.True(_inbox.TryTake(out InboxEntry first) && _inbox.HandedOver(first.Sequence));
        Assert.True(_inbox.TryTake(out InboxEntry second));
        Assert.Equal(1, second.DeliveryCount);
        _disk.Free = long.MaxValue;
        Assert.Equal(1, _inbox.Append(Fetched.Batch("b", 4)).Added);
        using InboxFolder killed = Killed();
        using Inbox afterKill = killed.Open(out string? copy);
        Assert.Null(copy);
        Assert.Equal([(Fetched.Text(2), 2), (Fetched.Text(3), 1), (Fetched.Text(4), 1)], afterKill.Given().Select(entry => (entry.Raw(), entry.DeliveryCount)));
    }

    [Fact]
    public void A_later_trouble_is_said_again()
    {
        _inbox.Append(Fetched.Batch("a", 1, 2, 3));
        foreach (int times in new[] { 1, 2 })
        {
            _disk.Free = 0;
            Assert.True(_inbox.TryTake(out _));
            _disk.Free = long.MaxValue;
            Assert.Null(_inbox.Obstacle());
            Assert.Equal(times, _said.Count);
        }
    }

    [Fact]
    public void A_disk_that_refused_a_batch_is_an_obstacle_until_that_batch_fits()
    {
        SyncBatch large = new([new SyncItem(7, new byte[300_000])], new SyncCursor("b"), false);
        Assert.Null(_inbox.Obstacle());
        _disk.Free = 200_000;
        Assert.Equal(WeChatErrorReason.InboxUnavailable, Assert.Throws<WeChatException>(() => _inbox.Append(large)).Reason);
        Assert.NotNull(_inbox.Obstacle());
        _disk.Free = 300_000;
        Assert.NotNull(_inbox.Obstacle());
        _disk.Free = 600_000;
        long length = _disk.Length;
        Assert.Null(_inbox.Obstacle());
        Assert.Equal(length, _disk.Length);
        Assert.Equal(new BatchGain(1, true), _inbox.Append(large));
        Assert.Null(_inbox.Obstacle());
    }

    [Fact]
    public void A_crash_while_the_space_is_tried_leaves_an_intact_log()
    {
        using var folder = new InboxFolder();
        byte[] tried;
        using (InboxLog log = InboxLog.OpenFile(folder.Log))
        {
            log.Append(RecordKind.Login, new ArraySegment<byte>(InboxRecords.Login(1, new SyncCursor("a"), 0)));
            var probe = new WatchedStream();
            using InboxLog other = InboxLog.Over(probe);
            other.HasRoomFor(200_000);
            tried = probe.Longest!;
            Assert.Equal(200_000, tried.Length);
        }

        foreach (int cut in new[] { 1, 5, 12, 100_000, 200_000 })
        {
            using InboxFolder killed = InboxFolder.With([.. File.ReadAllBytes(folder.Log), .. tried[..cut]]);
            using Inbox inbox = killed.Open(out string? copy);
            Assert.Null(copy);
            Assert.Equal("a", inbox.CursorOf(1).Value);
        }
    }

    [Fact]
    public void After_doubts_every_pending_message_counts_as_delivered_once_more_and_never_again()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open()) inbox.Append(Fetched.Batch("a", 1, 2));
        byte[] mark = new byte[InboxRecords.MarkLength];
        using (var stream = new MemoryStream())
        {
            using InboxLog log = InboxLog.Over(stream);
            for (int crash = 0; crash < 10; crash++)
            {
                InboxRecords.WriteMark(mark, MarkKind.Doubted, 0, 0);
                log.Append(RecordKind.Mark, new ArraySegment<byte>(mark));
            }

            using FileStream file = new(folder.Log, FileMode.Append);
            file.Write(stream.ToArray());
        }

        using Inbox again = folder.Open(out string? copy);
        Assert.Null(copy);
        Assert.Equal([2, 2], again.Given().Select(entry => entry.DeliveryCount));
    }

    [Fact]
    public void A_compaction_that_fails_holds_no_message_back_and_is_not_tried_with_each_one()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        for (int batch = 0; batch < 60; batch++) inbox.Append(Large($"k{batch}", batch * 100, 100));
        string blocked = folder.Log + ".new";
        Directory.CreateDirectory(Path.Combine(blocked, "x")); // No file can be there: a rewrite fails, as on a full disk.
        int taken = 0;
        for (; inbox.TryTake(out InboxEntry entry); taken++) Assert.True(inbox.HandedOver(entry.Sequence));
        Assert.Equal(6000, taken);
        Directory.Delete(blocked, recursive: true);
    }

    // 48 MB, of which more than three quarters must be done: from 36 MB on after each further MB.
    [Fact]
    public void A_compaction_that_fails_is_tried_again_after_another_megabyte()
    {
        for (int batch = 0; batch < 60; batch++) _inbox.Append(Large($"k{batch}", batch * 100, 100));
        _disk.Free = 100_000;
        for (int taken = 0; taken < 5900; taken++) Assert.True(_inbox.TryTake(out InboxEntry entry) && _inbox.HandedOver(entry.Sequence));
        Assert.Equal(2, _disk.Files);
        for (int batch = 60; _disk.Files == 2; batch++)
        {
            Assert.InRange(batch, 60, 63);
            _disk.Free = 900_000;
            _inbox.Append(Large($"k{batch}", batch * 100, 100));
            _disk.Free = 0;
            Assert.True(_inbox.TryTake(out _));
        }
    }

    [Fact]
    public void A_huge_batch_is_stored_in_pieces_and_a_disk_that_fills_up_on_the_way_costs_and_doubles_nothing()
    {
        SyncBatch batch = Large("b", 1, 1000);
        _disk.Free = 3_000_000;
        Assert.Throws<WeChatException>(() => _inbox.Append(batch));
        Assert.Equal("init", _inbox.Cursor.Value);
        Assert.InRange(_inbox.Pending, 1, 999);
        int before = _inbox.Pending;
        _disk.Free = long.MaxValue;
        Assert.Equal(new BatchGain(1000 - before, true), _inbox.Append(batch));
        Assert.Equal("b", _inbox.Cursor.Value);
        Assert.Equal(Enumerable.Range(1, 1000), _inbox.TakeAll().Select(text => int.Parse(text.AsSpan(0, 8).Trim())));
    }

    private static SyncBatch Large(string next, int first, int count) => new(
        [.. Enumerable.Range(first, count).Select(i => new SyncItem((ulong)i, Encoding.UTF8.GetBytes($"{i,8}" + new string('.', 8000))))],
        new SyncCursor(next), false);

    private InboxFolder Killed() => InboxFolder.With(_disk.Content);

    /// <summary>Remembers its content at its longest.</summary>
    private sealed class WatchedStream : MemoryStream
    {
        public byte[]? Longest { get; private set; }

        public override void SetLength(long value)
        {
            if (Length > (Longest?.Length ?? 0)) Longest = ToArray();
            base.SetLength(value);
        }
    }
}
