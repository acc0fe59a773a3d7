using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Acceptance;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Emulator;
using WeChatPS.Http;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>
/// Messages flow in and texts go out while the server, the network and the client's own process do their worst, phase after phase. At the
/// end everything arrived exactly once and in order, or the client said that it does not know.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private static readonly string[] s_friends = ["好友00001", "好友00002", "好友00003"];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly int _messages;
    private readonly Random _random;
    private readonly TemporaryFolder _store = new();
    private readonly SkippingClock _clock = new();
    private readonly UnobservedExceptions _unobserved = new();
    private readonly WeChatEmulator _server;
    private readonly ChaosNetwork _network;
    private readonly Weather _weather;
    private WeChatSession? _session;
    private Receiver? _receiver;
    private ChaosSends? _sends;
    private bool _mayGoDown;
    private int _delivered;
    private volatile int _received;
    private int _phase;
    private int _restarts;
    private int _reconnects;

    private ChaosRun(int seed, int messages)
    {
        (_messages, _random) = (messages, new Random(seed));
        _server = WeChatEmulator.Start(new EmulatorOptions
        {
            Hold = TimeSpan.FromHours(1), ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero, Contacts = s_friends.Length,
            MaxMessagesPerSync = 20,
        });
        _network = new ChaosNetwork(_random.Next(), RestartAtOnce);
        _weather = new Weather(_server, _network, _random);
    }

    /// <returns>What was counted.</returns>
    /// <exception cref="InvalidOperationException">A promise was broken; says which, when, and how to see it again.</exception>
    public static async Task<string> RunAsync(int seed, int messages)
    {
        await using var run = new ChaosRun(seed, messages);
        try
        {
            return await run.RunAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"WECHATPS_SEED={seed}: {e.Message}\n{run}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_receiver is not null) await _receiver.DisposeAsync();
        _session?.Dispose();
        await _server.DisposeAsync();
        _clock.Dispose();
        _unobserved.Dispose();
        _store.Dispose();
    }

    /// <summary>The state of everything.</summary>
    public override string ToString() =>
        $"""
        phase {_phase}: {_weather}
        {_delivered} delivered, {_received} received, {_sends?.Ended} sends ended
        session {_session?.State}, {_session?.PendingCount} pending, {_session?.ReceivedCount} fetched
        next try in {_session?.NextTry - _clock.GetUtcNow()}: {_session?.DegradedReason}
        receiver {_receiver?.Ended.Status}; clock {_clock}
        server: {_server.Counters.OpenPolls} open polls; {string.Join(" ", _server.Requests.Get().TakeLast(25).Select(Short))}
        """;

    private static string Short(LoggedRequest request) => $"{request.Endpoint}:{request.Fault?.ToString() ?? "-"}:{request.Status}:{request.Ret}";

    private async Task<string> RunAsync()
    {
        using (_clock.Stand()) await ConnectAsync();
        WeChatContact[] receivers = [.. s_friends.Select(name => _session!.Contacts.Resolve(name).Contact!)];
        _sends = new ChaosSends(receivers);

        // only now, since whoever logs in stands there with a phone and would see it fail
        _clock.DeadlinesAfter = TimeSpan.FromSeconds(1);
        Open();
        while (_delivered < _messages)
        {
            _phase++;
            await PassPhaseAsync();
        }

        _weather.Calm();
        await CloseAsync();
        _session!.Dispose();
        await Until(() => _server.Counters.OpenPolls == 0, "the end of all polls");
        string sends = _sends.Check(_server.Sent);
        _unobserved.AssertNone();
        return $"{_delivered} messages, {sends}, {_phase} phases, {_weather.Struck} server faults, {_network.Injected} network faults, "
            + $"{_restarts} restarts, {_reconnects} reconnects, {_server.Counters.Requests} requests";
    }

    private async Task PassPhaseAsync()
    {
        bool rotates = _random.Next(4) == 0;
        _mayGoDown = !rotates;
        _weather.Change(keepReplies: rotates);
        if (rotates) _server.RotateSKey();
        if (rotates) _server.RotateDataTicket();
        if (_random.Next(6) == 0) await ReopenAsync(reconnect: !rotates && _random.Next(2) == 0);
        Task sends = _sends!.StartAsync(_session!, _random.Next(8));
        for (int left = Math.Min(_random.Next(1, 150), _messages - _delivered); left > 0;)
        {
            int burst = Math.Min(left, _random.Next(1, 60));
            left -= burst;
            for (int i = 0; i < burst; i++) _server.Deliver(s_friends[_random.Next(3)], $"text #{++_delivered}");
            await Task.Delay(_random.Next(3));
            if (_mayGoDown && _random.Next(25) == 0) await RestartAsync(TimeSpan.FromMilliseconds(_random.Next(20)));
        }

        await Until(() => sends.IsCompleted, "the end of the sends");
        await sends;
        await Until(() => _received == _delivered, "the messages of this phase");
    }

    private void Take(WeChatMessage message)
    {
        if (HandledMessages.NumberIn(message.Text) is not int number) return;
        if (number != _received + 1) throw new InvalidOperationException($"Message {number} came where {_received + 1} was due.");
        _received = number;
    }

    private async Task ConnectAsync()
    {
        var options = new ConnectOptions
        {
            Name = "chaos",
            Endpoint = _server.Endpoint,
            StorePath = _store.Path,
            Time = _clock,
            Timeout = SkippingClock.Deadline,
            PollDeadline = SkippingClock.Deadline,
            Http = new HttpSettings { Handler = _network.NewHandler, DefaultDeadline = SkippingClock.Deadline },
        };
        await Until(
            async () =>
            {
                try
                {
                    _session = await WeChatSession.ConnectAsync(options, null, CancellationToken.None);
                    return true;
                }
                catch (WeChatException e) when (e.Reason is WeChatErrorReason.Unreachable or WeChatErrorReason.LoginTimeout)
                {
                    return false;
                }
            },
            "a connection");
    }

    private void Open() => _receiver = new Receiver(_session!, Take);

    private async Task CloseAsync()
    {
        await _receiver!.DisposeAsync();
        _receiver = null;
    }

    private async Task ReopenAsync(bool reconnect)
    {
        await CloseAsync();
        if (reconnect)
        {
            _reconnects++;
            _session!.Dispose();
            await ConnectAsync();
        }

        Open();
    }

    private async Task RestartAsync(TimeSpan outage)
    {
        _restarts++;
        _server.Pause();
        await Task.Delay(outage);
        await Until(Resumes, "the server's port");
    }

    private void RestartAtOnce()
    {
        if (!_mayGoDown) return;
        Interlocked.Increment(ref _restarts);
        _server.Pause();
        SpinWait.SpinUntil(Resumes, s_patience);
    }

    // somebody's connection may have got the port meanwhile
    private bool Resumes()
    {
        try
        {
            _server.Resume();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private Task Until(Func<bool> isSo, string what) => Until(() => Task.FromResult(isSo()), what);

    /// <summary>Waits as long as anything moves.</summary>
    private async Task Until(Func<Task<bool>> isSo, string what)
    {
        long since = Stopwatch.GetTimestamp();
        for ((int, int?) progress = default; !await isSo(); await Task.Delay(1))
        {
            if (_receiver?.Ended is { IsCompleted: true } ended)
            {
                await ended;
                throw new InvalidOperationException("The stream ended by itself.");
            }

            if (progress != (_received, _sends?.Ended)) (progress, since) = ((_received, _sends?.Ended), Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(since) > s_patience) throw new TimeoutException($"Nothing moves, and this never came: {what}.");
        }
    }
}
