using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class InboxCompactionTests
{
    [Fact]
    public void Closing_keeps_what_waits_with_its_counts_and_the_cursor_and_the_window()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.StartLogin(3, new SyncCursor("init"));
            inbox.Append(Fetched.Batch("a", 1, 2, 3));
            inbox.Append(Fetched.Batch("b", 4));
            List<InboxEntry> given = [.. inbox.Given()];
            inbox.HandedOver(given[1].Sequence);
            inbox.Rewind();
            Assert.True(inbox.TryTake(out _));
            inbox.Append(Fetched.Batch("c"));
        }

        using Inbox again = folder.Open(out string? copy);
        Assert.Null(copy);
        Assert.Equal("c", again.CursorOf(3).Value);
        Assert.Equal(0, again.Append(Fetched.Batch("d", 1, 2, 3, 4)).Added);
        Assert.Equal(3, again.Pending);
        List<InboxEntry> left = [.. again.Given()];
        Assert.Equal(Fetched.Texts(1, 3, 4), left.Select(entry => entry.Raw()));
        Assert.Equal([3, 2, 2], left.Select(entry => entry.DeliveryCount));
    }

    [Fact]
    public void Closing_erases_the_texts_that_were_handed_over()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.Append(Fetched.Batch("a", 1, 2, 3));
            Assert.Contains(Fetched.Text(1), Encoding.UTF8.GetString(folder.Snapshot()), StringComparison.Ordinal);
            for (int i = 0; i < 2; i++)
            {
                Assert.True(inbox.TryTake(out InboxEntry entry));
                inbox.HandedOver(entry.Sequence);
            }
        }

        string log = Encoding.UTF8.GetString(File.ReadAllBytes(folder.Log));
        Assert.DoesNotContain(Fetched.Text(1), log, StringComparison.Ordinal);
        Assert.DoesNotContain(Fetched.Text(2), log, StringComparison.Ordinal);
        Assert.Contains(Fetched.Text(3), log, StringComparison.Ordinal);
        Assert.Equal([folder.Log], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_busy_log_is_rewritten_on_the_way_and_stays_small()
    {
        using var folder = new InboxFolder();
        long longest = 0;
        using (Inbox inbox = folder.Open())
        {
            for (int batch = 0; batch < 400; batch++)
            {
                inbox.Append(Large($"k{batch}", batch * 5, 5));
                Assert.Equal(5, inbox.TakeAll().Count);
                longest = Math.Max(longest, new FileInfo(folder.Log).Length);
            }
        }

        Assert.InRange(longest, 3 << 20, 5 << 20);
        Assert.InRange(new FileInfo(folder.Log).Length, 1, 100_000);
    }

    [Fact]
    public void Rewriting_in_the_middle_of_a_batch_loses_and_doubles_nothing()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        for (int batch = 0; batch < 12; batch++) inbox.Append(Large($"k{batch}", batch * 100, 100));
        long before = new FileInfo(folder.Log).Length;
        var seen = new List<string>();
        for (int i = 0; i < 1150; i++)
        {
            Assert.True(inbox.TryTake(out InboxEntry entry));
            seen.Add(entry.Raw().Substring(0, 8));
            inbox.HandedOver(entry.Sequence);
            if (i % 100 == 37) Assert.Equal(1200 - i - 1, inbox.Pending);
        }

        Assert.True(new FileInfo(folder.Log).Length < before / 3, "never rewritten");
        using InboxFolder killed = InboxFolder.With(folder.Snapshot());
        using Inbox afterKill = killed.Open();
        seen.AddRange(afterKill.TakeAll().Select(text => text.Substring(0, 8)));

        // the last hand-over before the kill was not written yet: that one comes twice
        Assert.Equal(1201, seen.Count);
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => $"{i,8}"), seen.Distinct());
    }

    [Fact]
    public void Waiting_for_acknowledgements_survives_a_rewrite()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.Append(Fetched.Batch("a", 1_000_001, 1_000_002));
        List<InboxEntry> held = [.. inbox.Given()];
        for (int batch = 0; batch < 200; batch++)
        {
            inbox.Append(Large($"k{batch}", batch * 10, 10));
            Assert.Equal(10, inbox.TakeAll().Count);
        }

        Assert.Equal(2, inbox.Pending);
        Assert.True(inbox.HandedOver(held[1].Sequence));
        inbox.Rewind();
        Assert.True(inbox.TryTake(out InboxEntry entry));
        Assert.Equal((Fetched.Text(1_000_001), 2), (entry.Raw(), entry.DeliveryCount));
        Assert.False(inbox.TryTake(out _));
    }

    [Fact]
    public void Old_messages_that_still_wait_do_not_push_newer_ids_out_of_the_window()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.Append(Fetched.Batch("old", Fetched.Ids(1, 9000)));
            Assert.Equal(9000, inbox.GiveAll().Count);
            inbox.Append(Fetched.Batch("new", Fetched.Ids(20_000, 1000)));
            Assert.Equal(1000, inbox.TakeAll().Count);
        }

        using Inbox again = folder.Open();
        Assert.Equal(0, again.Append(Fetched.Batch("newer", Fetched.Ids(20_000, 1000))).Added);
    }

    [Fact]
    public void Cursors_without_messages_do_not_let_the_log_grow_for_ever()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        string longKey = new('k', 10_000);
        for (int i = 0; i < 1000; i++) inbox.Append(Fetched.Batch(longKey + i));
        Assert.InRange(new FileInfo(folder.Log).Length, 1, 5 << 20);
        Assert.Equal(longKey + 999, inbox.Cursor.Value);
    }

    [Fact]
    public void A_rewrite_that_was_interrupted_does_no_harm()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open()) inbox.Append(Fetched.Batch("a", 1));
        File.WriteAllText(folder.Log + ".new", "half a log");
        using (Inbox again = folder.Open()) Assert.Equal(Fetched.Texts(1), again.TakeAll());
        Assert.Equal([folder.Log], Directory.GetFiles(folder.Root));
    }

    private static SyncBatch Large(string next, int first, int count) => new(
        [.. Enumerable.Range(first, count).Select(i => new SyncItem((ulong)i, Encoding.UTF8.GetBytes($"{i,8}" + new string('.', 8000))))],
        new SyncCursor(next), false);
}
