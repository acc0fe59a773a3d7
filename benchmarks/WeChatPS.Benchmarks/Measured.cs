using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Benchmarks;

/// <summary>A figure of one client, a round after the other.</summary>
/// <param name="Rounds">As they came.</param>
internal sealed record Measured(IReadOnlyList<double> Rounds)
{
    public double Median => At(0.5);

    public double Min => Rounds.Min();

    public double Max => Rounds.Max();

    /// <summary>The smallest value that so large a part of all does not exceed; of an even number of rounds the median is the lower of the two in the middle.</summary>
    public double At(double part) => Rounds.Order().ElementAt(Math.Clamp((int)Math.Ceiling(part * Rounds.Count) - 1, 0, Rounds.Count - 1));
}
