using System.Collections.Generic;

namespace WeChatPS.Benchmarks;

/// <summary>Texts sent one after the other, without the pace that spares a real account.</summary>
internal static class Sends
{
    public static IEnumerable<Figure> Run(Bench bench) => [.. Run(bench, 3_000, false), .. Run(bench, 20_000, true)];

    private static IEnumerable<Figure> Run(Bench bench, int messages, bool byPipeline)
    {
        int count = bench.Scaled(messages);
        Rounds rounds = bench.Alternate([], (client, server) =>
        {
            using Store store = client.LogIn(server);
            return client.Run("sends", server, store, ["-Count", Bench.Argument(count), .. byPipeline ? (string[])["-ByPipeline"] : []]);
        });
        string what = $"{count:N0} texts, {(byPipeline ? "by pipeline" : "a command each")}";
        yield return rounds.Figure(what, "/s", one => count / one.Seconds);
        yield return rounds.Figure($"{what}: processor time a text", "µs", one => one.Cpu * 1e6 / count);
    }
}
