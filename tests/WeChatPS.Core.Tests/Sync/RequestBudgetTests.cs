using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class RequestBudgetTests
{
    private readonly VirtualTime _time = new();
    private readonly RequestBudget _budget;

    public RequestBudgetTests() => _budget = new RequestBudget(_time);

    [Property]
    public Property Whoever_asks_and_whenever_there_are_at_most_15_in_any_15_seconds() => Prop.ForAll(
        Gen.Choose(0, 3000).ListOf(100).ToArbitrary(),
        pauses =>
        {
            var time = new VirtualTime();
            var budget = new RequestBudget(time);
            var at = new List<TimeSpan>();
            foreach (int pause in pauses)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                budget.TakeAsync(CancellationToken.None).GetAwaiter().GetResult();
                at.Add(time.Passed);
                if (budget.TryTake(pause % 7)) at.Add(time.Passed);
            }

            return at.TrueForAll(from => at.Count(other => other >= from && other < from + TimeSpan.FromSeconds(15)) <= 15);
        });

    [Fact]
    public async Task The_next_place_is_never_more_than_2_seconds_away()
    {
        for (int i = 0; i < 100; i++)
        {
            TimeSpan asked = _time.Passed;
            await _budget.TakeAsync(CancellationToken.None);
            Assert.InRange((_time.Passed - asked).TotalSeconds, 0, 2.001);
        }
    }

    [Fact]
    public async Task A_request_that_led_to_a_message_returns_its_place()
    {
        for (int i = 0; i < 1000; i++)
        {
            await _budget.TakeAsync(CancellationToken.None);
            _budget.Return(1);
        }

        Assert.Equal(TimeSpan.Zero, _time.Passed);
    }

    [Fact]
    public void What_can_be_left_out_leaves_places_to_the_others()
    {
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => _budget.TryTake(leave: 4)));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_budget.TryTake(leave: 4));
    }

    [Fact]
    public async Task A_wait_that_is_given_up_takes_no_place()
    {
        var time = new FakeTimeProvider();
        var budget = new RequestBudget(time);
        for (int i = 0; i < 7; i++) await budget.TakeAsync(CancellationToken.None);
        for (int i = 0; i < 50; i++)
        {
            using var impatient = new CancellationTokenSource();
            Task waiting = budget.TakeAsync(impatient.Token);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        time.Advance(TimeSpan.FromSeconds(2.001));
        Assert.True(budget.TryTake(leave: 0));
    }
}
