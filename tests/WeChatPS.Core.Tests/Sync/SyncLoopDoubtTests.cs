using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>Polls that cannot be trusted: fetches beside them, and how soon a message is there after and during a fault.</summary>
public sealed class SyncLoopDoubtTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(35);

    private readonly SteppedBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_idle_account_costs_one_poll_a_hold_and_no_fetch()
    {
        await _bench.Pass(600);
        Assert.InRange(_bench.Requests.Count, 24, 25);
        Assert.All(_bench.Requests, request => Assert.Equal("poll", request.Kind));
        _bench.Happens(1);
        Assert.InRange(await _bench.UntilDelivered(1), 0, 0.2);
        Assert.Empty(_bench.Notices);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(60)]
    [InlineData(180)]
    [InlineData(590)]
    public async Task After_an_outage_of_up_to_ten_minutes_a_message_is_there_within_5_seconds(double seconds)
    {
        await _bench.Pass(10);
        Break();
        await _bench.Pass(seconds);
        Mend();
        _bench.Happens(1);
        Assert.InRange(await _bench.UntilDelivered(2), 0, 5);
        AssertNeverMoreThan15();
        Assert.Equal(1, _bench.Warnings);
    }

    // The requests of the trouble have used up the budget: the five turns until the guard is active would take ten seconds.
    [Fact]
    public async Task After_polls_that_failed_one_that_says_at_once_that_there_is_nothing_is_not_believed()
    {
        _bench.OnPoll = Replies.Always(Replies.Broken());
        await _bench.Pass(89);
        _bench.OnPoll = Replies.Always(Replies.Nothing(default));
        for (int message = 1; message <= 20; message++)
        {
            _bench.Happens((ulong)message);
            Assert.InRange(await _bench.UntilDelivered(message), 0, 5);
            await _bench.Pass(0.7 * message);
        }
    }

    [Fact]
    public async Task While_every_poll_says_at_once_that_there_is_nothing_each_message_is_there_within_5_seconds()
    {
        _bench.OnPoll = Replies.Always(Replies.Nothing(default));
        await _bench.Pass(60);
        for (int message = 1; message <= 20; message++)
        {
            _bench.Happens((ulong)message);
            Assert.InRange(await _bench.UntilDelivered(message), 0, 5);
            await _bench.Pass(0.7 * message);
        }
    }

    [Fact]
    public async Task After_a_longer_outage_a_message_is_there_within_15_seconds()
    {
        Break();
        await _bench.Pass(3600);
        Mend();
        _bench.Happens(1);
        Assert.InRange(await _bench.UntilDelivered(2), 0, 15);
    }

    [Fact]
    public async Task After_an_outage_the_session_of_a_silent_account_is_well_again_within_seconds()
    {
        Break();
        await _bench.Pass(60);
        Mend();
        await _bench.Pass(10);
        Assert.Null(_bench.Health.DegradedSince);
        Assert.Equal(2, _bench.Notices.Count);
    }

    [Fact]
    public async Task Messages_come_by_fetch_while_polls_hang()
    {
        _bench.OnPoll = Late;
        await _bench.Pass(40);
        for (ulong id = 1; id <= 20; id++)
        {
            _bench.Happens(id);
            Assert.InRange(await _bench.UntilDelivered((int)id), 0, 5);
            await _bench.Pass(7.7);
        }

        AssertNeverMoreThan15();
    }

    [Fact]
    public async Task A_poll_that_outlasts_every_hold_before_it_is_doubted_before_its_deadline()
    {
        await _bench.Pass(60);
        _bench.OnPoll = Late;
        await _bench.Pass(26);
        _bench.Happens(1);
        Assert.InRange(await _bench.UntilDelivered(1), 0, 25 + 5);
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task A_server_that_held_longer_before_is_not_doubted_for_a_short_hold_or_a_failed_one()
    {
        await _bench.Pass(10);
        _bench.OnPoll = Held(5);
        await _bench.Pass(16);
        _bench.OnPoll = null;
        await _bench.Pass(60);
        Assert.DoesNotContain(_bench.Requests, request => request.Kind == "fetch");

        // What failed late was no hold.
        _bench.OnPoll = Late;
        await _bench.Pass(44);
        _bench.OnPoll = null;
        await _bench.Pass(20);
        _bench.OnPoll = SteppedBench.Never<PollReply>;
        await _bench.Pass(25);
        _bench.Happens(1);
        Assert.InRange(await _bench.UntilDelivered(1), 10, 20);
    }

    [Fact]
    public async Task An_end_that_fetches_insist_on_and_held_polls_deny_leaves_no_poll_behind()
    {
        int most = 0, polls = 0;
        _bench.Happens(1);
        _bench.OnFetch = Replies.Always(Replies.FetchOver());
        await _bench.Pass(0.1);
        _bench.OnPoll = async cancellationToken =>
        {
            most = Math.Max(most, ++polls);
            try
            {
                return await Late(cancellationToken);
            }
            finally
            {
                polls--;
            }
        };
        await _bench.Pass(60);
        Assert.Equal(1, most);
        Assert.Equal("WeChat is not responding correctly (Ret 1101, but the poll was held).", _bench.Health.LastError);
    }

    [Fact]
    public async Task A_full_disk_ends_the_fetches_beside_a_poll_until_there_is_room()
    {
        var disk = new FaultyStream();
        using var bench = new SteppedBench(Inbox.Over(InboxLog.Over(disk)));
        await bench.Pass(26);
        bench.OnPoll = SteppedBench.Never<PollReply>;
        await bench.Pass(30);
        disk.Free = 50;
        bench.OnFetch = Replies.Always(Replies.Fetched("k1", 1));
        await bench.Pass(120);
        Assert.Equal(["poll", "poll", "poll", "fetch"], bench.Requests.Select(request => request.Kind));
        Assert.NotNull(bench.Health.DegradedSince);
        disk.Free = long.MaxValue;
        Assert.InRange(await bench.UntilDelivered(1), 0, 5);
    }

    [Fact]
    public async Task A_network_that_returns_is_no_reason_to_ask_a_server_that_throttles()
    {
        _bench.OnPoll = Replies.Always(Replies.Throttled());
        await _bench.Pass(60);
        await _bench.WakeUp(isHeeded: false);
        await _bench.Pass(60);
        Assert.Single(_bench.Requests);
    }

    [Theory]
    [InlineData(1203)]
    [InlineData(-1)]
    public async Task Messages_come_by_fetch_while_polls_fail(int code)
    {
        _bench.OnPoll = _ => Task.FromResult(new PollReply(SyncVerdict.Transient, false, code, 0, default, $"retcode {code}"));
        await _bench.Pass(20);
        for (ulong id = 1; id <= 20; id++)
        {
            _bench.Happens(id);
            Assert.InRange(await _bench.UntilDelivered((int)id), 0, 5);
            await _bench.Pass(7.7);
        }

        AssertNeverMoreThan15();
        Assert.Equal(1, _bench.Warnings);
    }

    [Fact]
    public async Task A_message_comes_within_5_seconds_while_the_server_answers_every_poll_at_once()
    {
        _bench.OnPoll = Replies.Always(Replies.Nothing(default));
        await _bench.Pass(60);
        for (ulong id = 1; id <= 20; id++)
        {
            _bench.Happens(id);
            Assert.InRange(await _bench.UntilDelivered((int)id), 0, 5);
            await _bench.Pass(13.3);
        }

        AssertNeverMoreThan15();
    }

    [Fact]
    public async Task A_poll_that_announces_what_was_fetched_beside_it_is_no_empty_turn()
    {
        _bench.OnPoll = Late;
        await _bench.Pass(36);
        var poll = new TaskCompletionSource<PollReply>();
        _bench.OnPoll = cancellationToken => poll.Task.WaitAsync(cancellationToken);
        await _bench.Pass(36);
        _bench.Happens(1);
        await _bench.UntilDelivered(1);
        int fetches = _bench.Requests.Count(request => request.Kind == "fetch");
        _bench.OnPoll = null;
        poll.SetResult(Replies.Changes());
        await _bench.Pass(1);
        Assert.Equal(fetches, _bench.Requests.Count(request => request.Kind == "fetch"));
    }

    [Fact]
    public async Task Two_polls_are_never_under_way_at_once()
    {
        int polls = 0, most = 0;
        _bench.OnPoll = async cancellationToken =>
        {
            most = Math.Max(most, ++polls);
            try
            {
                return await Late(cancellationToken);
            }
            finally
            {
                polls--;
            }
        };
        int fetch = 0;
        _bench.OnFetch = _ => Task.FromResult(++fetch % 3 == 0 ? Replies.FetchOver() : fetch % 3 == 1 ? Replies.FetchBroken() : Replies.Fetched("k0"));
        await _bench.Pass(60);
        Assert.Equal(1, most);
        AssertNeverMoreThan15();
    }

    [Fact]
    public async Task A_poll_that_hangs_does_not_hide_that_the_session_is_over()
    {
        _bench.OnPoll = Late;
        await _bench.Pass(36);
        _bench.OnFetch = _ =>
        {
            _bench.OnPoll = _ => Task.FromResult(Replies.Over());
            return Task.FromResult(Replies.FetchOver());
        };
        SyncEndedException ended = await Assert.ThrowsAsync<SyncEndedException>(() => _bench.Pass(20));
        Assert.Equal(1101, ended.Code);
    }

    [Fact]
    public async Task A_server_that_throttles_the_fetches_beside_a_poll_is_left_alone()
    {
        _bench.OnPoll = Late;
        _bench.OnFetch = Replies.Always(Replies.FetchThrottled());
        await _bench.Pass(36 + 170);
        Assert.Equal(["poll", "poll", "fetch"], _bench.Requests.Select(request => request.Kind));
    }

    [Fact]
    public async Task A_machine_that_wakes_up_fetches_over_a_new_connection_at_once()
    {
        await _bench.Pass(60);
        _bench.OnPoll = SteppedBench.Never<PollReply>;
        await _bench.Pass(20);
        _bench.Happens(1);
        _bench.OnPoll = null;
        await _bench.WakeUp();
        Assert.InRange(await _bench.UntilDelivered(1), 0, 2);
        Assert.Equal(1, _bench.Refreshed);
        Assert.Empty(_bench.Notices);

        // The poll of a new connection may be swallowed like the one before, so a fetch comes first.
        Assert.Equal(["poll", "poll", "poll", "poll", "fetch", "poll"], _bench.Requests.Select(request => request.Kind));
    }

    [Fact]
    public async Task A_network_that_returns_ends_the_pause_of_a_long_outage()
    {
        Break();
        await _bench.Pass(1000);
        Mend();
        _bench.Happens(1);
        await _bench.WakeUp();
        Assert.InRange(await _bench.UntilDelivered(2), 0, 2);
    }

    [Fact]
    public async Task A_fetch_on_a_dead_connection_is_repeated_when_the_network_returns()
    {
        _bench.OnFetch = SteppedBench.Never<FetchReply>;
        _bench.Happens(1);
        await _bench.Pass(5);
        _bench.OnFetch = null;
        await _bench.WakeUp();
        Assert.InRange(await _bench.UntilDelivered(1), 0, 2);
    }

    [Fact]
    public async Task A_network_that_flaps_does_not_make_the_loop_run_free()
    {
        for (int i = 0; i < 600; i++)
        {
            await _bench.WakeUp(isHeeded: false);
            await _bench.Pass(0.1);
        }

        AssertNeverMoreThan15();
        Assert.InRange(_bench.Refreshed, 6, 7);
    }

    /// <summary>Polls that are held for so long and announce nothing.</summary>
    private Func<CancellationToken, Task<PollReply>> Held(double seconds) => async cancellationToken =>
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), _bench.Time, cancellationToken).ConfigureAwait(false);
        return Replies.Nothing(TimeSpan.FromSeconds(seconds));
    };

    private async Task<PollReply> Late(CancellationToken cancellationToken)
    {
        await Task.Delay(s_deadline, _bench.Time, cancellationToken).ConfigureAwait(false);
        return Replies.Broken(s_deadline);
    }

    private void Break()
    {
        _bench.OnPoll = Replies.Always(Replies.Broken());
        _bench.OnFetch = Replies.Always(Replies.FetchBroken());

        // It ends the poll that is held.
        _bench.Happens(1000);
    }

    private void Mend() => (_bench.OnPoll, _bench.OnFetch) = (null, null);

    private void AssertNeverMoreThan15() => Assert.All(_bench.Requests, from => Assert.InRange(
        _bench.Requests.Count(request => request.At >= from.At && request.At < from.At + 15), 1, 15));
}
