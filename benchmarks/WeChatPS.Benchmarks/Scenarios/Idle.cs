using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Benchmarks;

/// <summary>
/// 200 sessions that receive and get nothing, in one process. Their streams are opened without a runspace each: what a runspace costs is
/// PowerShell's.
/// </summary>
internal static class Idle
{
    private const int WarmUp = 50;
    private const int Sessions = 200;
    private const int Seconds = 60;

    // every session's first poll is over by then, and the code that its end needed is there
    private static readonly TimeSpan s_firstRound = TimeSpan.FromSeconds(30);

    public static IEnumerable<Figure> Run()
    {
        using Server server = Server.Start();
        using Engine engine = Engine.WithModule();
        using var end = new CancellationTokenSource();
        var open = new List<(WeChatSession Session, MessageStream Stream, Task Receiving)>();
        (double alone, _, _) = Watch(() => 0, 20);
        Open(WarmUp); // code, compiled twice, and whatever else all share
        MemoryReading before = MemoryReading.Take();
        Open(Sessions);
        MemoryReading after = MemoryReading.Take();
        Thread.Sleep(s_firstRound);
        (double quiet, double busy, long polls) = Watch(() => open.Sum(one => one.Session.PollCount), Seconds);
        Task[] receiving = [.. open.Select(one => one.Receiving)];
        if (Array.Exists(receiving, one => one.IsCompleted)) throw new InvalidOperationException("A session that was to be idle has ended.");
        end.Cancel();
        foreach ((WeChatSession session, MessageStream stream, _) in open)
        {
            stream.Dispose();
            session.Dispose();
        }

        yield return new Figure("managed heap, each", (after.Heap - before.Heap) / 1024.0 / Sessions, "KB", AtMost: 100);
        yield return new Figure("working set, each", (after.WorkingSet - before.WorkingSet) / 1024.0 / Sessions, "KB", AtMost: 100);
        yield return new Figure("processor without a session, of one", alone, "%");
        yield return new Figure("processor while all polls are held, of one", quiet, "%", AtMost: 0.2);
        yield return new Figure($"processor for each of {polls:N0} polls", busy, "ms");

        void Open(int count)
        {
            int there = open.Count;
            WeChatSession[] sessions = [.. Enumerable.Range(there, count).Select(n => engine.Connect(server, $"-Ephemeral -Name s{n}"))];
            foreach (WeChatSession session in sessions)
            {
                MessageStream stream = session.OpenStream(new StreamOptions { Filter = _ => false });
                open.Add((session, stream, stream.NextAsync(end.Token).AsTask()));
            }

            server.Control.AwaitOpenPolls(there + count);
        }
    }

    /// <returns>Per cent of a processor in seconds in which no poll ended; milliseconds a poll in the others; how many polls there were.</returns>
    private static (double Quiet, double Busy, long Polls) Watch(Func<long> polls, int seconds)
    {
        TimeSpan quiet = default, busy = default;
        long first = polls();
        int quietSeconds = 0;
        for (int second = 0; second < seconds; second++)
        {
            long pollsBefore = polls();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(1000);
            TimeSpan used = Environment.CpuUsage.TotalTime - before;
            if (polls() == pollsBefore) (quiet, quietSeconds) = (quiet + used, quietSeconds + 1);
            else busy += used;
        }

        long made = polls() - first;
        return (quiet.TotalSeconds / quietSeconds * 100, busy.TotalMilliseconds / made, made);
    }
}
