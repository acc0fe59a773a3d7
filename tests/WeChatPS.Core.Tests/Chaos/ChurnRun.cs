using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Acceptance;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Emulator;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>
/// Many sessions at once, each connecting, receiving, sending and going away in one way or another, over and over. Afterwards the process
/// holds nothing of them: no poll, socket, file, lock or task.
/// </summary>
internal sealed class ChurnRun : IAsyncDisposable
{
    private const string Friend = "好友00001";

    private readonly TemporaryFolder _store = new();
    private readonly List<WeakReference> _sessions = [];
    private readonly WeChatEmulator _server = WeChatEmulator.Start(new EmulatorOptions
    {
        ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero, Contacts = 1,
    });

    private int _taken;

    private ChurnRun()
    {
    }

    /// <returns>What was counted.</returns>
    public static async Task<string> RunAsync(int seed, int sessions, int rounds)
    {
        using var unobserved = new UnobservedExceptions();
        int live = SessionRegistry.Live.Count, sockets = OpenHandles.Sockets;
        string counts = await UseAsync(seed, sessions, rounds);
        await Eventually.UntilAsync(() => OpenHandles.Sockets <= sockets, "the end of all sockets", () => $"{OpenHandles.Sockets} are open, {sockets} were.");
        Assert.Equal(live, SessionRegistry.Live.Count);
        unobserved.AssertNone();
        return counts;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Dispose();
    }

    private static async Task<string> UseAsync(int seed, int sessions, int rounds)
    {
        await using var run = new ChurnRun();
        await run.ChurnAsync(seed, sessions, rounds);
        await Eventually.UntilAsync(() => run._server.Counters.OpenPolls == 0, "the end of all polls");
        Assert.Equal([], OpenHandles.Below(run._store.Path));
        for (int number = 0; number < sessions; number++) new SessionStore(run._store.Path).Open(NameOf(number)).Dispose();

        // a task, timer or handler that still ran would hold its session
        await Eventually.UntilAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return run._sessions.All(session => !session.IsAlive);
            },
            "the end of all sessions",
            () => $"{run._sessions.Count(session => session.IsAlive)} are alive.");
        return $"{sessions} sessions, {run._sessions.Count} connections, {run._taken} messages, {run._server.Sent.Count} sends";
    }

    private static string NameOf(int number) => $"churn-{number}";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task ChurnAsync(int seed, int sessions, int rounds)
    {
        using var stop = new CancellationTokenSource();
        Task flow = Task.Run(() => FlowAsync(stop.Token));
        try
        {
            await Task.WhenAll(Enumerable.Range(0, sessions).Select(number => Task.Run(() => ComeAndGoAsync(number, new Random(seed + number), rounds))));
        }
        finally
        {
            await stop.CancelAsync();
            await flow;
        }
    }

    private async Task FlowAsync(CancellationToken stop)
    {
        for (int number = 1; !stop.IsCancellationRequested; number++)
        {
            _server.Deliver(Friend, $"#{number}");
            await Task.Delay(2, CancellationToken.None);
        }
    }

    private async Task ComeAndGoAsync(int number, Random random, int rounds)
    {
        for (int round = 0; round < rounds; round++) await UseOnceAsync(NameOf(number), random);
    }

    private async Task UseOnceAsync(string name, Random random)
    {
        WeChatSession session = await WeChatSession.ConnectAsync(
            new ConnectOptions
            {
                Name = name,
                Endpoint = _server.Endpoint,
                StorePath = _store.Path,
                SendInterval = TimeSpan.Zero,
                Http = new HttpSettings { NoProxy = true },
            },
            null,
            CancellationToken.None);
        lock (_sessions) _sessions.Add(new WeakReference(session));
        bool isReleased = false;
        for (int use = random.Next(1, 4); use > 0; use--)
        {
            int taken = 0, enough = random.Next(1, 20);
            await using var receiver = new Receiver(session, _ => Interlocked.Increment(ref taken));
            WeChatContact friend = await session.ResolveAsync(Friend, CancellationToken.None);
            string text = random.Next().ToString(CultureInfo.InvariantCulture);
            await session.SendAsync(friend, MessageBody.Text(text), new SendOptions(), CancellationToken.None);
            await Eventually.UntilAsync(() => Volatile.Read(ref taken) >= enough || receiver.Ended.IsCompleted, "some messages");
            Interlocked.Add(ref _taken, taken);

            // some go away in the midst of receiving
            if (use == 1 && random.Next(2) == 0)
            {
                session.Dispose();
                isReleased = true;
            }
        }

        // what was released cannot be logged out any more
        bool logout = random.Next(3) == 0;
        await session.DisconnectAsync(logout && !isReleased, CancellationToken.None);
    }
}
