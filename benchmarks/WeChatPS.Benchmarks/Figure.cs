using System.Text.Json.Serialization;

namespace WeChatPS.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Unit">Its unit; of "/s" more is better, of every other less.</param>
/// <param name="Module">The module's figures.</param>
/// <param name="Reference">The reference's; null where there is nothing to compare with.</param>
/// <param name="AtMost">The goal, where there is one.</param>
internal sealed record Figure(string What, string Unit, Measured Module, Measured? Reference = null, double? AtMost = null)
{
    /// <summary>The scenario it comes from.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>The module's median, in medians of the reference.</summary>
    public double? Ratio => Reference is { Median: not 0 } ? Module.Median / Reference.Median : null;

    [JsonIgnore]
    public string Verdict => AtMost is null ? "" : Module.Median <= AtMost ? "met" : "missed";
}
