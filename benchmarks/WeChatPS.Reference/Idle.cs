using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

namespace WeChatPS.Reference;

/// <summary>Sessions that poll and get nothing, in one process.</summary>
internal static class Idle
{
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Uri endpoint, int before, int count, int seconds)
    {
        var polling = new List<Task>();
        await OpenAsync(before).ConfigureAwait(false);
        Memory first = Memory.Take();
        await OpenAsync(count).ConfigureAwait(false);
        Memory last = Memory.Take();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        await Task.Delay(TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
        used = Environment.CpuUsage.TotalTime - used;
        if (polling.FirstOrDefault(one => one.IsCompleted) is { } ended)
        {
            await ended.ConfigureAwait(false);
            throw new InvalidOperationException("A session that was to be idle has ended.");
        }

        Report.Write(last.Heap - first.Heap, last.WorkingSet - first.WorkingSet, used);

        async Task OpenAsync(int sessions)
        {
            for (int i = 0; i < sessions; i++)
            {
                HttpClient http = Session.Http(endpoint);
                polling.Add(ReceiveAsync(new Session(http, await Login.NewAsync(http).ConfigureAwait(false))));
            }

            await Task.Delay(s_settling).ConfigureAwait(false);
        }
    }

    private static async Task ReceiveAsync(Session session)
    {
        await session.FetchAsync().ConfigureAwait(false);
        while (true)
        {
            if (await session.PollAsync().ConfigureAwait(false)) await session.FetchAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>What the process holds at one moment, in bytes, after a collection that gives back what is free.</summary>
internal readonly record struct Memory(long Heap, long WorkingSet)
{
    public static Memory Take()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new Memory(GC.GetTotalMemory(false), Environment.WorkingSet);
    }
}
