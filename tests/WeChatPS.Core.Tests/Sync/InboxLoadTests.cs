using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

[Collection(nameof(Alone))]
public sealed class InboxLoadTests
{
    [Fact]
    public async Task One_thread_fills_while_another_takes_a_hundred_thousand_messages()
    {
        const int Batches = 2000, Each = 50;
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        var signal = new Signal();
        inbox.Added = signal.Set;
        Task filling = Task.Run(() =>
        {
            for (int batch = 0; batch < Batches; batch++)
            {
                Assert.Equal(Each, inbox.Append(Fetched.Batch($"k{batch}", Fetched.Ids(batch * Each, Each))).Added);
            }
        });
        long taken = 0;
        while (taken < Batches * Each)
        {
            while (inbox.TryTake(out InboxEntry entry))
            {
                Assert.Equal((taken, 1), (entry.Sequence, entry.DeliveryCount));
                Assert.Equal(Fetched.Text((ulong)taken), entry.Raw());
                Assert.True(inbox.HandedOver(entry.Sequence));
                taken++;
            }

            if (taken < Batches * Each) await signal.WaitAsync(Hang.Deadline());
        }

        await filling;
        Assert.Equal(0, inbox.Pending);
        Assert.False(inbox.TryTake(out _));
    }

    [Fact]
    public void What_waits_for_a_sleeping_consumer_is_on_disk_and_not_in_memory()
    {
        const int Batches = 2000, Each = 50;
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        string text = new('.', 1000);
        long before = Settled();
        for (int batch = 0; batch < Batches; batch++)
        {
            int first = batch * Each;
            var items = new List<SyncItem>();
            for (int i = 0; i < Each; i++) items.Add(new SyncItem((ulong)(first + i), Encoding.UTF8.GetBytes(text + (first + i))));
            inbox.Append(new SyncBatch(items, new SyncCursor($"k{batch}"), false));
        }

        long grown = Settled() - before;
        Assert.Equal(Batches * Each, inbox.Pending);

        // 100 MB wait; 4 MB of texts are kept at hand, the window of ids and what the segments cost come on top
        Assert.True(grown < 8 << 20, $"{grown:N0} bytes more in memory");
        Assert.Equal(Enumerable.Range(0, Batches * Each).Select(i => text + i), inbox.Given().Select(entry => entry.Raw()));
    }

    [Fact]
    public void A_long_backlog_of_single_messages_is_opened_and_taken_without_searching_it_again_and_again()
    {
        const int Count = 60_000;
        using var folder = new InboxFolder();
        using (Inbox inbox = folder.Open())
        {
            for (int i = 0; i < Count; i++) inbox.Append(Fetched.Batch($"k{i}", (ulong)i));
            for (int i = 0; i < Count / 2; i++) Assert.True(inbox.TryTake(out _));
            for (int i = 0; i < Count / 2; i += 2) Assert.True(inbox.HandedOver(i));
        }

        using Inbox again = folder.Open();
        Assert.Equal(Count - (Count / 4), again.Pending);
        Assert.Equal(Count - (Count / 4), again.TakeAll().Count);
    }

    /// <summary>The memory in use once what earlier tests left is gone: finalizers and trimmed pools need more than one collection.</summary>
    private static long Settled()
    {
        long last, now = GC.GetTotalMemory(forceFullCollection: true);
        do
        {
            GC.WaitForPendingFinalizers();
            (last, now) = (now, GC.GetTotalMemory(forceFullCollection: true));
        }
        while (last - now > 64 * 1024);
        return now;
    }
}
