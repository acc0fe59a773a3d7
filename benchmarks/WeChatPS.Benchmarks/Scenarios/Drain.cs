using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace WeChatPS.Benchmarks;

/// <summary>100,000 messages that wait at the server, through Receive-WeChatMessage, with the inbox on disk.</summary>
internal static class Drain
{
    private const int Messages = 100_000;
    private const int Rounds = 5;

    public static IEnumerable<Figure> Run() => [.. Run(50, 60_000), .. Run(500, 110_000)];

    private static IEnumerable<Figure> Run(int perFetch, double budget)
    {
        using Server server = Server.Start("--per-fetch", $"{perFetch}");
        using var store = new TemporaryStore();
        using Engine engine = Engine.WithModule();
        using WeChatSession session = engine.Connect(server, $"-StorePath '{store.Path}'");
        string receive = $"Receive-WeChatMessage -MaxCount {Messages}";
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double[] counted = Rates(engine, server, $"{receive} | Measure-Flow");
        TimeSpan used = Environment.CpuUsage.TotalTime - before;
        double[] script = Rates(engine, server, $"$n = 0; {receive} | ForEach-Object {{ $n++ }}; $n");
        yield return new Figure($"{perFetch} a fetch, into a compiled cmdlet", new Samples(counted).Median, "/s", AtLeast: budget);
        yield return new Figure($"{perFetch} a fetch, into ForEach-Object {{ $n++ }}", new Samples(script).Median, "/s", AtLeast: budget);
        yield return new Figure($"{perFetch} a fetch, compiled cmdlet, processor time a message", used.TotalMicroseconds / (Rounds * Messages), "µs");
        yield return new Figure($"{perFetch} a fetch, compiled cmdlet, the first time", counted[0], "/s");
    }

    private static double[] Rates(Engine engine, Server server, string script) => [.. Enumerable.Range(0, Rounds).Select(_ =>
    {
        server.Control.Deliver("第 {n} 条：服务器已恢复，请确认收到。", Messages);
        GC.Collect();
        long started = Stopwatch.GetTimestamp();
        int count = (int)engine.Run(script).Single().BaseObject;
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        return count == Messages ? count / took.TotalSeconds : throw new InvalidOperationException($"{count} messages came, not {Messages}.");
    })];
}
