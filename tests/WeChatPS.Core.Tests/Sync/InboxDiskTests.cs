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
        using Inbox inbox = Inbox.Over(disk.OpenLog());
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
        using Inbox inbox = Inbox.Over(disk.OpenLog());
        inbox.Append(Fetched.Batch("a", 1));
        disk.IsBroken = true;
        AssertUnavailable(() => inbox.Append(Fetched.Batch("b", 2)));
        Assert.NotNull(inbox.Obstacle());
        disk.IsBroken = false;
        inbox.Append(Fetched.Batch("b", 2));
        Assert.Equal(Fetched.Texts(1, 2), inbox.TakeAll());
        AssertReadable(disk);
    }

    [Fact]
    public void A_message_that_cannot_be_read_is_an_error_until_it_can()
    {
        var disk = new FaultyStream();
        using Inbox inbox = Inbox.Over(disk.OpenLog());
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
        Inbox inbox = Inbox.Over(disk.OpenLog());
        inbox.Append(Fetched.Batch("a", 1));
        inbox.TakeAll();
        disk.IsBroken = true;
        inbox.Dispose();
        inbox.Dispose();
    }

    [Fact]
    public void A_dead_letter_that_cannot_be_written_stays_in_the_inbox_and_holds_nothing_back()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        var said = new List<string>();
        inbox.Troubled = said.Add;
        inbox.Append(Fetched.Batch("a", 1, 2));
        for (int i = 0; i < Inbox.MaxDeliveries; i++)
        {
            Assert.True(inbox.TryTake(out _));
            inbox.Rewind();
        }

        Directory.CreateDirectory(folder.DeadLetters);
        Assert.Equal(Fetched.Texts(2), inbox.TakeAll());
        Assert.StartsWith(
            $"A message that was delivered 5 times stays in the inbox, because it cannot be moved to {folder.DeadLetters}: ", Assert.Single(said), StringComparison.Ordinal);
        inbox.Rewind();
        Assert.Empty(inbox.TakeAll());
        Assert.Single(said);
        Assert.Equal(1, inbox.Pending);
        Directory.Delete(folder.DeadLetters);
        inbox.Rewind();
        Assert.Empty(inbox.TakeAll());
        Assert.Equal(0, inbox.Pending);
        Assert.Equal(Fetched.Texts(1), File.ReadAllLines(folder.DeadLetters));

        File.Delete(folder.DeadLetters);
        Directory.CreateDirectory(folder.DeadLetters);
        inbox.Append(Fetched.Batch("b", 3));
        for (int i = 0; i <= Inbox.MaxDeliveries; i++)
        {
            inbox.TryTake(out _);
            inbox.Rewind();
        }

        Assert.Equal(2, said.Count);
    }

    [Fact]
    public void A_folder_that_was_removed_or_replaced_is_noticed_before_a_batch_is_taken_and_what_is_there_is_delivered()
    {
        if (OperatingSystem.IsWindows()) return; // Open files stay there.
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        inbox.Append(Fetched.Batch("a", 1, 2, 3));
        Assert.Null(inbox.Obstacle());
        string aside = folder.Root + "-aside";
        Directory.Move(folder.Root, aside);
        Assert.Equal(
            $"The session's inbox {folder.Log} was removed or replaced. New messages stay on the server. "
            + "Restore the file, or run Disconnect-WeChat and Connect-WeChat.", inbox.Obstacle());
        AssertUnavailable(() => inbox.Append(Fetched.Batch("b", 4)));
        Assert.Equal("a", inbox.Cursor.Value);
        Assert.True(inbox.TryTake(out InboxEntry entry) && inbox.HandedOver(entry.Sequence));

        // Another process has a log there now.
        Directory.CreateDirectory(folder.Root);
        File.WriteAllText(folder.Log, "of another process");
        Assert.NotNull(inbox.Obstacle());
        AssertUnavailable(() => inbox.Append(Fetched.Batch("b", 4)));

        Directory.Delete(folder.Root, recursive: true);
        Directory.Move(aside, folder.Root);
        Assert.Null(inbox.Obstacle());
        Assert.Equal(1, inbox.Append(Fetched.Batch("b", 4)).Added);
        Assert.Equal(Fetched.Texts(2, 3, 4), inbox.TakeAll());
    }

    [Fact]
    public void What_was_handed_over_stays_so_when_the_log_cannot_be_rewritten_at_the_end()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.Append(Fetched.Batch("a", 1, 2));
            Assert.True(inbox.TryTake(out InboxEntry entry) && inbox.HandedOver(entry.Sequence));
            Directory.CreateDirectory(folder.Log + ".new");
        }

        Directory.Delete(folder.Log + ".new");
        using Inbox again = folder.Open();
        Assert.Equal(Fetched.Texts(2), again.TakeAll());
    }

    [Fact]
    public void A_log_of_another_process_at_the_path_is_not_replaced_when_the_inbox_is_closed()
    {
        if (OperatingSystem.IsWindows()) return; // Open files stay there.
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.Append(Fetched.Batch("a", 1));
            Directory.Delete(folder.Root, recursive: true);
            Directory.CreateDirectory(folder.Root);
            File.WriteAllText(folder.Log, "of another process");
        }

        Assert.Equal("of another process", File.ReadAllText(folder.Log));
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
            Assert.Equal(2, AssertOwnerOnly(folder)); // the log and its reserve
            for (int i = 0; i <= Inbox.MaxDeliveries; i++)
            {
                inbox.TryTake(out _);
                inbox.Rewind();
            }
        }

        File.AppendAllText(folder.Log, "damage");
        folder.Open(out string? copy).Dispose();
        Assert.NotNull(copy);
        Assert.Equal(3, AssertOwnerOnly(folder)); // the log, its copy and the dead letters
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
            for (int i = 0; i < 10; i++) inbox.Append(Fetched.Batch(longKey + i));
            Assert.True(new FileInfo(folder.Log).Length > 5_000_000, "It was rewritten.");
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

    private static void AssertUnavailable(Action action)
    {
        WeChatException failure = Assert.Throws<WeChatException>(action);
        Assert.Equal(WeChatErrorReason.InboxUnavailable, failure.Reason);
        Assert.StartsWith("The session's inbox ", failure.Message, StringComparison.Ordinal);
    }

    [UnsupportedOSPlatform("windows")]
    private static int AssertOwnerOnly(InboxFolder folder)
    {
        string[] files = Directory.GetFiles(folder.Root);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        return files.Length;
    }

    private static void AssertReadable(FaultyStream disk)
    {
        using InboxFolder folder = InboxFolder.With(disk.Content);
        using Inbox again = folder.Open(out string? copy);
        Assert.Null(copy);
        Assert.Equal(0, again.Pending);
    }
}
