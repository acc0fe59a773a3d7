using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace WeChatPS.Benchmarks;

/// <summary>What a run found, for people.</summary>
internal static class Table
{
    public static void Write(TextWriter output, IReadOnlyCollection<Figure> figures)
    {
        string[][] rows =
        [
            ["scenario", "what", "measured", "budget", ""],
            .. figures.Select(figure => new[] { figure.Scenario, figure.What, figure.Measured, figure.Budget, figure.Verdict }),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 2 ? cell.PadLeft(widths[2]) : cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine();
        output.WriteLine($"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors, shared with the emulator");
    }

    /// <summary>How many processes wanted a processor during the last minute; null where the system does not tell.</summary>
    public static string? Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;
}
