using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>
/// Messages flow to a receiver that is killed again and again and started again: none is lost, each kill repeats one message at most, and
/// their order stays.
/// </summary>
internal sealed class KillRun : IAsyncDisposable
{
    /// <summary>So far the server is ahead of the receiver, so that there is always something to be killed in.</summary>
    private const int Ahead = 1500;

    // handling mostly; a key that was exchanged at a save must be in use before the next login, or the server refuses both
    private static readonly Moment[] s_moments =
    [
        Moment.Handling, Moment.Saving, Moment.Handling, Moment.LoggingIn, Moment.Handling,
        Moment.Compacting, Moment.Handling, Moment.Saving, Moment.Handling, Moment.LoggingIn,
    ];

    private readonly Random _random;
    private readonly int _messages;
    private readonly int _kills;
    private readonly PackedPowerShell? _engine;
    private readonly TemporaryFolder _store = new();
    private readonly WeChatEmulator _server;
    private readonly string _handled;
    private readonly HashSet<int> _ends = [];
    private readonly Dictionary<Moment, int> _hits = [];
    private readonly FileSystemWatcher _files;
    private ReceivingProcess? _victim;
    private volatile int _died;
    private volatile Moment _awaited;

    private KillRun(int seed, int messages, int kills, PackedPowerShell? engine)
    {
        (_random, _messages, _kills, _engine) = (new Random(seed), messages, kills, engine);
        _handled = _store["handled"];
        _server = WeChatEmulator.Start(new EmulatorOptions
        {
            ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero, DemoContacts = false, Contacts = 1, ReplayWindow = messages,
        });
        _server.Requests.Answered += request => Seen(request.Endpoint == "webwxinit" ? Moment.LoggingIn : Moment.Any);
        _files = new FileSystemWatcher(_store.Path) { IncludeSubdirectories = true };
        _files.Created += (_, file) => Seen(
            file.Name!.EndsWith(".tmp", StringComparison.Ordinal) ? Moment.Saving
            : file.Name.EndsWith("inbox.log.new", StringComparison.Ordinal) ? Moment.Compacting
            : Moment.Any);
        _files.EnableRaisingEvents = true;
    }

    private enum Moment
    {
        Any,
        Handling,
        LoggingIn,
        Saving,
        Compacting,
    }

    private int Handled => HandledMessages.Last(_handled);

    private int Share => _messages / _kills;

    /// <summary>What the server may deliver. A PowerShell starts so slowly that it would find everything delivered after a few lives.</summary>
    private int Released => _engine is null ? _messages : Math.Min(_messages, (_died + 1) * Share);

    /// <param name="seed">Where chance begins.</param>
    /// <param name="messages">How many messages flow.</param>
    /// <param name="kills">How often the receiver is killed.</param>
    /// <param name="engine">The PowerShell that receives; null for a process that has only the core.</param>
    /// <returns>What was counted.</returns>
    /// <exception cref="Exception">A promise was broken.</exception>
    public static async Task<string> RunAsync(int seed, int messages, int kills, PackedPowerShell? engine = null)
    {
        await using var run = new KillRun(seed, messages, kills, engine);
        return await run.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _files.Dispose();
        _victim?.Dispose();
        await _server.DisposeAsync();
        _store.Dispose();
    }

    private async Task<string> RunAsync()
    {
        // killed in its first login a process may have to log in again; from then on there is something to lose
        await KillAsync(Moment.LoggingIn, atStart: true);
        await KillAsync(Moment.Saving, atStart: true);
        await StartAndSettleAsync();
        using var stop = new CancellationTokenSource();
        Task flow = FlowAsync(stop.Token);
        try
        {
            await KillHandlingAsync();
            for (int kill = 1; kill < _kills; kill++)
            {
                Moment moment = s_moments[kill % s_moments.Length];
                await KillAsync(moment, atStart: moment == Moment.LoggingIn || (moment == Moment.Saving && _random.Next(2) == 0));
            }

            Start();
            await Until(() => Handled == _messages, "the last message");
        }
        finally
        {
            await stop.CancelAsync();
            await flow;
        }

        _victim!.Kill();
        int repeats = HandledMessages.CheckWhole(_handled, _messages, _ends);
        Assert.Empty(Directory.GetFiles(_store.Path, "dead-letters*", SearchOption.AllDirectories));
        return $"{_messages} messages, {_kills} kills ({string.Join(", ", _hits.Select(hit => $"{hit.Value} {hit.Key}"))}), {repeats} repeats";
    }

    /// <param name="moment">When.</param>
    /// <param name="atStart">Not in the flow but at the start, which logs in and saves what came of it.</param>
    private async Task KillAsync(Moment moment, bool atStart)
    {
        if (atStart)
        {
            _awaited = moment;
            Start();
        }
        else
        {
            await StartAndSettleAsync();
            if (moment == Moment.Handling)
            {
                await KillHandlingAsync();
                return;
            }

            _awaited = moment;
            if (moment == Moment.Saving) _server.RotateSKey();
        }

        // without a message more there is nothing to compact
        await Until(() => _victim!.HasExited || Handled >= Released, $"the moment of {moment}", mayExit: true);
        if (_victim!.HasExited) _hits[moment] = _hits.GetValueOrDefault(moment) + 1;
        Died();
    }

    private async Task KillHandlingAsync()
    {
        int end = Math.Min(Released, Handled + _random.Next(2 * Share));
        await Until(() => Handled >= end, $"message {end}");
        _hits[Moment.Handling] = _hits.GetValueOrDefault(Moment.Handling) + 1;
        Died();
    }

    private void Start() => _victim = _engine is null
        ? ReceivingProcess.Start(_server.Endpoint, _store.Path, _handled)
        : ReceivingProcess.StartPowerShell(_engine, _server.Endpoint, _store.Path, _handled);

    private async Task StartAndSettleAsync()
    {
        long before = _server.Counters.Polls;
        Start();
        await Until(() => _server.Counters.Polls > before, "a poll of the new process");
    }

    private void Seen(Moment moment)
    {
        if (moment == Moment.Any || moment != _awaited) return;
        _awaited = Moment.Any;
        _victim?.KillNow();
    }

    private void Died()
    {
        _awaited = Moment.Any;
        _victim!.Dispose();
        _victim = null;
        _ends.Add(HandledMessages.Count(_handled));
        _died++;
    }

    private async Task FlowAsync(CancellationToken stop)
    {
        var random = new Random(_random.Next());
        for (int delivered = 0; delivered < _messages && !stop.IsCancellationRequested;)
        {
            int burst = Math.Min(random.Next(1, 200), Math.Min(Released - delivered, Ahead - (delivered - Handled)));
            for (int i = 0; i < burst; i++) _server.Deliver("好友00001", $"#{++delivered}");
            await Task.Delay(random.Next(5), CancellationToken.None);
        }
    }

    private Task Until(Func<bool> isSo, string what, bool mayExit = false) => Eventually.UntilAsync(
        () =>
        {
            if (!mayExit && _victim!.HasExited) throw new InvalidOperationException($"The receiver ended by itself: {_victim.Says()}");
            return isSo();
        },
        what,
        () => $"{Handled} messages were handled. {_victim?.Says()}");
}
