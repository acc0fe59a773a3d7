using System;
using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>What became of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Requests">The requests without progress in the worst 15 s.</param>
/// <param name="Recovery">The time from the end of the oddity, or from the sending, to the arrival of the message.</param>
/// <param name="Memory">The growth of the heap at its worst, in bytes. Rows that run side by side share it.</param>
/// <param name="Faults">What was wrong, whatever the machine did besides.</param>
/// <param name="Late">What was late, or came together because it was, which a loaded machine can cause.</param>
internal sealed record OddOutcome(
    OddServer Row, int Requests, TimeSpan? Recovery, long Memory, IReadOnlyList<string> Faults, IReadOnlyList<string> Late)
{
    /// <summary>The requests, sendings and arrivals in their order.</summary>
    public string Course { get; init; } = "";

    public bool IsGood => Faults.Count + Late.Count == 0;

    public bool IsLateOnly => Faults.Count == 0 && Late.Count > 0;

    public static string Heading => "| odd server | requests in the worst 15 s | message after, s | MB | |\n|---|---|---|---|---|";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Row} | {Requests} | {(Recovery is { } time ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "never")} | {Memory / 1_048_576} | {string.Join("; ", [.. Faults, .. Late])} |");
}
