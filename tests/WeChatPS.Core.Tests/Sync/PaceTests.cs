using System;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class PaceTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly Pace _pace;

    public PaceTests() => _pace = new Pace(s_interval, burst: 3, _time);

    [Fact]
    public void After_a_rest_a_burst_waits_for_nothing_and_the_rest_for_its_interval()
    {
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([0, 0, 0, 2, 4], Enumerable.Range(0, 5).Select(_ => _pace.Take().TotalSeconds));
    }

    [Fact]
    public void It_is_known_whether_a_token_is_free()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.True(_pace.IsFree);
            _pace.Take();
        }

        Assert.False(_pace.IsFree);
        _time.Advance(s_interval);
        Assert.True(_pace.IsFree);
        _pace.Take();
        Assert.False(_pace.IsFree);
        _pace.Return();
        Assert.True(_pace.IsFree);
    }

    [Fact]
    public void A_countdown_is_over_when_its_time_has_passed()
    {
        var countdown = new Countdown(_time, s_interval);
        Assert.False(countdown.IsOver);
        _time.Advance(s_interval);
        Assert.True(countdown.IsOver);
        _time.Advance(s_interval);
        Assert.Equal(TimeSpan.Zero, countdown.Left);
    }
}
