using System;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class TurnGuardTests
{
    private readonly VirtualTime _time = new();
    private readonly TurnGuard _guard;

    public TurnGuardTests() => _guard = new TurnGuard(_time);

    [Fact]
    public void Four_empty_turns_are_nothing_and_the_fifth_activates_the_guard()
    {
        Empty(4);
        Assert.False(_guard.IsActive);
        Empty(1);
        Assert.True(_guard.IsActive);
    }

    [Fact]
    public void Empty_turns_that_come_slowly_are_left_alone()
    {
        for (int i = 0; i < 100; i++)
        {
            _guard.Empty(TimeSpan.FromSeconds(2));
            Assert.False(_guard.IsActive);
            _time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public void Immediate_turns_count_however_much_the_budget_slows_them_down()
    {
        for (int i = 0; i < 5; i++)
        {
            Empty(1);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.True(_guard.IsActive);
    }

    [Fact]
    public void An_active_guard_stays_active_however_slow_the_empty_turns_become()
    {
        Empty(5);
        _time.Advance(TimeSpan.FromHours(1));
        Empty(1);
        Assert.True(_guard.IsActive);
    }

    [Fact]
    public void A_message_ends_it_and_the_count_starts_again()
    {
        Empty(9);
        _guard.Reset();
        Assert.False(_guard.IsActive);
        Empty(4);
        Assert.False(_guard.IsActive);
    }

    [Fact]
    public void A_turn_that_the_server_held_is_no_early_end()
    {
        Empty(9);
        _guard.Empty(TurnGuard.GoodHold);
        Assert.False(_guard.IsActive);
        Empty(4);
        Assert.False(_guard.IsActive);
    }

    [Fact]
    public void The_day_clock_has_no_say()
    {
        for (int i = 0; i < 20; i++)
        {
            _time.SetBack(TimeSpan.FromHours(1));
            Empty(1);
            Assert.False(_guard.IsActive);
            _time.Advance(TimeSpan.FromSeconds(8));
        }
    }

    private void Empty(int turns)
    {
        for (; turns > 0; turns--) _guard.Empty(TimeSpan.Zero);
    }
}
