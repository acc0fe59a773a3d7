using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class MessageWindowTests
{
    [Fact]
    public void A_message_is_known_by_the_id_that_earlier_versions_gave_it_once()
    {
        var window = new MessageWindow();
        window.NoteEarlier(5);
        Assert.True(window.Knows(50, 5));
        Assert.True(window.Contains(50));
        Assert.Empty(window.EarlierIds);
        Assert.False(window.Knows(51, 5));
        Assert.False(window.Contains(51));
    }

    [Fact]
    public void A_message_whose_ids_are_the_same_needs_no_earlier_one()
    {
        var window = new MessageWindow();
        window.NoteEarlier(5);
        window.Add(5);
        Assert.False(window.Knows(6, 0));
        Assert.True(window.Knows(5, 0));
        Assert.Empty(window.EarlierIds);
    }

    [Fact]
    public void An_earlier_id_goes_with_the_message_that_the_window_forgets()
    {
        var window = new MessageWindow(capacity: 2);
        window.NoteEarlier(1);
        foreach (ulong id in new ulong[] { 1, 2, 3 }) window.Add(id);
        Assert.Equal([2UL, 3UL], window.Ids);
        Assert.Empty(window.EarlierIds);
    }

    [Fact]
    public void A_message_is_brought_once_a_replay_and_an_unknown_one_never()
    {
        var window = new MessageWindow();
        Assert.False(window.Brought(1));
        window.Add(1);
        Assert.False(window.Brought(1));
        window.StartReplay();
        Assert.True(window.Brought(1));
        Assert.False(window.Brought(1));
        window.Restore(1);
        Assert.True(window.Brought(1));
        Assert.Equal([1UL], window.Ids);
    }

    [Fact]
    public void The_window_forgets_the_oldest_beyond_its_capacity()
    {
        var window = new MessageWindow(capacity: 3);
        foreach (ulong id in Fetched.Ids(1, 4)) window.Add(id);
        Assert.False(window.Contains(1));
        Assert.All(Fetched.Ids(2, 3), id => Assert.True(window.Contains(id)));
        Assert.Equal(Fetched.Ids(2, 3), window.Ids);
    }

    [Fact]
    public void What_is_known_is_remembered_once()
    {
        var window = new MessageWindow(capacity: 2);
        foreach (ulong id in new ulong[] { 1, 1, 1, 2 }) window.Add(id);
        Assert.Equal([1UL, 2UL], window.Ids);
        Assert.True(window.Contains(1));
    }

    [Fact]
    public void By_default_it_remembers_65_536()
    {
        var window = new MessageWindow();
        foreach (ulong id in Fetched.Ids(0, 100_000)) window.Add(id);
        Assert.Equal(65_536, window.Ids.Count);
        Assert.Equal(99_999UL, window.Ids.Last());
    }

    [Fact]
    public void It_grows_to_twice_the_largest_batch_and_says_when_it_may_not()
    {
        var window = new MessageWindow(capacity: 4, most: 20);
        Assert.True(window.Hold(5));
        foreach (ulong id in Fetched.Ids(0, 30)) window.Add(id);
        Assert.Equal(10, window.Ids.Count);
        Assert.True(window.Hold(3));
        Assert.False(window.Hold(11));
        foreach (ulong id in Fetched.Ids(30, 30)) window.Add(id);
        Assert.Equal(20, window.Ids.Count);
    }

    [Fact]
    public void What_comes_again_stays_longer_than_what_does_not()
    {
        var window = new MessageWindow(capacity: 4);
        foreach (ulong id in Fetched.Ids(1, 4)) window.Add(id);
        for (ulong id = 5; id < 100; id++)
        {
            window.StartReplay();
            Assert.True(window.Brought(1));
            Assert.True(window.Brought(2));
            window.Add(id);
            Assert.True(window.Contains(1) && window.Contains(2));
            Assert.Equal(4, window.Ids.Count);
        }
    }

    [Fact]
    public void The_inbox_delivers_an_id_again_that_the_window_forgot_and_no_other()
    {
        using Inbox inbox = Inbox.InMemory();
        for (int first = 0; first < 70_000; first += 10_000) inbox.Append(Fetched.Batch($"k{first}", Fetched.Ids(first, 10_000)));
        Assert.Equal(1, inbox.Append(Fetched.Batch("b", 0, 69_999, 69_998)).Added);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(50_000)]
    public void A_key_that_stands_still_with_many_messages_brings_each_once_also_after_opening(int messages)
    {
        using var folder = new InboxFolder();
        ulong[] ids = Fetched.Ids(1, messages);
        using (Inbox inbox = folder.Open())
        {
            Assert.Equal(new BatchGain(messages, true), inbox.Append(Fetched.Batch("a", ids)));
            Assert.Equal(new BatchGain(0, false), inbox.Append(Fetched.Batch("a", ids)));
            Assert.Equal(messages, inbox.TakeAll().Count);
        }

        for (int opened = 0; opened < 2; opened++)
        {
            using Inbox again = folder.Open(out string? copy);
            Assert.Null(copy);
            Assert.Equal(new BatchGain(1, true), again.Append(Fetched.Batch("a", [.. ids, (ulong)(1_000_000 + opened)])));
            Assert.Equal(new BatchGain(0, false), again.Append(Fetched.Batch("a", ids)));
        }
    }
}
