using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>A loop with everything around it.</summary>
internal sealed class LoopBench : IDisposable
{
    public LoopBench(Inbox? inbox = null)
    {
        Inbox = inbox ?? Inbox.InMemory();
        Server = new ScriptedServer(Time);
        Health = new SyncHealth(Time, Notices.Add);
        Loop = new SyncLoop(Server, Inbox, Health, new RequestBudget(Time), Awakening, Time, () => 0);
        Inbox.StartLogin(1, new SyncCursor("k0"));
    }

    public VirtualTime Time { get; } = new();

    /// <summary>Its clock stands still, so the machine never wakes up by itself.</summary>
    public Awakening Awakening { get; } = new(new VirtualTime { IsFrozen = true });

    public ScriptedServer Server { get; }

    public Inbox Inbox { get; }

    public SyncHealth Health { get; }

    public SyncLoop Loop { get; }

    public List<SessionNotice> Notices { get; } = [];

    public int Warnings => Notices.Count(notice => notice.Level == NoticeLevel.Warning);

    public int Recoveries => Notices.Count(notice => notice.Level == NoticeLevel.Information);

    public bool IsDegraded => Health.DegradedSince is not null;

    /// <summary>Runs the loop for so long.</summary>
    public async Task RunFor(TimeSpan span)
    {
        using var stop = new CancellationTokenSource();
        Server.StopAt(Time.Passed + span, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Loop.RunAsync(stop.Token)).OrHang();
        Server.StopAt(TimeSpan.MaxValue, stop);
    }

    public Task RunForSeconds(double seconds) => RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>The loop ends by itself, with this.</summary>
    public Task<T> RunUntil<T>()
        where T : Exception => Assert.ThrowsAsync<T>(() => Loop.RunAsync(Hang.Deadline())).OrHang();

    public void Dispose() => Inbox.Dispose();
}
