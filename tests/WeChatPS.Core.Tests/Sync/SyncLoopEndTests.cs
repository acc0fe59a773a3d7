using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>How the loop ends: at the server's word, given twice; at the disk's; at the caller's.</summary>
public sealed class SyncLoopEndTests : IDisposable
{
    private readonly LoopBench _bench = new();

    private ScriptedServer Server => _bench.Server;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1100)]
    [InlineData(1101)]
    [InlineData(1102)]
    public async Task The_end_is_confirmed_by_one_more_request_and_comes_once(int code)
    {
        Server.Polls.Enqueue(Replies.Over(code));
        Server.OnFetch = Replies.Always(Replies.FetchOver(code));
        SyncEndedException end = await _bench.RunUntil<SyncEndedException>();
        Assert.Equal(code, end.Code);
        Assert.Equal("poll fetch", Server.Kinds);
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task An_end_that_the_second_request_denies_is_none()
    {
        Server.Polls.Enqueue(Replies.Over());
        Server.Happens(1);
        await _bench.RunForSeconds(60);
        Assert.Equal("poll fetch poll poll poll", Server.Kinds);
        Assert.Equal(1, _bench.Inbox.Pending);
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task A_denied_end_fetches_all_there_is()
    {
        Server.Polls.Enqueue(Replies.Over());
        Server.Happens(1);
        Server.Happens(2);
        await _bench.RunForSeconds(20);
        Assert.Equal("poll fetch fetch poll", Server.Kinds);
        Assert.Equal(2, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task An_end_that_cannot_be_confirmed_is_asked_about_again_later()
    {
        Server.OnPoll = Replies.Always(Replies.Over());
        Server.Fetches.Enqueue(Replies.FetchBroken());
        Server.Fetches.Enqueue(Replies.FetchOver());
        await _bench.RunUntil<SyncEndedException>();
        Assert.Equal("poll fetch fetch poll", Server.Kinds);
        Assert.Equal([0, 2, 3, 5], Server.Requests.Select(request => request.At.TotalSeconds));
    }

    [Fact]
    public async Task An_end_said_by_a_fetch_is_confirmed_by_a_poll_two_seconds_later()
    {
        Server.Polls.Enqueue(Replies.Changes());
        Server.Fetches.Enqueue(Replies.FetchOver(1100));
        Server.Polls.Enqueue(Replies.Over(1101));
        SyncEndedException end = await _bench.RunUntil<SyncEndedException>();
        Assert.Equal(1100, end.Code);
        Assert.Equal("poll fetch poll", Server.Kinds);
        Assert.Equal(2, (Server.Requests[2].At - Server.Requests[1].At).TotalSeconds);
    }

    [Fact]
    public async Task An_end_said_by_a_fetch_and_denied_by_a_poll_is_none()
    {
        Server.Happens(1);
        Server.Fetches.Enqueue(Replies.FetchOver());
        await _bench.RunForSeconds(20);
        Assert.Equal("poll fetch poll fetch poll", Server.Kinds);
        Assert.Equal(1, _bench.Inbox.Pending);
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task A_second_of_1101_everywhere_ends_no_session()
    {
        Server.OnPoll = _ => Task.FromResult(_bench.Time.Passed < TimeSpan.FromSeconds(1) ? Replies.Over() : Replies.Changes());
        Server.OnFetch = _ => Task.FromResult(_bench.Time.Passed < TimeSpan.FromSeconds(1) ? Replies.FetchOver() : Replies.Fetched("k1", 1));
        await _bench.RunForSeconds(20);
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task A_confirming_poll_that_the_server_holds_denies_the_end()
    {
        Server.Polls.Enqueue(Replies.Changes());
        Server.Fetches.Enqueue(Replies.FetchOver());
        Server.OnPoll = HoldUntilCancelled<PollReply>;
        Server.OnFetch = _ =>
        {
            Server.OnPoll = null;
            return Task.FromResult(Replies.Fetched("k1", 1));
        };
        await _bench.RunForSeconds(20);
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task Trouble_with_the_disk_gives_up_no_key_and_is_left_behind_when_there_is_room()
    {
        var disk = new FaultyStream();
        using var bench = new LoopBench(Inbox.Over(InboxLog.Over(disk)));
        bench.Server.Happens(1);
        disk.Free = 50;
        using (var stop = new CancellationTokenSource())
        {
            bench.Time.StopAt(TimeSpan.FromMinutes(1), stop);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Loop.RunAsync(stop.Token)).OrHang();
            bench.Time.StopAt(TimeSpan.MaxValue, stop);
        }

        Assert.Equal(1, bench.Warnings);
        Assert.Contains("inbox", bench.Health.DegradedReason, StringComparison.Ordinal);
        Assert.Null(bench.Health.OfflineSince);
        Assert.Equal("k0", bench.Inbox.Cursor.Value);

        // What could not be stored is fetched again, whatever the polls say.
        disk.Free = long.MaxValue;
        bench.Server.Requests.Clear();
        await bench.RunForSeconds(5);
        Assert.Equal("fetch", bench.Server.Requests[0].Kind);
        Assert.Equal(Fetched.Texts(1), bench.Inbox.TakeAll());
        Assert.False(bench.IsDegraded);
        Assert.Equal(1, bench.Recoveries);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_fetched_again_before_the_next_poll()
    {
        var disk = new FaultyStream();
        using var bench = new SteppedBench(Inbox.Over(disk.OpenLog()));
        await bench.Pass(1);
        bench.OnFetch = _ => Task.FromResult(Replies.Fetched("k1", 1));
        disk.Free = 50;
        bench.Happens(1);
        await bench.Pass(0.5);
        Assert.NotNull(bench.Health.DegradedSince);
        bench.Requests.Clear();
        disk.Free = long.MaxValue;
        await bench.UntilDelivered(1);
        Assert.Equal("fetch", bench.Requests[0].Kind);
    }

    [Fact]
    public async Task Stopped_while_polling_the_loop_can_run_again()
    {
        Server.OnPoll = HoldUntilCancelled<PollReply>;
        await AssertStops();
    }

    [Fact]
    public async Task Stopped_while_fetching_the_loop_can_run_again()
    {
        Server.Polls.Enqueue(Replies.Changes());
        Server.OnFetch = HoldUntilCancelled<FetchReply>;
        await AssertStops();
    }

    [Fact]
    public async Task Stopped_while_confirming_the_end_the_loop_can_run_again()
    {
        Server.Polls.Enqueue(Replies.Over());
        Server.OnFetch = HoldUntilCancelled<FetchReply>;
        await AssertStops();
    }

    [Fact]
    public async Task Stopped_in_a_pause_the_loop_can_run_again()
    {
        Server.Polls.Enqueue(Replies.Broken());
        _bench.Time.IsFrozen = true;
        await AssertStops();
    }

    [Fact]
    public async Task Stopped_between_two_fetches_the_loop_can_run_again()
    {
        Server.Polls.Enqueue(Replies.Changes());
        for (int i = 0; i < 20; i++)
            Server.Fetches.Enqueue(Replies.Fetched(new SyncBatch([], new SyncCursor($"k{i}"), More: true)));
        _bench.Time.IsFrozen = true;
        await AssertStops();
    }

    [Fact]
    public async Task Stopped_while_another_holds_the_turn_the_loop_can_run_again()
    {
        Server.OnPoll = HoldUntilCancelled<PollReply>;
        using var stop = new CancellationTokenSource();
        Task first = _bench.Loop.RunAsync(stop.Token);
        await AssertStops();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first).OrHang();
        await AssertRunsAgain();
    }

    [Fact]
    public async Task Stopped_before_it_starts_the_loop_asks_for_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Loop.RunAsync(new CancellationToken(canceled: true))).OrHang();
        Assert.Empty(Server.Requests);
        await AssertRunsAgain();
    }

    [Fact]
    public async Task A_stop_is_heard_even_where_the_transport_never_looks()
    {
        using var stop = new CancellationTokenSource();
        var deaf = new DeafTransport(stop);
        var loop = new SyncLoop(deaf, _bench.Inbox, _bench.Health, new RequestBudget(_bench.Time), _bench.Awakening, _bench.Time, () => 0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.RunAsync(stop.Token)).OrHang();
        Assert.Equal(1, deaf.Polls);
    }

    [Fact]
    public async Task An_exception_that_no_table_knows_is_a_failure_like_others()
    {
        Server.OnPoll = _ => throw new InvalidOperationException("Decoder ran into invalid data.");
        Server.OnFetch = _ => throw new FormatException("NaN");
        await _bench.RunForSeconds(60);
        Assert.Equal(1, _bench.Warnings);
        Assert.Contains("FormatException: NaN", _bench.Health.LastError, StringComparison.Ordinal);
        await AssertRunsAgain();
        Assert.False(_bench.IsDegraded);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure_too()
    {
        Server.OnPoll = _ => throw new TaskCanceledException();
        Server.Fetches.Enqueue(Replies.Fetched("k1", 1));
        await _bench.RunForSeconds(10);
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    private static async Task<T> HoldUntilCancelled<T>(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("never reached");
    }

    private async Task AssertStops()
    {
        using var stop = new CancellationTokenSource();
        Task running = _bench.Loop.RunAsync(stop.Token);
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).OrHang();
        if (Server.PollsAtOnce == 0) await AssertRunsAgain();
    }

    private async Task AssertRunsAgain()
    {
        (_bench.Time.IsFrozen, Server.OnPoll, Server.OnFetch) = (false, null, null);
        int before = Server.Requests.Count;
        await _bench.RunForSeconds(100);
        Assert.True(Server.Requests.Count > before);
    }

    private sealed class DeafTransport(CancellationTokenSource stop) : ISyncTransport
    {
        public int Polls { get; private set; }

        public Task<PollReply> PollAsync(SyncCursor cursor, CancellationToken cancellationToken)
        {
            if (++Polls > 10) throw new InvalidOperationException("The stop was not heard.");
            stop.Cancel();
            return Task.FromResult(Replies.Nothing(ScriptedServer.Hold));
        }

        public Task<FetchReply> FetchAsync(SyncCursor cursor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Refresh()
        {
        }
    }
}
