using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>What the loop does with each verdict.</summary>
public sealed class SyncLoopTests : IDisposable
{
    private readonly LoopBench _bench = new();

    private ScriptedServer Server => _bench.Server;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_idle_account_costs_one_poll_a_hold_and_nothing_else()
    {
        await _bench.RunForSeconds(3600);
        Assert.Equal(3600 / 25, Server.Count("poll"));
        Assert.Equal(0, Server.Count("fetch"));
        Assert.Equal(Server.Count("poll"), _bench.Health.Polls - 1);
        Assert.Empty(_bench.Notices);
        Assert.False(_bench.IsDegraded);
        Assert.Equal(_bench.Time.GetUtcNow(), _bench.Health.LastSync);
    }

    [Fact]
    public async Task What_a_poll_announces_is_fetched_before_the_next_poll()
    {
        Server.Happens(1, 2);
        Server.Happens(3);
        await _bench.RunForSeconds(30);
        Assert.Equal("poll fetch fetch poll poll", Server.Kinds);
        Assert.Equal(["k0", "k0", "k1", "k2", "k2"], Server.Requests.Select(request => request.Cursor));
        Assert.Equal(Fetched.Texts(1, 2, 3), _bench.Inbox.TakeAll());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Every_selector_but_0_means_fetch(int selector)
    {
        Server.Polls.Enqueue(Replies.Changes(selector));
        Server.Happens(1);
        await _bench.RunForSeconds(1);
        Assert.StartsWith("poll fetch", Server.Kinds, StringComparison.Ordinal);
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task A_wake_fetches_at_once_and_is_no_trouble()
    {
        Server.Happens(1);
        Server.Polls.Enqueue(Replies.Wake());
        await _bench.RunForSeconds(1);
        Assert.Equal(("fetch", TimeSpan.Zero), (Server.Requests[1].Kind, Server.Requests[1].At));
        Assert.Equal(1, _bench.Inbox.Pending);
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task Trouble_is_met_with_growing_pauses_and_one_warning()
    {
        Server.OnPoll = Replies.Always(Replies.Broken());
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        await _bench.RunForSeconds(3600);

        // the second failed poll is followed by a fetch, and from then on the fetch is repeated
        Assert.Equal("poll poll fetch fetch fetch", string.Join(' ', Server.Kinds.Split(' ').Take(5)));
        double[] at = [.. Server.Requests.Select(request => request.At.TotalSeconds)];
        Assert.Equal([0, 1, 1, 3.25, 5.75], at.Take(5));
        double[] gaps = [.. at.Skip(3).Zip(at.Skip(2), (later, earlier) => later - earlier)];
        Assert.All(at.Skip(3).Zip(gaps), one => Assert.InRange(one.Second, 2, one.First - one.Second < 600 ? 2.5 : 10.001));
        Assert.Equal(10, gaps[^1], 0.001);
        Assert.Equal(1, _bench.Warnings);
        Assert.Contains("HTTP status 502", _bench.Health.DegradedReason, StringComparison.Ordinal);
        Assert.Contains("HTTP status 502", _bench.Health.LastError, StringComparison.Ordinal);
        Assert.Null(_bench.Health.LastSync);
    }

    [Fact]
    public async Task A_server_that_is_not_even_reached_is_tried_again_within_seconds()
    {
        Server.OnPoll = Replies.Always(Replies.Unreached());
        Server.OnFetch = Replies.Always(new FetchReply(SyncVerdict.Offline, 0, "connection refused", null));
        await _bench.RunForSeconds(3600);
        Assert.Equal(2.5, Server.Gaps("fetch").Max());
        Assert.Equal(1, _bench.Warnings);
        Assert.NotNull(_bench.Health.OfflineSince);

        (Server.OnPoll, Server.OnFetch) = (null, null);
        await _bench.RunForSeconds(60);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
    }

    [Fact]
    public async Task After_trouble_the_first_good_reply_resets_the_pauses_and_says_so_once()
    {
        for (int outage = 0; outage < 2; outage++)
        {
            Server.Polls.Enqueue(Replies.Broken());
            Server.Polls.Enqueue(Replies.Broken());
            for (int i = 0; i < 8; i++) Server.Fetches.Enqueue(Replies.FetchBroken());
            await _bench.RunForSeconds(200);
            Assert.Equal((outage + 1, outage + 1), (_bench.Warnings, _bench.Recoveries));
        }

        Assert.False(_bench.IsDegraded);
        Assert.Null(_bench.Health.OfflineSince);
        Assert.Null(_bench.Health.NextTry);
        Assert.NotNull(_bench.Health.LastError);
        Assert.Equal(2, Server.Gaps("poll").Count(gap => gap == 1));
    }

    [Fact]
    public async Task An_outage_is_dated_from_its_beginning()
    {
        await _bench.RunForSeconds(50);
        DateTimeOffset beginning = _bench.Time.GetUtcNow();
        Server.OnPoll = Replies.Always(Replies.Broken());
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        await _bench.RunForSeconds(600);
        Assert.Equal(beginning, _bench.Health.OfflineSince);
        Assert.Equal(beginning, _bench.Health.DegradedSince);
        Assert.Equal(beginning, _bench.Health.LastSync);
    }

    [Fact]
    public async Task While_the_loop_waits_it_says_when_it_tries_again_and_while_it_tries_it_does_not()
    {
        var next = new List<DateTimeOffset?>();
        Server.OnPoll = _ =>
        {
            next.Add(_bench.Health.NextTry);
            return Task.FromResult(Replies.Broken());
        };
        await _bench.RunForSeconds(5);
        Assert.All(next, Assert.Null);

        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        _bench.Time.IsFrozen = true;
        Server.OnPoll = Replies.Always(Replies.Broken());
        using var stop = new System.Threading.CancellationTokenSource();
        Task running = _bench.Loop.RunAsync(stop.Token);
        Assert.True(_bench.Health.NextTry > _bench.Time.GetUtcNow());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).OrHang();
    }

    [Fact]
    public async Task A_poll_that_was_never_answered_is_repeated_at_once_and_the_second_is_followed_by_a_fetch()
    {
        TimeSpan deadline = TimeSpan.FromSeconds(35);
        Server.OnPoll = _ =>
        {
            _bench.Time.Advance(deadline);
            return Task.FromResult(Replies.Broken(deadline));
        };
        Server.OnFetch = Replies.Always(() => Replies.Fetched("k0"));
        await _bench.RunForSeconds(35 * 8);
        Assert.All(Server.Gaps("poll"), gap => Assert.Equal(35, gap));
        Assert.Equal("poll poll fetch poll fetch poll fetch", string.Join(' ', Server.Kinds.Split(' ').Take(7)));
    }

    [Fact]
    public async Task A_fetch_that_fails_is_repeated_before_the_next_poll()
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        await _bench.RunForSeconds(3600);
        Assert.Equal(1, Server.Count("poll"));
        Assert.Equal((1, 0), (_bench.Warnings, _bench.Recoveries));
        Assert.NotNull(_bench.Health.OfflineSince);
    }

    [Fact]
    public async Task Whatever_alternates_an_outage_is_one_warning()
    {
        int turn = 0;
        Server.OnPoll = _ => Task.FromResult((turn++ % 3) switch
        {
            0 => Replies.Broken(),
            1 => new PollReply(SyncVerdict.Transient, false, 1203, 0, default, "retcode 1203"),
            _ => Replies.Nothing(default),
        });
        int fetch = 0;
        Server.OnFetch = Replies.Always(() => fetch++ % 2 == 0 ? Replies.Fetched("k0") : Replies.FetchBroken());
        await _bench.RunFor(TimeSpan.FromMinutes(10));
        Assert.InRange(_bench.Warnings, 1, 1);
        Assert.All(Server.Requests, from => Assert.InRange(
            Server.Requests.Count(request => request.At >= from.At && request.At < from.At + TimeSpan.FromSeconds(15)), 1, 15));
    }

    [Fact]
    public async Task An_outage_that_relapses_for_half_a_minute_is_said_again()
    {
        Server.Polls.Enqueue(Replies.Broken());
        Server.Polls.Enqueue(Replies.Nothing(TimeSpan.FromSeconds(1)));
        Server.OnPoll = Replies.Always(Replies.Broken());
        Server.OnFetch = Replies.Always(Replies.FetchBroken());
        await _bench.RunForSeconds(20);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
        await _bench.RunForSeconds(20);
        Assert.Equal((2, 1), (_bench.Warnings, _bench.Recoveries));
    }

    [Fact]
    public async Task A_fetch_that_fails_between_two_batches_goes_on_where_it_was()
    {
        Server.Happens(1);
        Server.Happens(2);
        Server.Polls.Enqueue(Replies.Changes());
        Server.Fetches.Enqueue(Replies.Fetched(new SyncBatch([Fetched.Item(1)], new SyncCursor("k1"), true)));
        Server.Fetches.Enqueue(Replies.FetchBroken());
        await _bench.RunForSeconds(30);
        Assert.Equal("poll fetch fetch fetch poll", string.Join(' ', Server.Kinds.Split(' ').Take(5)));
        Assert.Equal(Fetched.Texts(1, 2), _bench.Inbox.TakeAll());
        Assert.False(_bench.IsDegraded);
    }

    [Fact]
    public async Task Throttling_leaves_the_server_alone_for_minutes_and_longer_each_time()
    {
        Server.OnPoll = Replies.Always(Replies.Throttled());
        await _bench.RunFor(TimeSpan.FromHours(3));
        Assert.Equal([3, 6, 12, 24, 30, 30], Server.Gaps("poll").Take(6).Select(seconds => seconds / 60));
        Assert.Equal(1, _bench.Warnings);
    }

    [Fact]
    public async Task After_a_good_reply_the_next_cool_down_is_a_short_one_again()
    {
        for (int i = 0; i < 3; i++)
        {
            Server.Polls.Enqueue(Replies.Throttled());
            Server.Polls.Enqueue(Replies.Nothing(ScriptedServer.Hold));
        }

        await _bench.RunFor(TimeSpan.FromMinutes(20));
        Assert.Equal([180, 0, 180, 0, 180, 0], Server.Gaps("poll").Take(6));
    }

    [Fact]
    public async Task A_throttled_fetch_counts_like_a_throttled_poll()
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(Replies.FetchThrottled());
        await _bench.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal([3, 6], Server.Gaps("fetch").Take(2).Select(seconds => seconds / 60));
    }

    [Fact]
    public async Task A_cool_down_is_remembered_across_processes_and_said()
    {
        DateTimeOffset until;
        using (var earlier = new LoopBench())
        {
            earlier.Server.OnPoll = Replies.Always(Replies.Throttled());
            await earlier.RunForSeconds(1);
            until = earlier.Health.ThrottledUntil!.Value;
        }

        _bench.Health.ThrottledUntil = until;
        await _bench.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(3), Server.Requests[0].At);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
        Assert.Contains("3 more minutes", _bench.Notices[0].Text, StringComparison.Ordinal);
        Assert.Null(_bench.Health.ThrottledUntil);
    }

    [Theory]
    [InlineData(365)]
    [InlineData(365 * 5000)]
    public async Task A_day_clock_that_was_set_back_does_not_make_a_cool_down_endless(int days)
    {
        _bench.Health.ThrottledUntil = _bench.Time.GetUtcNow() + TimeSpan.FromDays(days);
        await _bench.RunFor(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromMinutes(30), Server.Requests[0].At);
    }

    [Fact]
    public async Task A_transport_whose_poll_brings_the_data_needs_no_fetch()
    {
        for (int i = 1; i <= 3; i++) Server.Polls.Enqueue(Replies.With(Fetched.Batch($"k{i}", (ulong)i)));
        await _bench.RunForSeconds(1);
        Assert.Equal("poll poll poll poll", Server.Kinds);
        Assert.Equal(Fetched.Texts(1, 2, 3), _bench.Inbox.TakeAll());
    }

    [Fact]
    public async Task Setting_the_day_clock_back_during_a_cool_down_does_not_lengthen_it()
    {
        Server.Polls.Enqueue(Replies.Throttled());
        await Assert.ThrowsAsync<WeChatException>(() => _bench.Loop.WaitAsync(Hang.Deadline()));
        _bench.Time.SetBack(TimeSpan.FromHours(8));
        await _bench.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(3), Server.Requests[1].At);
    }
}
