using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace WeChatPS.Benchmarks;

/// <summary>From the moment the server takes a message, with a poll in its hands, to the script that gets it. The first ones are as cold as the process.</summary>
internal static class Wake
{
    private const int Messages = 1_000;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(10);

    public static IEnumerable<Figure> Run(Bench bench)
    {
        int count = bench.Scaled(Messages);
        Rounds rounds = bench.Alternate([], (client, server) =>
        {
            using Store store = client.LogIn(server);
            long started = Stopwatch.GetTimestamp();
            using Process process = client.Start("wake", server, store, "-Count", Bench.Argument(count));
            server.Control.AwaitOpenPolls(1, process);
            for (int i = 0; i < count; i++)
            {
                server.Control.Deliver("{ticks}");
                Thread.Sleep(s_pace);
            }

            return Reading.Of(process, started);
        });
        yield return rounds.Figure($"to the script, p50 of {count:N0}", "ms", one => Wakes(one).Median);
        yield return rounds.Figure("to the script, p99", "ms", one => Wakes(one).At(0.99));
        yield return rounds.Figure("to the script, longest", "ms", one => Wakes(one).Max);
        yield return rounds.Figure("processor time of the process", "s", one => one.Cpu);
    }

    private static Measured Wakes(Reading reading) => new(reading.Series("wakes"));
}
