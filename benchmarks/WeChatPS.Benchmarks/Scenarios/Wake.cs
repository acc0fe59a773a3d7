using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace WeChatPS.Benchmarks;

/// <summary>
/// From the moment the server takes a message, with a poll in its hands, to the object in the pipeline. One clock serves both processes;
/// the messages are ordered by a third.
/// </summary>
internal static class Wake
{
    private const int WarmUp = 200;
    private const int Messages = 1_000;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(10);

    public static IEnumerable<Figure> Run()
    {
        using Server server = Server.Start();
        using var store = new TemporaryStore();
        using Engine engine = Engine.WithModule();
        using WeChatSession session = engine.Connect(server, $"-StorePath '{store.Path}'");
        using PowerShell receiver = engine.Shell($"Receive-WeChatMessage -MaxCount {WarmUp + Messages} | Measure-Wake");
        IAsyncResult receiving = receiver.BeginInvoke();
        server.Control.AwaitOpenPolls(1);
        using (Process writer = Self.Start("write", server.Endpoint.ToString(), $"{WarmUp + Messages}", $"{s_pace.TotalMilliseconds}"))
            writer.WaitForExit();
        var wakes = new Samples(receiver.EndInvoke(receiving).Skip(WarmUp).Select(wake => (double)wake.BaseObject));
        yield return new Figure($"to the pipeline, p50 of {wakes.Count:N0}", wakes.Median, "ms", AtMost: 1);
        yield return new Figure("to the pipeline, p99", wakes.At(0.99), "ms", AtMost: 5);
        yield return new Figure("to the pipeline, longest", wakes.Max, "ms");
    }

    /// <summary>The process that has the messages delivered, one at a time.</summary>
    public static void Write(Uri endpoint, int count, TimeSpan pace)
    {
        using var control = new EmulatorControl(endpoint);
        for (int i = 0; i < count; i++)
        {
            control.Deliver("{ticks}");
            Thread.Sleep(pace);
        }
    }
}
