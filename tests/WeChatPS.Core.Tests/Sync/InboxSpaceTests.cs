using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>On a disk that tells its free space, an inbox keeps a reserve, asks before it takes, and tidies up only where that helps.</summary>
public sealed class InboxSpaceTests : IDisposable
{
    /// <summary>Free space without which no batch is fetched.</summary>
    private const long RoomForBatch = 128 * 1024;

    /// <summary>What is held in reserve for an inbox with few ids.</summary>
    private const long Reserve = 128 * 1024;

    /// <summary>So much may wait that a rewrite in the reserve is tried.</summary>
    private const int RoomForMarks = 64 * 1024;

    private readonly FaultyStream _disk = new();
    private readonly List<string> _said = [];
    private readonly Inbox _inbox;
    private ulong _lastId;

    public InboxSpaceTests()
    {
        _disk.Free = 10_000_000;
        _inbox = Inbox.Over(_disk.OpenLogWithReserve());
        _inbox.Troubled = _said.Add;
    }

    public void Dispose() => _inbox.Dispose();

    [Theory]
    [InlineData(RoomForBatch - 1, false, 0)]
    [InlineData(RoomForBatch, true, 0)]
    [InlineData(RoomForBatch + Reserve - 1, true, 0)]
    [InlineData(RoomForBatch + Reserve, true, Reserve)]
    public void There_has_to_be_room_for_a_batch_and_then_for_the_reserve(long free, bool hasRoom, long reserved)
    {
        _disk.Free = free;
        Assert.Equal(hasRoom, _inbox.Obstacle() is null);
        Assert.Equal(reserved, _disk.Reserved);
        Assert.Equal(free - reserved, _disk.Free);
    }

    // 16,256 ids take 130,048 bytes; 1,024 are added for the rest of a log, and twice the cursor.
    [Theory]
    [InlineData(16_256, 4 * 64 * 1024)]
    [InlineData(16_255, 3 * 64 * 1024)]
    public void The_reserve_grows_with_the_ids_that_a_log_without_messages_has(int ids, long reserved)
    {
        _inbox.Append(Fetched.Batch("a", Fetched.Ids(1, ids)));
        Assert.Null(_inbox.Obstacle());
        Assert.Equal(reserved, _disk.Reserved);
    }

    [Fact]
    public void What_was_handed_over_is_removed_where_that_gives_room()
    {
        Waste(300_000);
        _disk.Free = 10_000;
        Assert.Null(_inbox.Obstacle());
        Assert.Equal(2, _disk.Files);
        Assert.InRange(_disk.Content.Length, 0, 10_000);
    }

    [Fact]
    public void What_was_handed_over_is_not_removed_where_that_gives_too_little()
    {
        Waste((int)RoomForBatch);
        _disk.Free = 10_000;
        Assert.NotNull(_inbox.Obstacle());
        Assert.Equal(1, _disk.Files);
    }

    [Fact]
    public void A_batch_that_was_refused_has_to_fit_after_tidying_up_too()
    {
        Waste(200_000);
        _disk.Free = 150_000;
        Assert.Throws<WeChatException>(() => _inbox.Append(Padded("b", 300_000)));
        _disk.Free = 150_000;
        Assert.NotNull(_inbox.Obstacle());
        Assert.Equal(2, _disk.Files);
        _disk.Free = 600_000;
        Assert.Null(_inbox.Obstacle());
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(RoomForMarks, true)]
    [InlineData(RoomForMarks + 1, false)]
    public void On_a_full_disk_a_log_is_tidied_up_in_the_reserve_if_little_waits(int waiting, bool isTidied)
    {
        Assert.Null(_inbox.Obstacle());
        Waste(400_000);
        _inbox.Append(Padded("b", waiting));
        _disk.Free = 0;
        Assert.Equal(isTidied, _inbox.Obstacle() is null);
        Assert.Equal(isTidied ? 3 : 1, _disk.Files); // the first rewrite fails and gives up the reserve
        if (!isTidied) Assert.Equal(Reserve, _disk.Reserved);
        Assert.Equal(1, _inbox.Pending);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public void Marks_that_are_missing_are_caught_up_with_a_rewrite_that_may_fit(int more, int rewrites)
    {
        _inbox.Append(Padded("b", 200_000));
        Assert.True(_inbox.TryTake(out _));
        _inbox.Rewind();
        _disk.Free = 0;
        Assert.True(_inbox.TryTake(out _));
        Assert.Single(_said);

        // one id, and a cursor of one letter
        _disk.Free = 200_000 + 8 + 2 + 1024 + more;
        Assert.Equal(rewrites == 1, _inbox.Obstacle() is null);
        Assert.Equal(1 + rewrites, _disk.Files);
    }

    [Fact]
    public void Nothing_is_added_to_a_log_that_lacks_marks_and_cannot_catch_up()
    {
        _inbox.Append(Fetched.Batch("a", 1));
        _disk.Free = 0;
        Assert.True(_inbox.TryTake(out _));
        WeChatException refused = Assert.Throws<WeChatException>(() => _inbox.Append(Fetched.Batch("b", 2)));
        Assert.Equal((WeChatErrorReason.InboxUnavailable, _inbox.Obstacle()), (refused.Reason, refused.Message));
        Assert.Equal("a", _inbox.Cursor.Value);
    }

    [Fact]
    public void On_a_full_disk_the_reserve_takes_the_mark_and_the_doubts_about_what_waits()
    {
        _inbox.Append(Fetched.Batch("a", 1, 2, 3));
        Assert.True(_inbox.TryTake(out _));
        _inbox.Rewind();
        Assert.Null(_inbox.Obstacle());
        _disk.Free = 0;
        Assert.True(_inbox.TryTake(out _));
        Assert.Equal(0, _disk.Reserved);
        Assert.Empty(_said);
        using InboxFolder killed = InboxFolder.With(_disk.Content);
        using Inbox afterKill = killed.Open();
        Assert.Equal([3, 2, 2], afterKill.Given().Select(entry => entry.DeliveryCount));
    }

    /// <summary>Leaves so much in the log that nobody waits for.</summary>
    private void Waste(int payload)
    {
        _inbox.Append(Padded("a", payload));
        _inbox.TakeAll();
        _inbox.Flush();
    }

    /// <summary>A batch of one message whose record has a payload of that length.</summary>
    private SyncBatch Padded(string next, int payload)
    {
        SyncBatch Batch(int text) => new([new SyncItem(++_lastId, new byte[text])], new SyncCursor(next), false);
        int around = InboxRecords.Batch(new ReusableBuffer(), 0, _inbox.Cursor, new SyncCursor(next), 0, Batch(0).Items).Count - InboxLog.HeaderLength;
        return Batch(payload - around);
    }
}
