using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>One long poll for Wait-WeChatSync: its own, or the one that a running loop makes anyway.</summary>
public sealed class SyncLoopWaitTests : IDisposable
{
    private readonly LoopBench _bench = new();
    private readonly CancellationTokenSource _stop = new();

    private ScriptedServer Server => _bench.Server;

    public void Dispose()
    {
        _stop.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task A_wait_polls_once_and_fetches_nothing()
    {
        Server.Happens(1);
        PollReply poll = await Wait();
        Assert.True(poll.HasChanges);
        Assert.Equal("poll", Server.Kinds);
        Assert.Equal(0, _bench.Inbox.Pending);
        Assert.Equal("k0", _bench.Inbox.Cursor.Value);
    }

    [Fact]
    public async Task A_wait_keeps_what_a_poll_itself_brings()
    {
        Server.Polls.Enqueue(Replies.With(Fetched.Batch("k1", 1)));
        await Wait();
        Assert.Equal("poll", Server.Kinds);
        Assert.Equal(Fetched.Texts(1), _bench.Inbox.TakeAll());
    }

    [Fact]
    public async Task A_wait_joins_the_poll_of_a_running_loop()
    {
        _bench.Time.IsFrozen = true;
        TaskCompletionSource<PollReply> held = HoldPolls();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        Task<PollReply> first = Wait(), second = Wait();
        PollReply reply = Replies.Nothing(ScriptedServer.Hold);
        HoldPolls();
        held.SetResult(reply);
        Assert.Same(reply, await first);
        Assert.Same(reply, await second);
        Assert.Equal("poll poll", Server.Kinds);
        await Stop(running);
    }

    [Fact]
    public async Task A_wait_joins_a_running_loop_that_is_between_two_polls()
    {
        Server.Polls.Enqueue(Replies.Changes());
        var fetching = new TaskCompletionSource<FetchReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.OnFetch = _ => fetching.Task;
        TaskCompletionSource<PollReply> held = HoldPolls();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        Assert.Equal("poll fetch", Server.Kinds);
        Task<PollReply> waiting = Wait();
        fetching.SetResult(Replies.Fetched("k1", 1));
        held.SetResult(Replies.Nothing(ScriptedServer.Hold));
        Assert.False((await waiting).HasChanges);
        await Stop(running);
    }

    [Fact]
    public async Task Two_waits_share_one_poll()
    {
        TaskCompletionSource<PollReply> held = HoldPolls();
        Task<PollReply> first = Wait(), second = Wait();
        held.SetResult(Replies.Changes());
        Assert.Same(await first, await second);
        Assert.Equal("poll", Server.Kinds);
    }

    [Fact]
    public async Task A_loop_that_starts_while_somebody_waits_does_not_poll_beside_him_and_does_not_keep_him()
    {
        TaskCompletionSource<PollReply> held = HoldPolls();
        using var impatient = new CancellationTokenSource();
        Task<PollReply> owner = _bench.Loop.WaitAsync(impatient.Token), guest = Wait();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        Assert.Equal("poll", Server.Kinds);

        // the poll's owner gives up: the loop takes over, and the guest gets the loop's poll
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => owner).OrHang();
        held.SetResult(Replies.Changes());
        await guest;
        await Stop(running);
    }

    [Fact]
    public async Task Cancelling_a_joined_wait_leaves_the_loop_and_other_waits_alone()
    {
        TaskCompletionSource<PollReply> held = HoldPolls();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        using var impatient = new CancellationTokenSource();
        Task<PollReply> leaving = _bench.Loop.WaitAsync(impatient.Token), staying = Wait();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving).OrHang();
        Assert.False(running.IsCompleted);
        HoldPolls();
        held.SetResult(Replies.Nothing(ScriptedServer.Hold));
        await staying;
        Assert.False(running.IsCompleted);
        await Stop(running);
    }

    [Fact]
    public async Task When_the_loop_ends_a_joined_wait_polls_itself()
    {
        HoldPolls();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        Task<PollReply> waiting = Wait();
        Server.OnPoll = Replies.Always(Replies.Changes());
        await Stop(running);
        Assert.True((await waiting).HasChanges);
        Assert.Equal("poll poll", Server.Kinds);
    }

    [Fact]
    public async Task A_joined_wait_shares_the_loop_trouble()
    {
        TaskCompletionSource<PollReply> held = HoldPolls();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        Task<PollReply> waiting = Wait();
        HoldPolls();
        held.SetResult(Replies.Throttled());
        Assert.Equal(WeChatErrorReason.Throttled, (await Assert.ThrowsAsync<WeChatException>(() => waiting)).Reason);
        await Stop(running);
    }

    [Fact]
    public async Task A_joined_wait_learns_of_the_end_once_it_is_confirmed()
    {
        TaskCompletionSource<PollReply> held = HoldPolls();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        Task<PollReply> waiting = Wait();
        Server.OnFetch = Replies.Always(Replies.FetchOver());
        held.SetResult(Replies.Over());
        Assert.Equal(1101, (await Assert.ThrowsAsync<SyncEndedException>(() => waiting)).Code);
        await Assert.ThrowsAsync<SyncEndedException>(() => running).OrHang();
        Assert.Equal("poll fetch", Server.Kinds);
    }

    [Fact]
    public async Task A_joined_wait_does_not_take_a_denied_end_for_its_answer()
    {
        TaskCompletionSource<PollReply> held = HoldPolls();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        Task<PollReply> waiting = Wait();
        TaskCompletionSource<PollReply> next = HoldPolls();
        held.SetResult(Replies.Over());
        next.SetResult(Replies.Nothing(ScriptedServer.Hold));
        Assert.Equal(SyncVerdict.Ok, (await waiting).Verdict);
        await Stop(running);
    }

    [Fact]
    public async Task A_wait_of_its_own_confirms_the_end_too()
    {
        Server.Polls.Enqueue(Replies.Over());
        Server.Fetches.Enqueue(Replies.FetchOver());
        await Assert.ThrowsAsync<SyncEndedException>(Wait);
        Assert.Equal("poll fetch", Server.Kinds);
    }

    [Fact]
    public async Task A_wait_whose_end_is_denied_keeps_what_the_second_request_brought()
    {
        Server.Polls.Enqueue(Replies.Over());
        Server.Happens(1);
        PollReply poll = await Wait();
        Assert.Equal((SyncVerdict.Ok, true), (poll.Verdict, poll.HasChanges));
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task A_wait_whose_end_cannot_be_confirmed_says_so()
    {
        Server.Polls.Enqueue(Replies.Over());
        Server.Fetches.Enqueue(Replies.FetchBroken());
        Assert.Equal(WeChatErrorReason.Unreachable, (await Assert.ThrowsAsync<WeChatException>(Wait)).Reason);
        Assert.True(_bench.IsDegraded);
    }

    [Fact]
    public async Task Ends_that_are_denied_again_and_again_are_a_storm()
    {
        Server.OnPoll = Replies.Always(Replies.Over());
        PollReply poll = await Wait();
        Assert.Equal((SyncVerdict.Ok, false), (poll.Verdict, poll.HasChanges));
        Assert.NotNull(_bench.Health.LastSync);
        for (int i = 0; i < 5; i++) await Wait();
        Assert.Equal(1, _bench.Warnings);
        Server.Happens(1);
        Assert.True((await Wait()).HasChanges);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_joined_wait_learns_what_a_repeated_fetch_brought(bool brings)
    {
        Server.Polls.Enqueue(Replies.Changes());
        Server.Fetches.Enqueue(Replies.FetchBroken());
        var fetching = new TaskCompletionSource<FetchReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.OnFetch = _ => fetching.Task;
        HoldPolls();
        Task running = _bench.Loop.RunAsync(_stop.Token);
        Assert.Equal("poll fetch fetch", Server.Kinds);
        Task<PollReply> waiting = Wait();
        fetching.SetResult(brings ? Replies.Fetched("k1", 1) : Replies.Fetched("k1"));
        Assert.Equal(brings, (await waiting).HasChanges);
        await Stop(running);
    }

    [Fact]
    public async Task A_wait_joined_to_a_loop_that_cannot_store_anything_says_why()
    {
        var disk = new FaultyStream();
        using var bench = new LoopBench(Inbox.Over(InboxLog.Over(disk)));
        disk.Free = 50;
        bench.Time.IsFrozen = true;
        bench.Server.Polls.Enqueue(Replies.Changes());
        bench.Server.Fetches.Enqueue(Replies.Fetched("k1", 1));
        Task running = bench.Loop.RunAsync(_stop.Token);
        Assert.True(bench.IsDegraded);
        Task<PollReply> waiting = bench.Loop.WaitAsync(Hang.Deadline());
        bench.Awakening.Raise();
        WeChatException failure = await Assert.ThrowsAsync<WeChatException>(() => waiting).OrHang();
        Assert.Contains("inbox", failure.Message, StringComparison.Ordinal);
        await Stop(running);
    }

    [Fact]
    public async Task A_wait_says_what_went_wrong_and_the_next_one_is_slowed_down()
    {
        Server.OnPoll = Replies.Always(Replies.Broken());
        for (int i = 0; i < 20; i++)
        {
            WeChatException failure = await Assert.ThrowsAsync<WeChatException>(Wait);
            Assert.Equal(WeChatErrorReason.Unreachable, failure.Reason);
        }

        Assert.Equal([1, 1.5, 2.25, 2.5], Server.Gaps("poll").Take(4));
        Assert.Equal(2.5, Server.Gaps("poll")[^1]);
    }

    [Fact]
    public async Task Waits_in_a_loop_that_fetches_nothing_are_slowed_down()
    {
        Server.Happens(1);
        for (int i = 0; i < 30; i++) Assert.True((await Wait()).HasChanges);
        Assert.Equal([0, 0, 0, 0, 0, 0, 2, 2, 2], Server.Gaps("poll").Take(9));
        Assert.Equal(1, _bench.Warnings);

        await _bench.Loop.DrainAsync(Hang.Deadline());
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
    }

    [Fact]
    public async Task Waits_that_succeed_do_not_hide_that_the_fetches_between_them_fail()
    {
        // held so long that the turn guard has no part in it
        TimeSpan held = TimeSpan.FromSeconds(20);
        Server.OnPoll = _ =>
        {
            _bench.Time.Advance(held);
            return Task.FromResult(Replies.Changes(elapsed: held));
        };
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        for (int i = 0; i < 15; i++)
        {
            Assert.True((await Wait()).HasChanges);
            await Assert.ThrowsAsync<WeChatException>(() => _bench.Loop.DrainAsync(Hang.Deadline()));
        }

        Assert.Equal((1, 0), (_bench.Warnings, _bench.Recoveries));
        Assert.All(Server.Gaps("poll"), gap => Assert.Equal(21, gap));
    }

    [Fact]
    public async Task A_pause_runs_on_the_clock_and_not_on_how_often_somebody_waits_for_it()
    {
        Server.Polls.Enqueue(Replies.Throttled());
        await Assert.ThrowsAsync<WeChatException>(Wait);
        _bench.Time.IsFrozen = true;
        var ended = new List<bool>();
        for (int minute = 0; minute < 3; minute++)
        {
            using var impatient = new CancellationTokenSource();
            Task<PollReply> waiting = _bench.Loop.WaitAsync(impatient.Token);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting).OrHang();
            _bench.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, Server.Count("poll"));
        await Wait();
        Assert.Equal(2, Server.Count("poll"));
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_the_turn_free()
    {
        HoldPolls();
        using var impatient = new CancellationTokenSource();
        Task<PollReply> waiting = _bench.Loop.WaitAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting).OrHang();
        Server.OnPoll = null;
        await _bench.RunForSeconds(60);
    }

    [Fact]
    public async Task Loops_and_waits_that_come_and_go_never_leave_one_hanging()
    {
        Server.OnPoll = async cancellationToken =>
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return Replies.Nothing(ScriptedServer.Hold);
        };
        Task[] waits = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++) Assert.Equal(SyncVerdict.Ok, (await Wait()).Verdict);
        }))];
        Task all = Task.WhenAll(waits);
        while (!all.IsCompleted)
        {
            using var stop = new CancellationTokenSource();
            Task running = Task.Run(() => _bench.Loop.RunAsync(stop.Token));
            await Task.Yield();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).OrHang();
        }

        await all;
    }

    private Task<PollReply> Wait() => _bench.Loop.WaitAsync(Hang.Deadline());

    /// <summary>From now on polls are held until the test lets them go, or they are cancelled.</summary>
    private TaskCompletionSource<PollReply> HoldPolls()
    {
        var held = new TaskCompletionSource<PollReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.OnPoll = cancellationToken => held.Task.WaitAsync(cancellationToken);
        return held;
    }

    private async Task Stop(Task running)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).OrHang();
    }
}
