using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>Fetching what is there now, without waiting for more (-NoWait): it always ends.</summary>
public sealed class SyncLoopDrainTests : IDisposable
{
    private readonly LoopBench _bench = new();

    private ScriptedServer Server => _bench.Server;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_drain_fetches_until_there_is_no_more_and_never_polls()
    {
        for (ulong i = 0; i < 7; i++) Server.Happens(i);
        await Drain();
        Assert.Equal("fetch fetch fetch fetch fetch fetch fetch", Server.Kinds);
        Assert.Equal(7, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task A_drain_of_nothing_is_one_request()
    {
        await Drain();
        Assert.Equal("fetch", Server.Kinds);
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task A_drain_ends_when_the_server_promises_more_and_brings_nothing()
    {
        Server.OnFetch = Replies.Always(Replies.Fetched(new SyncBatch([Fetched.Item(1)], new SyncCursor("k0"), More: true)));
        await Drain();
        Assert.Equal("fetch fetch fetch fetch", Server.Kinds);
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task A_drain_goes_on_behind_known_messages_that_come_again()
    {
        ulong[][] batches = [.. Fetched.Ids(1, 3000).Chunk(50)];
        foreach (ulong[] ids in batches) _bench.Inbox.Append(Fetched.Batch("", ids));
        _bench.Inbox.StartLogin(1, new SyncCursor("k0"));
        foreach (ulong[] ids in batches) Server.Happens(ids);
        Server.Happens(9001);
        int before = _bench.Inbox.Pending;
        await Drain();
        Assert.Equal(before + 1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task Messages_that_stand_behind_a_batch_of_contacts_are_fetched()
    {
        Server.Happens();
        Server.Happens();
        Server.Happens(1);
        await Drain();
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task A_disk_without_room_ends_a_drain_with_one_error()
    {
        var disk = new FaultyStream();
        using var bench = new LoopBench(Inbox.Over(InboxLog.Over(disk)));
        bench.Server.Happens(1);
        disk.Free = 50;
        WeChatException failure = await Assert.ThrowsAsync<WeChatException>(() => bench.Loop.DrainAsync(Hang.Deadline()));
        Assert.Equal(WeChatErrorReason.InboxUnavailable, failure.Reason);
    }

    [Fact]
    public async Task Drains_in_a_loop_that_bring_nothing_are_at_most_one_a_second_over_any_minute_and_nothing_to_warn_of()
    {
        for (int i = 0; i < 200; i++) await Drain();
        double[] sent = [.. Server.Gaps("fetch").Aggregate(new List<double> { 0 }, (times, gap) => [.. times, times[^1] + gap])];
        Assert.All(sent, from => Assert.True(sent.Count(at => at >= from && at < from + 60) <= 60));
        Assert.Equal(0, _bench.Warnings);
        Assert.Null(_bench.Health.DegradedSince);
    }

    [Fact]
    public async Task Drains_that_bring_something_wait_for_nothing()
    {
        for (ulong i = 1; i <= 200; i++)
        {
            Server.Happens(i);
            await Drain();
        }

        Assert.All(Server.Gaps("fetch"), gap => Assert.Equal(0, gap));
    }

    [Fact]
    public async Task Trouble_ends_a_drain_and_keeps_what_came_before_it()
    {
        Server.Fetches.Enqueue(Replies.Fetched(new SyncBatch([Fetched.Item(1)], new SyncCursor("k1"), More: true)));
        Server.Fetches.Enqueue(Replies.FetchBroken());
        WeChatException failure = await Assert.ThrowsAsync<WeChatException>(Drain);
        Assert.Equal(WeChatErrorReason.Unreachable, failure.Reason);
        Assert.Equal(1, _bench.Inbox.Pending);
        Assert.Equal(1, _bench.Warnings);
    }

    [Fact]
    public async Task A_drain_after_trouble_waits_for_its_pause()
    {
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        for (int i = 0; i < 4; i++) await Assert.ThrowsAsync<WeChatException>(Drain);
        Assert.Equal([1, 1.5, 2.25], Server.Gaps("fetch"));
    }

    [Fact]
    public async Task Drains_that_a_user_asks_for_take_nothing_from_the_loop()
    {
        for (int i = 0; i < 20; i++) await Drain();
        Assert.All(Server.Gaps("fetch"), gap => Assert.Equal(0, gap));
        Server.OnPoll = Replies.Always(Replies.Nothing(TimeSpan.FromSeconds(2)));
        for (int i = 0; i < 7; i++) await _bench.Loop.WaitAsync(Hang.Deadline());
        Assert.All(Server.Gaps("poll"), gap => Assert.Equal(0, gap));
    }

    [Fact]
    public async Task A_drain_that_works_ends_the_trouble_and_leaves_nothing_to_the_loop()
    {
        Server.Fetches.Enqueue(Replies.FetchBroken());
        await Assert.ThrowsAsync<WeChatException>(Drain);
        await Drain();
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
        await _bench.RunForSeconds(20);
        Assert.Equal("fetch fetch poll", Server.Kinds);
    }

    [Fact]
    public async Task A_drain_of_nothing_does_not_end_a_storm_of_polls()
    {
        Server.OnPoll = Replies.Always(Replies.Nothing(default));
        for (int i = 0; i < 6; i++) await _bench.Loop.WaitAsync(Hang.Deadline());
        Assert.Equal(1, _bench.Warnings);
        await Drain();
        Assert.True(_bench.IsDegraded);
        Assert.Equal(0, _bench.Recoveries);
    }

    [Fact]
    public async Task A_cool_down_ends_a_drain_at_once_and_without_a_request()
    {
        Server.OnFetch = Replies.Always(Replies.FetchThrottled());
        Assert.Equal(WeChatErrorReason.Throttled, (await Assert.ThrowsAsync<WeChatException>(Drain)).Reason);
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        WeChatException failure = await Assert.ThrowsAsync<WeChatException>(Drain);
        Assert.Equal(WeChatErrorReason.Throttled, failure.Reason);
        Assert.Contains("2 more minutes", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Server.Count("fetch"));

        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        Server.OnFetch = null;
        Server.Happens(1);
        await Drain();
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task The_end_is_confirmed_in_a_drain_too()
    {
        Server.Fetches.Enqueue(Replies.FetchOver());
        Server.Polls.Enqueue(Replies.Over());
        await Assert.ThrowsAsync<SyncEndedException>(Drain);
        Assert.Equal("fetch poll", Server.Kinds);
    }

    [Fact]
    public async Task A_denied_end_does_not_end_a_drain()
    {
        Server.Happens(1);
        Server.Fetches.Enqueue(Replies.FetchOver());
        await Drain();
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task Fetches_that_insist_on_an_end_which_polls_deny_end_a_drain_with_an_error_and_not_the_session()
    {
        Server.Happens(1);
        Server.OnFetch = Replies.Always(Replies.FetchOver());
        Assert.Equal(WeChatErrorReason.Unreachable, (await Assert.ThrowsAsync<WeChatException>(Drain)).Reason);
        Server.OnFetch = null;
        await Drain();
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task A_cancelled_drain_leaves_the_turn_free()
    {
        using var stop = new CancellationTokenSource();
        Server.OnFetch = async cancellationToken =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Replies.FetchBroken();
        };
        Task draining = _bench.Loop.DrainAsync(stop.Token);
        Task<PollReply> waiting = _bench.Loop.WaitAsync(Hang.Deadline());
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draining).OrHang();
        Assert.Equal(SyncVerdict.Ok, (await waiting).Verdict);
    }

    private Task Drain() => _bench.Loop.DrainAsync(Hang.Deadline());
}
