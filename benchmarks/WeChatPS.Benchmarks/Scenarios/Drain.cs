using System.Collections.Generic;

namespace WeChatPS.Benchmarks;

/// <summary>Messages that wait at the server, through Receive-WeChatMessage into ForEach-Object, with the inbox on disk.</summary>
internal static class Drain
{
    public static IEnumerable<Figure> Run(Bench bench) => [.. Run(bench, 20_000, 50), .. Run(bench, 200_000, 50), .. Run(bench, 200_000, 500)];

    private static IEnumerable<Figure> Run(Bench bench, int messages, int perFetch)
    {
        int count = bench.Scaled(messages);
        Rounds rounds = bench.Alternate(["--per-fetch", Bench.Argument(perFetch)], (client, server) =>
        {
            using Store store = client.LogIn(server);
            server.Control.Deliver("第 {n} 条：服务器已恢复，请确认收到。", count);
            return client.Run("drain", server, store, "-Count", Bench.Argument(count));
        });
        string what = $"{count:N0} messages, {perFetch} a fetch";
        yield return rounds.Figure(what, "/s", one => count / one.Seconds);
        yield return rounds.Figure($"{what}: processor time a message", "µs", one => one.Cpu * 1e6 / count);
        yield return rounds.Figure($"{what}: working set afterwards", "MB", one => one.WorkingSet);
    }
}
