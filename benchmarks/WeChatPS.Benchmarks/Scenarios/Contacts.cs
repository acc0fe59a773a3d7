using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace WeChatPS.Benchmarks;

/// <summary>An address book of 10,000, read in and written to the pipeline.</summary>
internal static class Contacts
{
    private const int Count = 10_000;
    private const int Rounds = 7;

    public static IEnumerable<Figure> Run()
    {
        using Server server = Server.Start("--contacts", $"{Count}");
        using Engine engine = Engine.WithModule();
        using WeChatSession session = engine.Connect(server, "-Ephemeral");
        double[] seconds = [.. Enumerable.Range(0, Rounds).Select(_ => Seconds(engine))];
        yield return new Figure($"Get-WeChatContact -Refresh of {Count:N0}, median", new Samples(seconds).Median, "s", AtMost: 1);
        yield return new Figure($"Get-WeChatContact -Refresh of {Count:N0}, the first time", seconds[0], "s", AtMost: 1);
    }

    private static double Seconds(Engine engine)
    {
        long started = Stopwatch.GetTimestamp();
        int count = engine.Run("Get-WeChatContact -Refresh").Count;
        return count >= Count ? Stopwatch.GetElapsedTime(started).TotalSeconds : throw new InvalidOperationException($"Only {count} contacts came.");
    }
}
