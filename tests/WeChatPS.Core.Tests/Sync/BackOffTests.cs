using System;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class BackOffTests
{
    [Fact]
    public void Pauses_grow_by_the_factor_up_to_the_limit()
    {
        BackOff backOff = Seconds(1, 2, 10, () => 0);
        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(0, 6).Select(_ => backOff.Next().TotalSeconds));
        backOff.Reset();
        Assert.Equal(1, backOff.Next().TotalSeconds);
    }

    [Fact]
    public void Jitter_shortens_a_pause_by_a_fifth_at_most_and_does_not_change_how_it_grows()
    {
        BackOff backOff = Seconds(10, 2, 40, () => 1);
        Assert.Equal([8, 16, 32, 32], Enumerable.Range(0, 4).Select(_ => backOff.Next().TotalSeconds));
    }

    [Fact]
    public void The_usual_chance_lies_between_none_and_all_and_is_not_always_the_same()
    {
        double[] chances = [.. Enumerable.Range(0, 1000).Select(_ => BackOff.Chance())];
        Assert.All(chances, chance => Assert.InRange(chance, 0, 1));
        Assert.True(chances.Distinct().Count() > 900);
    }

    private static BackOff Seconds(int first, double factor, int limit, Func<double> random) =>
        new(TimeSpan.FromSeconds(first), factor, TimeSpan.FromSeconds(limit), random);
}
