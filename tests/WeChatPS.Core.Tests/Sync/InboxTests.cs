using System.Collections.Generic;
using System.IO;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class InboxTests
{
    [Fact]
    public void Messages_come_out_in_the_order_in_which_they_came_in()
    {
        using Inbox inbox = Inbox.InMemory();
        Assert.Equal(3, inbox.Append(Fetched.Batch("a", 1, 2, 3)).Added);
        Assert.Equal(1, inbox.Append(Fetched.Batch("b", 4)).Added);
        Assert.Equal(4, inbox.Pending);
        Assert.Equal("b", inbox.Cursor.Value);
        Assert.Equal(Fetched.Texts(1, 2, 3, 4), inbox.TakeAll());
        Assert.Equal(0, inbox.Pending);
        Assert.Equal(4, inbox.Received);
        Assert.False(inbox.TryTake(out _));
    }

    [Fact]
    public void A_message_counts_as_pending_until_it_is_handed_over()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.Append(Fetched.Batch("a", 1));
        Assert.True(inbox.TryTake(out InboxEntry entry));
        Assert.Equal(1, inbox.Pending);
        Assert.True(inbox.HandedOver(entry.Sequence));
        Assert.Equal(0, inbox.Pending);
    }

    [Fact]
    public void Which_logins_messages_wait_from_is_known_and_outlives_reopening()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.StartLogin(1, new SyncCursor("a"));
            inbox.Append(Fetched.Batch("b", 1));
            inbox.StartLogin(2, new SyncCursor("c"));
            Assert.Equal([1ul], inbox.WaitingLogins);
            inbox.Append(Fetched.Batch("d", 2));
        }

        using Inbox again = folder.Open();
        Assert.Equal([1ul, 2ul], again.WaitingLogins.Order());
        Assert.True(again.TryTake(out InboxEntry entry));
        Assert.Equal(1ul, entry.Login);
        again.HandedOver(entry.Sequence);
        Assert.Equal([2ul], again.WaitingLogins);
    }

    [Fact]
    public void Doubles_within_a_batch_and_across_batches_are_dropped()
    {
        using Inbox inbox = Inbox.InMemory();
        Assert.Equal(2, inbox.Append(Fetched.Batch("a", 1, 2, 1)).Added);
        Assert.Equal(1, inbox.Append(Fetched.Batch("b", 2, 3)).Added);
        Assert.Equal(0, inbox.Append(Fetched.Batch("c", 1, 2, 3)).Added);
        Assert.Equal("c", inbox.Cursor.Value);
        Assert.Equal(Fetched.Texts(1, 2, 3), inbox.TakeAll());
    }

    [Fact]
    public void Doubles_are_dropped_after_reopening_whether_handed_over_or_not()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.Append(Fetched.Batch("a", 1, 2));
            Assert.True(inbox.TryTake(out InboxEntry first));
            inbox.HandedOver(first.Sequence);
        }

        using Inbox again = folder.Open();
        Assert.Equal(1, again.Append(Fetched.Batch("b", 1, 2, 3)).Added);
        Assert.Equal(Fetched.Texts(2, 3), again.TakeAll());
    }

    [Fact]
    public void Adding_is_announced_once_a_batch_and_not_for_doubles()
    {
        using Inbox inbox = Inbox.InMemory();
        int announced = 0;
        inbox.Added = () => announced++;
        inbox.Append(Fetched.Batch("a", 1, 2));
        inbox.Append(Fetched.Batch("b", 1));
        inbox.Append(Fetched.Batch("b"));
        Assert.Equal(1, announced);
    }

    [Fact]
    public void What_was_given_but_not_handed_over_comes_again_first_and_says_how_often_it_came()
    {
        using var folder = new InboxFolder();
        for (int time = 1; time <= 3; time++)
        {
            using Inbox inbox = folder.Open();
            if (time == 1) inbox.Append(Fetched.Batch("a", 1, 2));
            Assert.True(inbox.TryTake(out InboxEntry entry));
            Assert.Equal((Fetched.Text(1), time), (entry.Raw(), entry.DeliveryCount));
            Assert.Equal(2, inbox.Pending);
        }
    }

    [Fact]
    public void The_sixth_time_a_message_goes_to_the_dead_letters_and_the_stream_goes_on()
    {
        using var folder = new InboxFolder();
        var warned = new List<string?>();
        using Inbox inbox = folder.Open();
        inbox.DeadLettered = warned.Add;
        inbox.Append(Fetched.Batch("a", 1, 2));
        for (int time = 1; time <= Inbox.MaxDeliveries; time++)
        {
            Assert.True(inbox.TryTake(out InboxEntry entry));
            Assert.Equal((Fetched.Text(1), time), (entry.Raw(), entry.DeliveryCount));
            inbox.Rewind();
        }

        Assert.Empty(warned);
        Assert.True(inbox.TryTake(out InboxEntry next));
        Assert.Equal((Fetched.Text(2), 1), (next.Raw(), next.DeliveryCount));
        Assert.Equal([folder.DeadLetters], warned);
        Assert.Equal(Fetched.Texts(1), File.ReadAllLines(folder.DeadLetters));
        Assert.Equal(1, inbox.Pending);
    }

    [Fact]
    public void A_dead_letter_is_dead_after_reopening_too()
    {
        using var folder = new InboxFolder();
        for (int time = 0; time <= Inbox.MaxDeliveries; time++)
        {
            using Inbox inbox = folder.Open();
            if (time == 0) inbox.Append(Fetched.Batch("a", 1));
            Assert.Equal(time < Inbox.MaxDeliveries, inbox.TryTake(out _));
        }

        using Inbox again = folder.Open();
        Assert.Equal(0, again.Pending);
        Assert.False(again.TryTake(out _));
        Assert.Single(File.ReadAllLines(folder.DeadLetters));
    }

    [Fact]
    public void All_of_a_batch_can_die_at_once()
    {
        using Inbox inbox = Inbox.InMemory();
        int warned = 0;
        inbox.DeadLettered = _ => warned++;
        inbox.Append(Fetched.Batch("a", 1, 2, 3));
        for (int time = 0; time < Inbox.MaxDeliveries; time++)
        {
            Assert.Equal(3, inbox.GiveAll().Count);
            inbox.Rewind();
        }

        inbox.Append(Fetched.Batch("b", 4));
        Assert.Equal(Fetched.Texts(4), inbox.TakeAll());
        Assert.Equal(3, warned);
        Assert.Equal(0, inbox.Pending);
    }

    [Fact]
    public void Several_can_be_given_before_the_first_is_handed_over_in_any_order()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.Append(Fetched.Batch("a", 1, 2, 3));
        inbox.Append(Fetched.Batch("b", 4, 5));
        List<InboxEntry> given = [.. inbox.Given()];
        Assert.Equal(5, given.Count);
        foreach (int index in new[] { 3, 0, 4 }) Assert.True(inbox.HandedOver(given[index].Sequence));
        Assert.False(inbox.HandedOver(given[0].Sequence));
        Assert.Equal(2, inbox.Pending);

        inbox.Append(Fetched.Batch("c", 6));
        Assert.Equal(Fetched.Texts(6), inbox.GiveAll());
        inbox.Rewind();
        Assert.Equal(Fetched.Texts(2, 3, 6), inbox.GiveAll());
    }

    [Fact]
    public void What_waits_for_its_acknowledgement_is_not_given_twice_without_a_rewind()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.Append(Fetched.Batch("a", 1));
        Assert.Equal(Fetched.Texts(1), inbox.GiveAll());
        inbox.Append(Fetched.Batch("b", 2));
        Assert.Equal(Fetched.Texts(2), inbox.TakeAll());
        Assert.False(inbox.TryTake(out _));
        inbox.Append(Fetched.Batch("c", 3));
        Assert.Equal(Fetched.Texts(3), inbox.TakeAll());
        Assert.False(inbox.TryTake(out _));
        Assert.Equal(1, inbox.Pending);
    }

    [Fact]
    public void Acknowledgements_out_of_order_survive_reopening()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.Append(Fetched.Batch("a", 1, 2, 3));
            List<InboxEntry> given = [.. inbox.Given()];
            inbox.HandedOver(given[2].Sequence);
            inbox.HandedOver(given[0].Sequence);
            inbox.Flush();
            using InboxFolder killed = InboxFolder.With(folder.Snapshot());
            using Inbox afterKill = killed.Open();
            Assert.Equal(Fetched.Texts(2), afterKill.GiveAll());
        }

        using Inbox again = folder.Open();
        Assert.True(again.TryTake(out InboxEntry entry));
        Assert.Equal((Fetched.Text(2), 2), (entry.Raw(), entry.DeliveryCount));
        Assert.False(again.TryTake(out _));
    }

    [Fact]
    public void An_acknowledgement_of_an_earlier_process_still_counts()
    {
        using var folder = new InboxFolder();
        long sequence;
        using (Inbox inbox = folder.Open())
        {
            inbox.Append(Fetched.Batch("a", 1, 2));
            Assert.True(inbox.TryTake(out InboxEntry entry));
            sequence = entry.Sequence;
        }

        using Inbox again = folder.Open();
        Assert.True(again.HandedOver(sequence));
        Assert.Equal(Fetched.Texts(2), again.TakeAll());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(long.MaxValue)]
    public void What_is_not_in_the_inbox_cannot_be_handed_over(long sequence)
    {
        using Inbox inbox = Inbox.InMemory();
        Assert.False(inbox.HandedOver(sequence));
        inbox.Append(Fetched.Batch("a", 1));
        Assert.False(inbox.HandedOver(sequence));
        Assert.Equal(1, inbox.Pending);
    }

    [Fact]
    public void The_note_of_the_last_hand_over_is_written_when_nothing_follows()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        inbox.Append(Fetched.Batch("a", 1));
        Assert.Equal(Fetched.Texts(1), inbox.TakeAll());
        using InboxFolder killed = InboxFolder.With(folder.Snapshot());
        using Inbox afterKill = killed.Open();
        Assert.Equal(0, afterKill.Pending);
    }

    [Fact]
    public void Each_login_has_its_own_cursor_and_messages_stay()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.StartLogin(7, new SyncCursor("init"));
            inbox.Append(Fetched.Batch("a", 1));
            Assert.Equal("a", inbox.CursorOf(7).Value);
            Assert.True(inbox.CursorOf(8).IsEmpty);
            inbox.StartLogin(8, new SyncCursor("init 8"));
        }

        using Inbox again = folder.Open();
        Assert.Equal("init 8", again.CursorOf(8).Value);
        Assert.True(again.CursorOf(7).IsEmpty);
        Assert.Equal(Fetched.Texts(1), again.TakeAll());
    }

    [Fact]
    public void A_cursor_without_messages_survives_reopening()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            inbox.StartLogin(7, new SyncCursor("init"));
            inbox.Append(Fetched.Batch("clock moved"));
            using InboxFolder killed = InboxFolder.With(folder.Snapshot());
            using Inbox afterKill = killed.Open();
            Assert.Equal("clock moved", afterKill.CursorOf(7).Value);
        }

        using Inbox again = folder.Open();
        Assert.Equal("clock moved", again.CursorOf(7).Value);
    }

    [Fact]
    public void A_closed_inbox_stays_closed_and_loses_nothing()
    {
        using var folder = new InboxFolder();
        Inbox inbox = folder.Open();
        inbox.Append(Fetched.Batch("a", 1));
        Assert.True(inbox.TryTake(out InboxEntry entry));
        inbox.Dispose();
        inbox.Dispose();
        Assert.False(inbox.HandedOver(entry.Sequence));
        inbox.Flush();
        inbox.Rewind();
        Assert.Throws<System.ObjectDisposedException>(() => inbox.TryTake(out _));
        Assert.Throws<System.ObjectDisposedException>(() => inbox.Append(Fetched.Batch("b", 2)));
        Assert.Throws<System.ObjectDisposedException>(() => inbox.StartLogin(1, new SyncCursor("b")));
        using Inbox again = folder.Open();
        Assert.Equal(Fetched.Texts(1), again.TakeAll());
    }

    [Fact]
    public void A_message_of_another_login_is_not_handed_over()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.StartLogin(3, new SyncCursor("init"));
        inbox.Append(Fetched.Batch("a", 1));
        Assert.True(inbox.TryTake(out InboxEntry entry));
        Assert.False(inbox.HandedOver(entry.Sequence, login: 4));
        Assert.True(inbox.HandedOver(entry.Sequence, login: 3));
    }

    [Fact]
    public void A_batch_without_messages_leaves_nothing_to_wait_for()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        inbox.Append(Fetched.Batch("a"));
        using InboxFolder killed = InboxFolder.With(folder.Snapshot());
        using Inbox afterKill = killed.Open();
        Assert.Empty(afterKill.WaitingLogins);
        Assert.Equal("a", afterKill.Cursor.Value);
    }

    [Fact]
    public void A_batch_that_changes_nothing_is_not_written()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        inbox.Append(Fetched.Batch("a", 1));
        byte[] log = folder.Snapshot();
        inbox.Append(Fetched.Batch("a", 1));
        Assert.Equal(log, folder.Snapshot());
    }

    [Fact]
    public void More_messages_in_one_reply_than_the_window_can_know_are_taken_in_and_this_is_said()
    {
        using Inbox inbox = Inbox.InMemory();
        var said = new List<string>();
        inbox.Troubled = said.Add;
        SyncItem[] items = [.. Enumerable.Range(1, (512 * 1024) + 1).Select(i => new SyncItem((ulong)i, default))];
        Assert.Equal(items.Length, inbox.Append(new SyncBatch(items, new SyncCursor("a"), false)).Added);
        Assert.Equal(
            ["The server sends more messages in one response than can be recognized when they come again. Some may be delivered twice."], said);
    }

    [Fact]
    public void An_empty_message_is_a_message()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.Append(new SyncBatch([new SyncItem(1, default), Fetched.Item(2)], new SyncCursor("a"), false));
        Assert.Equal(["", Fetched.Text(2)], inbox.TakeAll());
    }
}
