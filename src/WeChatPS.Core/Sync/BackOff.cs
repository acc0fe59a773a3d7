using System;

namespace WeChatPS.Sync;

/// <summary>Growing pauses between retries, up to a limit, with jitter so that clients do not retry at the same time.</summary>
/// <param name="first">The first pause.</param>
/// <param name="factor">The factor by which each pause exceeds the previous one.</param>
/// <param name="limit">The longest pause.</param>
/// <param name="random">The source of jitter, from 0 to 1.</param>
internal sealed class BackOff(TimeSpan first, double factor, TimeSpan limit, Func<double> random)
{
    private const double Jitter = 0.2;
    private static readonly Random s_random = new();
    private double _next = first.TotalMilliseconds;

    /// <summary>Gets the pause before the next retry and prepares a longer one. Jitter only shortens a pause, so the limit holds.</summary>
    public TimeSpan Next() => Next(limit);

    /// <summary>Gets the pause before the next retry, with another limit from now on.</summary>
    public TimeSpan Next(TimeSpan limit)
    {
        double now = Math.Min(_next, limit.TotalMilliseconds);
        _next = Math.Min(now * factor, limit.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(now * (1 - (Jitter * random())));
    }

    /// <summary>The default source of jitter.</summary>
    public static double Chance()
    {
        lock (s_random) return s_random.NextDouble();
    }

    public void Reset() => _next = first.TotalMilliseconds;
}
