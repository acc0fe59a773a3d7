using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;

namespace WeChatPS.Core.Tests.Acceptance;

/// <summary>
/// The clock of a client whose server is real. It stands still while the client works and skips what the client would only wait for, one
/// pause after the other, so that ten minutes of an outage take a second. A wait of hours is no pause but a deadline, which has to be far
/// away or the clock would run into it while the server still works; see <see cref="DeadlinesAfter"/>.
/// </summary>
internal sealed class SkippingClock : TimeProvider, IDisposable
{
    /// <summary>What to set deadlines to.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromHours(20);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(10);

    // After an answer the client waits for something new, unless it has nothing to wait for: then what it waited for before is skipped too.
    private static readonly TimeSpan s_reaction = TimeSpan.FromSeconds(1);

    private static readonly DateTimeOffset s_start = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly List<Wait> _waits = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _skipping;
    private TimeSpan _passed;
    private TimeSpan _end = TimeSpan.MaxValue;
    private long _answered;

    public SkippingClock() => _skipping = Task.Run(SkipAsync);

    /// <summary>After so much real time a deadline is over; never when null.</summary>
    public TimeSpan? DeadlinesAfter { get; set; }

    /// <summary>Whether an answer is on its way, however long a busy machine needs for it: nothing is skipped meanwhile.</summary>
    public Func<bool> IsAnswering { get; set; } = () => false;

    public TimeSpan Passed
    {
        get
        {
            lock (_gate) return _passed;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed.Ticks;

    public override DateTimeOffset GetUtcNow() => s_start + Passed;

    /// <summary>Says that an answer has come, which may end a wait that began before.</summary>
    public void Answered()
    {
        lock (_gate) _answered = Stopwatch.GetTimestamp();
    }

    /// <summary>From then on the clock stands still, whoever waits.</summary>
    public void StopAt(TimeSpan end)
    {
        lock (_gate) _end = end;
    }

    /// <summary>Stands nearly still for a while: during a login, whose deadlines are short. A pause before a second request goes by.</summary>
    public IDisposable Stand()
    {
        StopAt(Passed + TimeSpan.FromSeconds(2.5));
        return new Standing(this);
    }

    /// <summary>Lets the client have all its pauses until then, and stops.</summary>
    public async Task RunTo(TimeSpan end)
    {
        StopAt(end);
        await Eventually.UntilAsync(() => Earliest() is { } due && due > end, $"a pause that reaches beyond {end}", ToString);
        lock (_gate) _passed = end;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert(period);
        var wait = new Wait(this, callback, state);
        wait.Change(dueTime, period);
        return wait;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _skipping.Wait();
        _stop.Dispose();
    }

    public override string ToString()
    {
        lock (_gate) return $"{_passed} passed; waiting for {string.Join(", ", _waits.Select(w => w.Due - _passed))}.";
    }

    private static void Assert(TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan) throw new NotSupportedException("This clock knows no timers that repeat.");
    }

    private TimeSpan? Earliest()
    {
        lock (_gate) return _waits.Where(w => !w.IsDeadline).Min(w => (TimeSpan?)w.Due);
    }

    private async Task SkipAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            // one at a time: who is served may wait again, and less long than the next one
            if (Next() is { } wait) ThreadPool.QueueUserWorkItem(_ => wait.Callback(wait.State));
            await Task.Delay(1);
        }
    }

    private Wait? Next()
    {
        bool isAnswering = IsAnswering();
        lock (_gate)
        {
            Wait? next = isAnswering || MustReact() ? null : _waits.Where(w => !w.IsDeadline && w.Due <= _end).MinBy(w => w.Due);
            if (next is not null && next.Due > _passed) _passed = next.Due;
            next ??= _waits.Find(w => w.IsDeadline && Stopwatch.GetElapsedTime(w.Began) > DeadlinesAfter);
            if (next is not null) _waits.Remove(next);
            return next;
        }
    }

    private bool MustReact() =>
        !_waits.Exists(w => !w.IsDeadline && w.Began > _answered) && Stopwatch.GetElapsedTime(_answered) < s_reaction;

    private sealed class Standing(SkippingClock clock) : IDisposable
    {
        public void Dispose() => clock.StopAt(TimeSpan.MaxValue);
    }

    private sealed class Wait(SkippingClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimerCallback Callback { get; } = callback;

        public object? State { get; } = state;

        public TimeSpan Due { get; private set; }

        public long Began { get; private set; }

        public bool IsDeadline { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert(period);
            lock (clock._gate)
            {
                clock._waits.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                (Due, Began, IsDeadline) = (clock._passed + dueTime, Stopwatch.GetTimestamp(), dueTime > s_longestPause);
                clock._waits.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate) clock._waits.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
