using System;
using System.Globalization;
using System.Linq;

namespace WeChatPS.Reference;

/// <summary>The last line of a run: what it measured, and what the whole process has used, as the scripts write it.</summary>
internal static class Report
{
    public static void Write(TimeSpan took) => Write($"\"seconds\":{Number(took.TotalSeconds)}");

    public static void Write(double[] wakes) => Write($"\"wakes\":[{string.Join(',', wakes.Select(Number))}]");

    public static void Write(long heap, long workingSet, TimeSpan used) =>
        Write($"\"heapGrowth\":{Number(heap)},\"workingSetGrowth\":{Number(workingSet)},\"idleCpu\":{Number(used.TotalSeconds)}");

    private static void Write(string figures) => Console.Out.WriteLine(
        $"{{{figures},\"cpu\":{Number(Environment.CpuUsage.TotalTime.TotalSeconds)},\"workingSet\":{Number(Environment.WorkingSet)}}}");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
