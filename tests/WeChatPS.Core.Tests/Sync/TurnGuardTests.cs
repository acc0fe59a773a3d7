using System;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class TurnGuardTests
{
    private readonly VirtualTime _time = new();
    private readonly TurnGuard _guard;

    public TurnGuardTests() => _guard = new TurnGuard(_time);

    [Fact]
    public void Four_empty_turns_are_nothing_and_the_fifth_slows_the_loop_down()
    {
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal(TimeSpan.Zero, _guard.Empty(TimeSpan.Zero)));
        Assert.False(_guard.IsActive);
        Assert.Equal(TimeSpan.FromSeconds(1), _guard.Empty(TimeSpan.Zero));
        Assert.True(_guard.IsActive);
    }

    [Fact]
    public void Pauses_grow_to_half_a_minute_within_a_minute()
    {
        for (int i = 0; i < 4; i++) _guard.Empty(TimeSpan.Zero);
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ =>
        {
            TimeSpan pause = _guard.Empty(TimeSpan.Zero);
            _time.Advance(pause);
            return pause.TotalSeconds;
        }));
    }

    [Fact]
    public void Empty_turns_that_come_slowly_are_left_alone()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(TimeSpan.Zero, _guard.Empty(TimeSpan.Zero));
            _time.Advance(TimeSpan.FromSeconds(2.6));
        }
    }

    [Fact]
    public void Data_brings_back_full_speed_at_once()
    {
        for (int i = 0; i < 9; i++) _guard.Empty(TimeSpan.Zero);
        _guard.Data();
        Assert.False(_guard.IsActive);
        Assert.Equal(TimeSpan.Zero, _guard.Empty(TimeSpan.Zero));
    }

    [Fact]
    public void A_turn_that_the_server_held_is_no_early_end()
    {
        for (int i = 0; i < 9; i++) _guard.Empty(TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _guard.Empty(TurnGuard.Window));
        Assert.False(_guard.IsActive);
    }

    [Fact]
    public void The_day_clock_has_no_say()
    {
        for (int i = 0; i < 20; i++)
        {
            _time.SetBack(TimeSpan.FromHours(1));
            Assert.Equal(TimeSpan.Zero, _guard.Empty(TimeSpan.Zero));
            _time.Advance(TimeSpan.FromSeconds(4));
        }
    }
}
