using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>What Get-WeChatSession shows of the loop, and what the user is told.</summary>
public sealed class SyncHealthTests
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly List<SessionNotice> _notices = [];
    private readonly SyncHealth _health;

    public SyncHealthTests() => _health = new SyncHealth(_time, _notices.Add);

    private IEnumerable<string> Said => _notices.Select(notice => notice.Text);

    [Fact]
    public void Trouble_is_said_with_its_plan_and_shown_without_it()
    {
        _health.Trouble("It is broken.", s_pause, " It is tried again.");
        Assert.Equal(["It is broken. It is tried again."], Said);
        Assert.Equal(("It is broken.", "It is broken."), (_health.LastError, _health.DegradedReason));
        Assert.Equal(_time.GetUtcNow() + s_pause, _health.NextTry);
    }

    [Fact]
    public void Trouble_that_is_met_at_once_has_no_next_try()
    {
        _health.Trouble("It is broken.", TimeSpan.Zero);
        Assert.Null(_health.NextTry);
        _health.Trouble("It is broken.", -s_pause);
        Assert.Null(_health.NextTry);
    }

    [Fact]
    public void An_outage_lasts_from_its_first_failure_to_the_first_reply()
    {
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, _health.OfflineFor);
        _health.Trouble("It is broken.", s_pause);
        DateTimeOffset began = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(1));
        _health.Trouble("It is still broken.", s_pause);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(2), _health.OfflineFor);
        Assert.Equal((began, began), (_health.OfflineSince, _health.DegradedSince));
        _health.Heard();
        Assert.Equal(TimeSpan.Zero, _health.OfflineFor);
        Assert.Equal((null, began), (_health.OfflineSince, _health.DegradedSince));
        Assert.Equal(_time.GetUtcNow(), _health.LastSync);
    }

    [Fact]
    public void The_end_of_trouble_with_the_server_and_with_the_disk_are_told_apart()
    {
        _health.Trouble("It is broken.", s_pause);
        _health.Good();
        _time.Advance(TimeSpan.FromHours(1));
        _health.Blocked("The disk is full.", s_pause);
        _health.Good();
        Assert.Equal(["It is broken.", "WeChat is responding again.", "The disk is full.", "The session fetches messages again."], Said);
        Assert.Null(_health.DegradedReason);
        Assert.Equal("The disk is full.", _health.LastError);
    }

    [Fact]
    public void Trouble_within_a_minute_of_the_last_is_the_same_outage()
    {
        _health.Trouble("first", s_pause);
        _health.Good();
        _time.Advance(TimeSpan.FromSeconds(59));
        _health.Trouble("again", s_pause);
        _health.Good();
        Assert.Equal(["first", "WeChat is responding again."], Said);
        _time.Advance(TimeSpan.FromSeconds(60));
        _health.Trouble("another", s_pause);
        Assert.Equal(["first", "WeChat is responding again.", "another"], Said);
    }

    [Fact]
    public void The_same_outage_is_said_again_when_it_is_back_for_half_a_minute()
    {
        _health.Trouble("first", s_pause);
        _health.Good();
        for (int second = 0; second < 30; second++)
        {
            _health.Trouble("again", s_pause);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _notices.Count);
        _health.Trouble("again", s_pause);
        _health.Trouble("again", s_pause);
        Assert.Equal(["first", "WeChat is responding again.", "again"], Said);
    }

    [Fact]
    public void A_throttle_is_told_to_whoever_saves_it_and_its_end_is_not()
    {
        int told = 0;
        _health.Throttled = () => told++;
        _health.ThrottledUntil = _time.GetUtcNow() + TimeSpan.FromMinutes(3);
        Assert.Equal(1, told);
        _health.ThrottledUntil = null;
        Assert.Equal(1, told);
    }
}
