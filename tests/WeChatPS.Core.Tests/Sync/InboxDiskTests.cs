using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>When the disk is full or gone nothing is lost: neither the cursor nor a message moves on.</summary>
public sealed class InboxDiskTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(100)]
    public void A_batch_that_does_not_fit_is_not_taken_in_and_comes_again(int free)
    {
        var disk = new FaultyStream();
        using Inbox inbox = Inbox.Over(InboxLog.Over(disk));
        inbox.StartLogin(1, new SyncCursor("init"));
        inbox.Append(Fetched.Batch("a", 1));
        long length = disk.Length;
        disk.Free = free;
        AssertUnavailable(() => inbox.Append(Fetched.Batch("b", 2, 3)));
        Assert.Equal(length, disk.Length);
        Assert.Equal("a", inbox.Cursor.Value);
        Assert.Equal(1, inbox.Pending);

        disk.Free = long.MaxValue;
        Assert.Equal(2, inbox.Append(Fetched.Batch("b", 2, 3)).Added);
        Assert.Equal(Fetched.Texts(1, 2, 3), inbox.TakeAll());
        AssertReadable(disk);
    }

    [Fact]
    public void What_a_broken_disk_wrote_in_part_is_written_over_later()
    {
        var disk = new FaultyStream();
        using Inbox inbox = Inbox.Over(InboxLog.Over(disk));
        inbox.Append(Fetched.Batch("a", 1));
        disk.IsBroken = true;
        AssertUnavailable(() => inbox.Append(Fetched.Batch("b", 2)));
        disk.IsBroken = false;
        inbox.Append(Fetched.Batch("b", 2));
        Assert.Equal(Fetched.Texts(1, 2), inbox.TakeAll());
        AssertReadable(disk);
    }

    [Fact]
    public void A_message_that_cannot_be_marked_as_given_is_not_given_and_not_skipped()
    {
        var disk = new FaultyStream();
        using Inbox inbox = Inbox.Over(InboxLog.Over(disk));
        inbox.Append(Fetched.Batch("a", 1, 2));
        disk.Free = 5;
        AssertUnavailable(() => inbox.TryTake(out _));
        AssertUnavailable(() => inbox.TryTake(out _));
        disk.Free = long.MaxValue;
        Assert.True(inbox.TryTake(out InboxEntry entry));
        Assert.Equal((Fetched.Text(1), 1), (entry.Raw(), entry.DeliveryCount));
    }

    [Fact]
    public void A_hand_over_that_cannot_be_noted_leaves_the_message_where_it_is()
    {
        var disk = new FaultyStream();
        using Inbox inbox = Inbox.Over(InboxLog.Over(disk));
        inbox.Append(Fetched.Batch("a", 1, 2, 3));
        List<InboxEntry> given = [.. inbox.Given()];
        Assert.True(inbox.HandedOver(given[0].Sequence));
        disk.Free = 0;
        AssertUnavailable(() => inbox.HandedOver(given[1].Sequence));
        Assert.Equal(2, inbox.Pending);
        AssertUnavailable(inbox.Flush);
        disk.Free = long.MaxValue;
        Assert.True(inbox.HandedOver(given[1].Sequence));
        inbox.Rewind();
        Assert.Equal(Fetched.Texts(3), inbox.GiveAll());
    }

    [Fact]
    public void A_message_that_cannot_be_read_is_an_error_until_it_can()
    {
        var disk = new FaultyStream();
        using Inbox inbox = Inbox.Over(InboxLog.Over(disk));
        inbox.Append(Fetched.Batch("a", 1));
        Assert.True(inbox.TryTake(out _));
        inbox.Rewind();
        disk.IsBroken = true;
        AssertUnavailable(() => inbox.TryTake(out _));
        disk.IsBroken = false;
        Assert.True(inbox.TryTake(out InboxEntry entry));
        Assert.Equal((Fetched.Text(1), 2), (entry.Raw(), entry.DeliveryCount));
    }

    [Fact]
    public void Closing_a_broken_inbox_does_not_fail()
    {
        var disk = new FaultyStream();
        Inbox inbox = Inbox.Over(InboxLog.Over(disk));
        inbox.Append(Fetched.Batch("a", 1));
        inbox.TakeAll();
        disk.IsBroken = true;
        inbox.Dispose();
        inbox.Dispose();
    }

    [Fact]
    public void A_dead_letter_that_cannot_be_written_stays_in_the_inbox()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        inbox.Append(Fetched.Batch("a", 1, 2));
        for (int i = 0; i < Inbox.MaxDeliveries; i++)
        {
            Assert.True(inbox.TryTake(out _));
            inbox.Rewind();
        }

        Directory.CreateDirectory(folder.DeadLetters);
        AssertUnavailable(() => inbox.TryTake(out _));
        Assert.Equal(2, inbox.Pending);
        Directory.Delete(folder.DeadLetters);
        Assert.Equal(Fetched.Texts(2), inbox.TakeAll());
        Assert.Equal(Fetched.Texts(1), File.ReadAllLines(folder.DeadLetters));
    }

    [Fact]
    public void Dead_letters_are_one_line_each()
    {
        using var folder = new InboxFolder();
        var letters = new DeadLetters(folder.DeadLetters);
        letters.Add("{\n  \"a\": 1\r\n}"u8.ToArray());
        letters.Add("{}"u8.ToArray());
        Assert.Equal("{   \"a\": 1  }\n{}\n", File.ReadAllText(folder.DeadLetters));
    }

    [Fact]
    public void Everything_the_inbox_writes_is_its_owner_s_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.Append(Fetched.Batch("a", 1));
            AssertOwnerOnly(folder);
            for (int i = 0; i <= Inbox.MaxDeliveries; i++)
            {
                inbox.TryTake(out _);
                inbox.Rewind();
            }
        }

        File.AppendAllText(folder.Log, "damage");
        folder.Open(out string? copy).Dispose();
        Assert.NotNull(copy);
        Assert.Equal(3, AssertOwnerOnly(folder));
    }

    [Fact]
    public void A_path_that_is_a_folder_is_an_unavailable_inbox()
    {
        using var folder = new InboxFolder();
        Directory.CreateDirectory(folder.Log);
        AssertUnavailable(() => folder.Open());
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_unavailable_inbox()
    {
        var folder = new InboxFolder();
        folder.Dispose();
        AssertUnavailable(() => folder.Open());
    }

    [Fact]
    public void A_log_that_cannot_be_rewritten_goes_on_as_it_was()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.StartLogin(1, new SyncCursor("init"));
            Directory.CreateDirectory(folder.Log + ".new");
            string longKey = new('k', 1_000_000);
            inbox.Append(Fetched.Batch("a", 1));
            AssertUnavailable(() =>
            {
                for (int i = 0; i < 10; i++) inbox.Append(Fetched.Batch(longKey + i));
            });
            Directory.Delete(folder.Log + ".new");
            inbox.Append(Fetched.Batch("b", 2));
            Assert.Equal(Fetched.Texts(1, 2), inbox.TakeAll());
            inbox.Append(Fetched.Batch("c", 3));
        }

        using Inbox again = folder.Open(out string? copy);
        Assert.Null(copy);
        Assert.Equal("c", again.CursorOf(1).Value);
        Assert.Equal(Fetched.Texts(3), again.TakeAll());
    }

    [Fact]
    public void A_damaged_log_that_cannot_be_set_aside_stays_as_it_is_and_is_not_held_open()
    {
        using var folder = new InboxFolder();
        byte[] garbage = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        File.WriteAllBytes(folder.Log, garbage);
        Directory.CreateDirectory(folder.Log + ".new");
        AssertUnavailable(() => folder.Open());
        using (var alone = new FileStream(folder.Log, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(garbage.Length, alone.Length);
        }

        Directory.Delete(folder.Log + ".new");
        using Inbox inbox = folder.Open(out string? copy);
        Assert.Equal(garbage, File.ReadAllBytes(copy!));
    }

    private static void AssertUnavailable(Action action) =>
        Assert.Equal(WeChatErrorReason.InboxUnavailable, Assert.Throws<WeChatException>(action).Reason);

    [UnsupportedOSPlatform("windows")]
    private static int AssertOwnerOnly(InboxFolder folder)
    {
        string[] files = Directory.GetFiles(folder.Root);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        return files.Length;
    }

    private static void AssertReadable(FaultyStream disk)
    {
        using InboxFolder folder = InboxFolder.With(disk.ToArray());
        using Inbox again = folder.Open(out string? copy);
        Assert.Null(copy);
        Assert.Equal(0, again.Pending);
    }
}
