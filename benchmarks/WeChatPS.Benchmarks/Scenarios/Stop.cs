using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS.Benchmarks;

/// <summary>What Ctrl+C does: from the stop of a pipeline that waits for messages to its end.</summary>
internal static class Stop
{
    private const int Rounds = 20;

    public static IEnumerable<Figure> Run()
    {
        using Server server = Server.Start();
        using var store = new TemporaryStore();
        using Engine engine = Engine.WithModule();
        using WeChatSession session = engine.Connect(server, $"-StorePath '{store.Path}'");
        var stops = new Samples(Enumerable.Range(0, Rounds).Select(_ => Milliseconds(engine, server)));
        yield return new Figure("Receive-WeChatMessage in a held poll, median", stops.Median, "ms", AtMost: 100);
        yield return new Figure($"Receive-WeChatMessage in a held poll, longest of {Rounds}", stops.Max, "ms", AtMost: 100);
    }

    private static double Milliseconds(Engine engine, Server server)
    {
        using PowerShell receiver = engine.Shell("Receive-WeChatMessage");
        IAsyncResult receiving = receiver.BeginInvoke();
        server.Control.AwaitOpenPolls(1);
        long stopped = Stopwatch.GetTimestamp();
        receiver.Stop();
        try
        {
            receiver.EndInvoke(receiving);
            throw new InvalidOperationException("The stream ended before it was stopped.");
        }
        catch (PipelineStoppedException)
        {
            double took = Stopwatch.GetElapsedTime(stopped).TotalMilliseconds;
            server.Control.AwaitOpenPolls(0);
            return took;
        }
    }
}
