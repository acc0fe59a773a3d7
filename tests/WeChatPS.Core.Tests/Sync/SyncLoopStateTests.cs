using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>What a response means for the state of the session and for the pauses after it.</summary>
public sealed class SyncLoopStateTests : IDisposable
{
    private readonly LoopBench _bench = new();

    private ScriptedServer Server => _bench.Server;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Polls_that_bring_messages_are_never_slowed_down()
    {
        ulong id = 0;
        Server.OnPoll = Replies.Always(() => Replies.With(Fetched.Batch("k0", ++id)));
        for (int i = 0; i < 100; i++) await _bench.Loop.WaitAsync(Hang.Deadline());
        Assert.All(Server.Gaps("poll"), gap => Assert.Equal(0, gap));
        Assert.False(_bench.IsDegraded);
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task A_message_in_a_poll_earns_its_own_place_only()
    {
        int poll = 0;
        Server.OnPoll = Replies.Always(() => poll++ % 2 == 0 ? Replies.With(Fetched.Batch("k0", (ulong)poll)) : Replies.Nothing(default));
        await _bench.RunForSeconds(120);
        Assert.InRange(Server.Count("poll"), 60, 140);
    }

    [Fact]
    public async Task An_announced_fetch_that_brings_nothing_is_a_good_response()
    {
        Server.Polls.Enqueue(Replies.Broken());
        Server.Polls.Enqueue(Replies.Changes());
        await StopAfterFetch(1);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
        Assert.False(_bench.IsDegraded);
    }

    [Fact]
    public async Task Fetches_that_work_while_polls_fail_show_that_the_server_is_there_and_not_that_all_is_well()
    {
        Server.OnPoll = Replies.Always(Replies.Broken());
        await _bench.RunForSeconds(60);
        Assert.NotEqual(0, Server.Count("fetch"));
        Assert.True(_bench.IsDegraded);
        Assert.Equal((1, 0), (_bench.Warnings, _bench.Recoveries));
        Assert.NotNull(_bench.Health.LastSync);
    }

    [Fact]
    public async Task Between_failed_polls_a_fetch_ends_the_time_offline()
    {
        Server.OnPoll = Replies.Always(Replies.Broken());
        await StopAfterFetch(1);
        Assert.True(_bench.IsDegraded);
        Assert.Null(_bench.Health.OfflineSince);
    }

    [Fact]
    public async Task A_fetch_that_is_repeated_and_works_ends_the_trouble_before_the_next_poll()
    {
        Server.Polls.Enqueue(Replies.Changes());
        Server.Fetches.Enqueue(Replies.FetchBroken());
        await StopAfterFetch(2);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
        Assert.False(_bench.IsDegraded);
    }

    [Fact]
    public async Task A_message_ends_the_trouble_at_once()
    {
        Server.OnPoll = Replies.Always(Replies.Broken());
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        await _bench.RunForSeconds(30);
        Server.OnFetch = null;
        Server.Happens(1);
        await StopAfterFetch(1);
        Assert.Equal(1, _bench.Inbox.Pending);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
        Assert.Null(_bench.Health.DegradedSince);
    }

    [Fact]
    public async Task After_a_message_the_pauses_of_trouble_begin_anew()
    {
        Server.OnPoll = Replies.Always(Replies.Broken());
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        await _bench.RunForSeconds(60);
        Server.Happens(1);
        Server.OnFetch = null;
        await StopAfterFetch(1);
        Server.Requests.Clear();
        await _bench.RunForSeconds(20);
        Assert.Equal([1, 1.5, 2.25], Server.Gaps("poll").Take(3));
    }

    [Fact]
    public async Task A_hold_of_ten_seconds_lets_the_pauses_of_trouble_begin_anew()
    {
        for (int i = 0; i < 3; i++) Server.Polls.Enqueue(Replies.Broken());
        Server.Polls.Enqueue(Replies.Nothing(TimeSpan.FromSeconds(10)));
        Server.OnPoll = Replies.Always(Replies.Broken());
        await _bench.RunForSeconds(10);
        Assert.Equal([1, 1.5, 2.25, 0, 1], Server.Gaps("poll").Take(5));
    }

    [Fact]
    public async Task After_a_message_an_empty_turn_is_one_and_not_the_next_of_the_storm_before()
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(Replies.Fetched("k0"));
        await _bench.RunForSeconds(60);
        Assert.True(_bench.IsDegraded);
        int fetches = 0;
        Server.OnFetch = Replies.Always(() => ++fetches == 1 ? Replies.Fetched("k0", 1) : Replies.Fetched("k0"));
        await StopAfterFetch(2);
        Assert.False(_bench.IsDegraded);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
    }

    [Fact]
    public async Task A_poll_of_a_few_seconds_that_announces_nothing_new_is_no_storm()
    {
        TimeSpan held = TimeSpan.FromSeconds(3);
        Server.OnPoll = _ =>
        {
            _bench.Time.Advance(held);
            return Task.FromResult(Replies.Changes(elapsed: held));
        };
        await _bench.RunFor(TimeSpan.FromMinutes(5));
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task What_is_slowed_down_is_told_with_its_cause()
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(Replies.Fetched(new SyncBatch([], new SyncCursor("k0"), More: true)));
        await _bench.RunForSeconds(60);
        Assert.Contains("(ContinueFlag without messages)", _bench.Notices[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trouble_is_told_with_what_the_session_does_about_it()
    {
        Server.OnPoll = Replies.Always(Replies.Broken());
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        await _bench.RunForSeconds(10);
        Assert.Equal("WeChat is not responding correctly (HTTP status 503). The session keeps retrying.", _bench.Notices[0].Text);
    }

    [Fact]
    public async Task Throttling_is_told_with_its_code_and_its_length()
    {
        Server.OnPoll = Replies.Always(Replies.Throttled());
        await _bench.RunForSeconds(10);
        Assert.Equal("WeChat throttled the session (retcode 1205). Polling pauses for 3 minutes.", _bench.Notices[0].Text);
    }

    [Fact]
    public async Task A_fetch_that_brings_something_makes_the_next_cool_down_a_short_one_again()
    {
        for (int i = 0; i < 2; i++)
        {
            Server.Fetches.Enqueue(Replies.FetchThrottled());
            await Assert.ThrowsAsync<WeChatException>(() => _bench.Loop.DrainAsync(Hang.Deadline()));
            _bench.Time.Advance(TimeSpan.FromMinutes(3));
            Server.Fetches.Enqueue(Replies.Fetched("k0", (ulong)i));
            await _bench.Loop.DrainAsync(Hang.Deadline());
        }
    }

    [Fact]
    public async Task It_is_known_whether_a_request_is_under_way()
    {
        bool during = false;
        Server.OnFetch = _ =>
        {
            during = _bench.Loop.IsBusy;
            return Task.FromResult(Replies.Fetched("k0"));
        };
        Assert.False(_bench.Loop.IsBusy);
        await _bench.Loop.DrainAsync(Hang.Deadline());
        Assert.True(during);
        Assert.False(_bench.Loop.IsBusy);
    }

    /// <summary>Runs the loop until a fetch, the first, second … from now on, has been used, and stops it at the next request.</summary>
    private async Task StopAfterFetch(int number)
    {
        using var stop = new CancellationTokenSource();
        int fetches = Server.Count("fetch") + number;
        Server.Noted = () =>
        {
            if (Server.Count("fetch") == fetches) Server.StopAt(TimeSpan.Zero, stop);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Loop.RunAsync(stop.Token)).OrHang();
        Server.Noted = null;
        Server.StopAt(TimeSpan.MaxValue, stop);
    }
}
