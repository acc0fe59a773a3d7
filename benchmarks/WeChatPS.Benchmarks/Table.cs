using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace WeChatPS.Benchmarks;

/// <summary>What a bench found, for people.</summary>
internal static class Table
{
    public static void Write(TextWriter output, IReadOnlyCollection<Figure> figures)
    {
        string[][] rows =
        [
            ["scenario", "what", "unit", "WeChatPS", "reference", "ratio", "lowest", "highest", "goal", ""],
            .. figures.Select(Row),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    private static string[] Row(Figure figure) =>
    [
        figure.Scenario, figure.What, figure.Unit,
        Number(figure.Module.Median), Number(figure.Reference?.Median), Number(figure.Ratio),
        Number(figure.Module.Min), Number(figure.Module.Max),
        figure.AtMost is null ? "" : "≤ " + Number(figure.AtMost), figure.Verdict,
    ];

    private static string Number(double? value) =>
        value?.ToString(Math.Abs(value.Value) switch { >= 100 => "N0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture) ?? "";
}
