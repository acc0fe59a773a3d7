using System;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>Servers that answer at once and bring nothing: the loop must not spin, must say so once, and must be back at the first data.</summary>
public sealed class SyncLoopStormTests : IDisposable
{
    private readonly LoopBench _bench = new();
    private int _keys;

    private ScriptedServer Server => _bench.Server;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public Task A_selector_that_means_nothing() => AssertSlowedDown(() => Server.OnPoll = Replies.Always(Replies.Changes(7)));

    [Fact]
    public Task Wakes_without_data() => AssertSlowedDown(() => Server.OnPoll = Replies.Always(Replies.Wake()));

    [Fact]
    public Task An_instant_selector_0() => AssertSlowedDown(() => Server.OnPoll = Replies.Always(Replies.Nothing(default)));

    [Fact]
    public Task Keys_of_which_only_the_clock_moves() => AssertSlowedDown(() =>
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(() => Replies.Fetched($"clock {_keys++}"));
    });

    [Fact]
    public Task The_same_batch_again_and_again() => AssertSlowedDown(() =>
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(Replies.Fetched("k0", 1, 2, 3));
    });

    [Fact]
    public Task ContinueFlag_without_items() => AssertSlowedDown(() =>
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(() => Replies.Fetched(new SyncBatch([], new SyncCursor($"more {_keys++}"), More: true)));
    });

    [Fact]
    public Task ContinueFlag_with_doubles() => AssertSlowedDown(() =>
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(Replies.Fetched(new SyncBatch([Fetched.Item(1)], new SyncCursor("k0"), More: true)));
    });

    [Fact]
    public Task Status_messages() => AssertSlowedDown(() =>
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        Server.OnFetch = Replies.Always(() => Replies.Fetched(new SyncBatch([Fetched.Item((ulong)++_keys) with { Earns = false }], new SyncCursor("k0"), false)));
    });

    [Fact]
    public Task Polls_that_bring_empty_batches() => AssertSlowedDown(() => Server.OnPoll = Replies.Always(Replies.With(Fetched.Batch("k0"))));

    [Fact]
    public Task An_end_that_is_denied_each_time() => AssertSlowedDown(() => Server.OnPoll = Replies.Always(Replies.Over()));

    [Fact]
    public async Task ContinueFlag_with_items_is_followed_without_a_pause()
    {
        for (ulong i = 0; i < 500; i++) Server.Happens(i);
        await _bench.RunForSeconds(1);
        Assert.Equal(500, Server.Count("fetch"));
        Assert.Equal(TimeSpan.Zero, Server.Requests[501].At);
        Assert.Equal(500, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task A_server_that_holds_its_polls_but_never_brings_anything_is_left_alone()
    {
        Server.OnPoll = _ =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(20));
            return Task.FromResult(Replies.Changes(elapsed: TimeSpan.FromSeconds(20)));
        };
        await _bench.RunForSeconds(3600);
        Assert.Equal(180, Server.Count("poll"));
        Assert.Empty(_bench.Notices);
    }

    [Fact]
    public async Task A_storm_is_reachable_so_it_is_no_outage()
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        await _bench.RunForSeconds(600);
        Assert.True(_bench.IsDegraded);
        Assert.Null(_bench.Health.OfflineSince);
        Assert.NotNull(_bench.Health.LastSync);
    }

    [Fact]
    public async Task A_storm_that_ends_in_a_held_poll_is_over()
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        await _bench.RunForSeconds(600);
        Server.OnPoll = null;
        await _bench.RunForSeconds(660);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
    }

    [Fact]
    public async Task While_the_guard_slows_the_loop_down_every_turn_fetches_because_the_polls_prove_nothing()
    {
        Server.OnPoll = Replies.Always(Replies.Nothing(default));
        await _bench.RunForSeconds(60);
        Server.Happens(1);
        await _bench.RunForSeconds(5);
        Assert.Equal(1, _bench.Inbox.Pending);
    }

    [Fact]
    public async Task One_message_in_many_turns_earns_those_of_its_turn_and_no_more()
    {
        Server.OnPoll = Replies.Always(Replies.Changes());
        int fetch = 0;
        Server.OnFetch = Replies.Always(() => ++fetch % 8 == 0 ? Replies.Fetched("k0", (ulong)fetch) : Replies.Fetched("k0"));
        await _bench.RunFor(TimeSpan.FromMinutes(2));
        Assert.InRange(Server.Requests.Count, 20, 90);
    }

    private async Task AssertSlowedDown(Action storm)
    {
        storm();
        DateTimeOffset began = _bench.Time.GetUtcNow();
        await _bench.RunFor(TimeSpan.FromMinutes(10));
        AssertStalled(began);

        // A message that comes for the first time, or again for the first time, earns the requests of its turn.
        Request[] unearned = [.. Server.Requests.Skip(4)];
        Assert.All(unearned, from => Assert.InRange(
            unearned.Count(request => request.At >= from.At && request.At < from.At + TimeSpan.FromSeconds(15)), 1, 15));
        Assert.InRange(Server.Requests.Count, 250, 310);

        // the first message: within 5 s, at once at full speed again, and all that waits is there
        int before = _bench.Inbox.Pending;
        (Server.OnPoll, Server.OnFetch) = (null, null);
        for (ulong id = 10_000; id < 10_010; id++) Server.Happens(id);
        _bench.Inbox.StartLogin(2, new SyncCursor("k0"));
        await _bench.RunForSeconds(5);
        Assert.Equal(before + 10, _bench.Inbox.Pending);
        await _bench.RunForSeconds(60);
        Assert.Equal((1, 1), (_bench.Warnings, _bench.Recoveries));
        Assert.False(_bench.IsDegraded);
        Assert.Null(_bench.Health.NextTry);
        Assert.Equal(ScriptedServer.Hold.TotalSeconds, Server.Gaps("poll")[^1]);
    }

    private void AssertStalled(DateTimeOffset began)
    {
        Assert.Equal(1, _bench.Warnings);
        Assert.InRange((_bench.Health.DegradedSince!.Value - began).TotalSeconds, 0, 15);
        Assert.Contains("without messages", _bench.Health.DegradedReason, StringComparison.Ordinal);
    }
}
