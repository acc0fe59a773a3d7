using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace WeChatPS.Benchmarks;

/// <summary>1,000,000 messages in one stream: what grows once a tenth of them has passed. They are ordered by another process.</summary>
internal static class Memory
{
    private const int Messages = 1_000_000;
    private const int Waiting = 20_000;
    private const int Portion = 5_000;
    private const double Megabyte = 1024 * 1024;

    public static IEnumerable<Figure> Run()
    {
        using Server server = Server.Start();
        using var store = new TemporaryStore();
        using Engine engine = Engine.WithModule();
        using WeChatSession session = engine.Connect(server, $"-StorePath '{store.Path}'");
        using Process feeder = Self.Start("feed", server.Endpoint.ToString(), $"{Messages}");
        MemoryReading[] readings =
            [.. engine.Run($"Receive-WeChatMessage -MaxCount {Messages} | Measure-Memory -Every {Messages / 10}").Select(one => (MemoryReading)one.BaseObject)];
        feeder.WaitForExit();
        MemoryReading first = readings[0];
        yield return new Figure("managed heap after 10 %", first.Heap / Megabyte, "MB");
        yield return new Figure("managed heap, highest later reading above that", readings[1..].Max(one => one.Heap - first.Heap) / Megabyte, "MB", AtMost: 5);
        yield return new Figure("working set after 10 %", first.WorkingSet / Megabyte, "MB");
        yield return new Figure("working set, highest later reading above that", readings[1..].Max(one => one.WorkingSet - first.WorkingSet) / Megabyte, "MB", AtMost: 5);
    }

    /// <summary>The process that sees to it that messages wait at the server until all have been delivered.</summary>
    public static void Feed(Uri endpoint, int count)
    {
        using var control = new EmulatorControl(endpoint);
        long before = control.Counter("messagesHandedOut");
        for (long delivered = 0; delivered < count;)
        {
            if (delivered - (control.Counter("messagesHandedOut") - before) > Waiting - Portion)
            {
                Thread.Sleep(1);
                continue;
            }

            control.Deliver("第 {n} 条：服务器已恢复，请确认收到。", Portion);
            delivered += Portion;
        }
    }
}
