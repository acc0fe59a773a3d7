using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace WeChatPS.Benchmarks;

/// <summary>1,000,000 messages in one stream: what grows once a tenth of them has passed. One round: growth is a bound and no race.</summary>
internal static class Memory
{
    private const int Messages = 1_000_000;
    private const int Waiting = 20_000;
    private const int Portion = 5_000;

    public static IEnumerable<Figure> Run(Bench bench)
    {
        int count = bench.Scaled(Messages) / 10 * 10;
        using Server server = Server.Start();
        using Store store = Client.Module.LogIn(server);
        long started = Stopwatch.GetTimestamp();
        using Process process = Client.Module.Start("memory", server, store, "-Count", Bench.Argument(count));
        Feed(server.Control, count, process);
        Reading reading = Reading.Of(process, started);
        double[] heaps = reading.Series("heaps"), workingSets = reading.Series("workingSets");
        yield return Once("managed heap after 10 %", heaps[0]);
        yield return Once("managed heap, highest later reading above that", heaps[1..].Max() - heaps[0], 5);
        yield return Once("working set after 10 %", workingSets[0]);
        yield return Once("working set, highest later reading above that", workingSets[1..].Max() - workingSets[0], 5);

        Figure Once(string what, double bytes, double? atMost = null) =>
            new($"{count:N0} messages: {what}", "MB", new Measured([bytes / Reading.Megabyte]), AtMost: atMost);
    }

    /// <summary>Sees to it that messages wait at the server until all have been delivered.</summary>
    private static void Feed(EmulatorControl control, int count, Process process)
    {
        long before = control.Counter("messagesHandedOut");
        for (int delivered = 0; delivered < count && !process.HasExited;)
        {
            if (delivered - (control.Counter("messagesHandedOut") - before) > Waiting - Portion)
            {
                Thread.Sleep(5);
                continue;
            }

            int portion = Math.Min(Portion, count - delivered);
            control.Deliver("第 {n} 条：服务器已恢复，请确认收到。", portion);
            delivered += portion;
        }
    }
}
