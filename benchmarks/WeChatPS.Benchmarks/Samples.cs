using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Benchmarks;

/// <summary>What was measured several times, in order of size.</summary>
internal sealed class Samples(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double Median => At(0.5);

    public double Min => _sorted[0];

    public double Max => _sorted[^1];

    /// <summary>The smallest value that so large a part of all does not exceed.</summary>
    public double At(double part) => _sorted[Math.Clamp((int)Math.Ceiling(part * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
