using System.Collections.Generic;

namespace WeChatPS.Benchmarks;

/// <summary>200 sessions that receive and get nothing, in one process, by Register-WeChatEvent. 50 more come before: what all share is there by then.</summary>
internal static class Idle
{
    private const int Before = 50;
    private const int Sessions = 200;
    private const int Seconds = 30;

    public static IEnumerable<Figure> Run(Bench bench)
    {
        (int sessions, int seconds) = (bench.Scaled(Sessions), bench.Scaled(Seconds));
        string[] arguments = ["-Before", Bench.Argument(bench.Scaled(Before)), "-Count", Bench.Argument(sessions), "-Seconds", Bench.Argument(seconds)];
        Rounds rounds = bench.Alternate([], (client, server) => client.Run("idle", ["-Endpoint", server.Endpoint.AbsoluteUri, .. arguments]));
        yield return rounds.Figure($"{sessions} sessions: managed heap, each", "KB", one => one["heapGrowth"] / 1024 / sessions, atMost: 100);
        yield return rounds.Figure($"{sessions} sessions: working set, each", "KB", one => one["workingSetGrowth"] / 1024 / sessions, atMost: 100);
        yield return rounds.Figure($"all sessions: of one processor, in {seconds} s", "%", one => one["idleCpu"] / seconds * 100);
    }
}
