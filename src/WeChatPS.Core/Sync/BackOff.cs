using System;

namespace WeChatPS.Sync;

/// <summary>Growing pauses between tries: each is longer than the one before, up to a limit, and none is quite what another client would wait.</summary>
/// <param name="first">The first pause.</param>
/// <param name="factor">How much longer the next one is.</param>
/// <param name="limit">The longest pause.</param>
/// <param name="random">The source of jitter: 0 to 1.</param>
internal sealed class BackOff(TimeSpan first, double factor, TimeSpan limit, Func<double> random)
{
    private const double Jitter = 0.2;
    private static readonly Random s_random = new();
    private double _next = first.TotalMilliseconds;

    /// <summary>The pause before the next try, and a longer one next time. Jitter only shortens it, so the limit holds.</summary>
    public TimeSpan Next()
    {
        double now = _next;
        _next = Math.Min(now * factor, limit.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(now * (1 - (Jitter * random())));
    }

    /// <summary>The usual source of jitter.</summary>
    public static double Chance()
    {
        lock (s_random) return s_random.NextDouble();
    }

    public void Reset() => _next = first.TotalMilliseconds;
}
