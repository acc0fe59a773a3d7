using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace WeChatPS.Benchmarks;

/// <summary>100,000 messages that wait at the server, through Receive-WeChatMessage, with the inbox on disk.</summary>
internal static class Drain
{
    private const int Messages = 100_000;
    private const int RoundCount = 5;

    public static IEnumerable<Figure> Run() => [.. Run(50, 60_000), .. Run(500, 110_000)];

    private static IEnumerable<Figure> Run(int perFetch, double budget)
    {
        using Server server = Server.Start("--per-fetch", $"{perFetch}");
        using var store = new TemporaryStore();
        using Engine engine = Engine.WithModule();
        using WeChatSession session = engine.Connect(server, $"-StorePath '{store.Path}'");
        string receive = $"Receive-WeChatMessage -MaxCount {Messages}";
        Round[] compiled = Rounds(engine, server, $"{receive} | Measure-Flow");
        Round[] script = Rounds(engine, server, $"$n = 0; {receive} | ForEach-Object {{ $n++ }}; $n");
        yield return new Figure($"{perFetch} a fetch, into a compiled cmdlet", Median(compiled, round => round.Rate), "/s", AtLeast: budget);
        yield return new Figure($"{perFetch} a fetch, into ForEach-Object {{ $n++ }}", Median(script, round => round.Rate), "/s", AtLeast: budget);
        yield return new Figure($"{perFetch} a fetch, compiled cmdlet, the first time", compiled[0].Rate, "/s");
        yield return new Figure($"{perFetch} a fetch, compiled cmdlet, processor time a message", Median(compiled, round => round.Here), "µs");
        yield return new Figure($"{perFetch} a fetch, compiled cmdlet, the emulator's", Median(compiled, round => round.There), "µs");
    }

    private static double Median(Round[] rounds, Func<Round, double> what) => new Samples(rounds.Select(what)).Median;

    private static Round[] Rounds(Engine engine, Server server, string script) => [.. Enumerable.Range(0, RoundCount).Select(_ =>
    {
        server.Control.Deliver("第 {n} 条：服务器已恢复，请确认收到。", Messages);
        GC.Collect();
        TimeSpan here = Environment.CpuUsage.TotalTime, there = server.ProcessorTime;
        long started = Stopwatch.GetTimestamp();
        int count = (int)engine.Run(script).Single().BaseObject;
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        (here, there) = (Environment.CpuUsage.TotalTime - here, server.ProcessorTime - there);
        return count == Messages
            ? new Round(count / took.TotalSeconds, here.TotalMicroseconds / count, there.TotalMicroseconds / count)
            : throw new InvalidOperationException($"{count} messages came, not {Messages}.");
    })];

    /// <param name="Rate">Messages a second.</param>
    /// <param name="Here">Processor time a message in this process, in microseconds.</param>
    /// <param name="There">The same in the emulator.</param>
    private sealed record Round(double Rate, double Here, double There);
}
