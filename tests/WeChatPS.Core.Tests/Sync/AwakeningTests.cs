using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class AwakeningTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Awakening _awakening;
    private int _woken;

    public AwakeningTests() => _awakening = new Awakening(_time);

    [Fact]
    public void A_machine_that_does_not_sleep_wakes_nobody()
    {
        using IDisposable watch = _awakening.Watch(() => _woken++);
        for (int second = 0; second < 3600; second++) _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _woken);
    }

    [Fact]
    public void A_system_clock_that_ran_ahead_of_the_timer_means_that_the_machine_slept()
    {
        var slept = new SleepingClock();
        var awakening = new Awakening(slept);
        using IDisposable watch = awakening.Watch(() => _woken++);
        slept.Sleep(TimeSpan.FromHours(8));
        Assert.Equal(1, _woken);
        slept.Sleep(TimeSpan.Zero);
        Assert.Equal(1, _woken);
    }

    [Fact]
    public void Who_has_stopped_watching_is_left_alone()
    {
        IDisposable watch = _awakening.Watch(() => _woken++);
        using IDisposable other = _awakening.Watch(() => _woken += 10);
        watch.Dispose();
        watch.Dispose();
        _awakening.Raise();
        Assert.Equal(10, _woken);
    }

    [Fact]
    public void One_timer_serves_all_and_runs_only_while_somebody_watches()
    {
        var clock = new CountingClock();
        var awakening = new Awakening(clock);
        Assert.Equal(0, clock.Running);
        IDisposable first = awakening.Watch(() => _woken++), second = awakening.Watch(() => _woken++);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, clock.Running);
        first.Dispose();
        first.Dispose();
        Assert.Equal(1, clock.Running);
        second.Dispose();
        second.Dispose();
        Assert.Equal(0, clock.Running);
        using (awakening.Watch(() => _woken++)) Assert.Equal(1, clock.Running);
        Assert.Equal(0, clock.Running);
        Assert.Equal(0, _woken);
    }

    [Fact]
    public void Both_clocks_ahead_of_the_timer_mean_that_the_machine_slept()
    {
        var clock = new CountingClock();
        var awakening = new Awakening(clock);
        using IDisposable watch = awakening.Watch(() => _woken++);
        clock.AutoAdvanceAmount = TimeSpan.FromSeconds(11);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, _woken);
    }

    /// <summary>Knows how many timers there are.</summary>
    private sealed class CountingClock : FakeTimeProvider
    {
        public int Running { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Running++;
            return new Counted(this, base.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class Counted(CountingClock clock, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                clock.Running--;
                timer.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }

    /// <summary>The timer runs on elapsed time, which stands still while the machine sleeps.</summary>
    private sealed class SleepingClock : TimeProvider
    {
        private readonly FakeTimeProvider _elapsed = new();
        private TimeSpan _slept;

        public override long TimestampFrequency => _elapsed.TimestampFrequency;

        public override long GetTimestamp() => _elapsed.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _elapsed.GetUtcNow() + _slept;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            _elapsed.CreateTimer(callback, state, dueTime, period);

        public void Sleep(TimeSpan time)
        {
            _slept += time;
            _elapsed.Advance(TimeSpan.FromSeconds(2));
        }
    }
}
