using System.Collections.Generic;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>What counts as progress: new messages, and known ones once a replay.</summary>
public sealed class InboxProgressTests
{
    [Fact]
    public void A_new_message_is_progress_and_the_same_batch_again_is_not()
    {
        using Inbox inbox = Inbox.InMemory();
        Assert.Equal(new BatchGain(2, true), inbox.Append(Fetched.Batch("a", 1, 2)));
        Assert.Equal(new BatchGain(0, false), inbox.Append(Fetched.Batch("a", 1, 2)));
        Assert.Equal(new BatchGain(0, false), inbox.Append(Fetched.Batch("b", 2)));
        Assert.Equal(new BatchGain(0, false), inbox.Append(Fetched.Batch("c")));
    }

    [Fact]
    public void After_opening_each_known_message_is_progress_once()
    {
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open()) inbox.Append(Fetched.Batch("a", Fetched.Ids(1, 3000)));
        using Inbox again = folder.Open();
        for (int first = 1; first < 3000; first += 50)
            Assert.Equal(new BatchGain(0, true), again.Append(Fetched.Batch($"r{first}", Fetched.Ids(first, 50))));
        for (int first = 1; first < 3000; first += 50)
            Assert.Equal(new BatchGain(0, false), again.Append(Fetched.Batch($"r{first}", Fetched.Ids(first, 50))));
    }

    [Fact]
    public void A_new_message_lets_known_ones_be_progress_again_but_not_those_it_came_with()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.Append(Fetched.Batch("a", 1, 2, 3));
        Assert.Equal(new BatchGain(1, true), inbox.Append(Fetched.Batch("b", 1, 4)));
        Assert.Equal(new BatchGain(0, false), inbox.Append(Fetched.Batch("c", 1, 4)));
        Assert.Equal(new BatchGain(0, true), inbox.Append(Fetched.Batch("d", 2)));
        Assert.Equal(new BatchGain(0, false), inbox.Append(Fetched.Batch("e", 2)));
    }

    [Fact]
    public void Messages_that_earn_nothing_are_kept_and_are_no_progress_however_often_new_ones_come()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.Append(Fetched.Batch("a", 1));
        Assert.Equal(new BatchGain(1, false), inbox.Append(Status("b", 10)));
        Assert.Equal(new BatchGain(1, false), inbox.Append(Status("c", 11)));
        Assert.Equal(new BatchGain(0, false), inbox.Append(Status("c", 10, 11)));

        // Otherwise a server could make a known message earn for ever with a status message beside it.
        Assert.Equal(new BatchGain(0, false), inbox.Append(Fetched.Batch("d", 1)));
        Assert.Equal(3, inbox.TakeAll().Count);
    }

    private static SyncBatch Status(string next, params ulong[] ids)
    {
        List<SyncItem> items = [.. ids.Select(id => Fetched.Item(id) with { Earns = false })];
        return Fetched.Batch(next) with { Items = items };
    }
}
