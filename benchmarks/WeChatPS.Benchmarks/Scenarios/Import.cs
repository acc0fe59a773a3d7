using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;

namespace WeChatPS.Benchmarks;

/// <summary>Import-Module over a bare engine: a process that imports, less one that does everything else.</summary>
internal static class Import
{
    private const int Rounds = 15;

    public static IEnumerable<Figure> Run()
    {
        var bare = new List<double>();
        var importing = new List<double>();
        for (int round = 0; round <= Rounds; round++)
        {
            double without = Milliseconds(import: false), with = Milliseconds(import: true);
            if (round == 0) continue; // the files were not in memory yet
            bare.Add(without);
            importing.Add(with);
        }

        double engine = new Samples(bare).Median;
        yield return new Figure("a process with a bare engine", engine, "ms");
        yield return new Figure("Import-Module on top", new Samples(importing).Median - engine, "ms", AtMost: 150);
    }

    /// <summary>The process that is measured.</summary>
    public static void Once(bool import)
    {
        using Engine engine = Engine.Bare();
        engine.Run("1");
        if (import) engine.Import();
    }

    private static double Milliseconds(bool import)
    {
        long started = Stopwatch.GetTimestamp();
        Self.Run("engine", import.ToString(CultureInfo.InvariantCulture));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
