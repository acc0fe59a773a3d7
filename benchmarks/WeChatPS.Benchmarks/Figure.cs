using System.Globalization;
using System.Text.Json.Serialization;

namespace WeChatPS.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured, and how where that is not plain.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="AtMost">The budget where less is better.</param>
/// <param name="AtLeast">The budget where more is better.</param>
internal sealed record Figure(string What, double Value, string Unit, double? AtMost = null, double? AtLeast = null)
{
    /// <summary>The scenario it comes from.</summary>
    public string Scenario { get; init; } = "";

    [JsonIgnore]
    public string Measured => $"{Number(Value)} {Unit}";

    [JsonIgnore]
    public string Budget => AtMost is { } most ? $"≤ {Number(most)} {Unit}" : AtLeast is { } least ? $"≥ {Number(least)} {Unit}" : "";

    [JsonIgnore]
    public string Verdict => AtMost is null && AtLeast is null ? "" : Value <= (AtMost ?? double.MaxValue) && Value >= (AtLeast ?? double.MinValue) ? "met" : "missed";

    private static string Number(double value) =>
        value.ToString(value is >= 100 or <= -100 ? "N0" : value is >= 10 or <= -10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}
