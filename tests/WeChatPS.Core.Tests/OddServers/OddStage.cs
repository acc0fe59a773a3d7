using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Emulator;
using WeChatPS.Http;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>What a row needs to make its server odd, until it is over.</summary>
internal sealed class OddStage : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly OddServer _row;

    public OddStage(OddServer row)
    {
        _row = row;
        Server = LiveServer.Start(new EmulatorOptions { Hold = Hold, ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero });
        Port = Emulator.Endpoint.Port;
    }

    /// <summary>Shorter than the real server's hold, so that a row sees a few polls; the guard tells it from an answer at once.</summary>
    public static TimeSpan Hold { get; } = TimeSpan.FromSeconds(5);

    /// <summary>As much longer than the hold as the real one.</summary>
    public static TimeSpan PollDeadline { get; } = TimeSpan.FromSeconds(8);

    public LiveServer Server { get; }

    public WeChatEmulator Emulator => Server.Emulator;

    /// <summary>Cancelled when the server is good again.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>What went wrong in the row's own code; null for nothing.</summary>
    public string? Mistake { get; private set; }

    /// <summary>The port that new connections of a client with TLS lead to.</summary>
    public int Port { get; set; }

    public ConnectOptions Options => Server.Options with
    {
        PollDeadline = PollDeadline,
        Endpoint = _row.IsTls ? new UriBuilder(Emulator.Endpoint) { Scheme = "https", Host = "localhost" }.Uri : Emulator.Endpoint,
        Http = new HttpSettings { NoProxy = true, DefaultDeadline = PollDeadline, Handler = _row.IsTls ? NewTlsHandler : null },
    };

    public void Polls(RawReply reply) => Answers("synccheck", reply);

    public void Polls(Func<RawExchange, Task<RawReply>> answer) => Answers("synccheck", answer);

    public void Fetches(RawReply reply) => Answers("webwxsync", reply);

    public void Fetches(Func<RawExchange, Task<RawReply>> answer) => Answers("webwxsync", answer);

    /// <summary>Every request, of whatever kind.</summary>
    public void All(RawReply reply) => Answers("*", reply);

    public void All(Func<RawExchange, Task<RawReply>> answer) => Answers("*", answer);

    public void Answers(string endpoint, RawReply reply) => Emulator.Faults.Add(Fault.Raw(endpoint, reply));

    public void Answers(string endpoint, Func<RawExchange, Task<RawReply>> answer) => Emulator.Faults.Add(Fault.Raw(endpoint, async exchange =>
    {
        try
        {
            return await answer(exchange);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Mistake ??= e.ToString();
            throw;
        }
    }));

    /// <summary>Polls that announce something at once, whether there is anything or not.</summary>
    public void Announces() => Polls(Odd.Poll("0", "2"));

    /// <summary>These bytes, and then nothing more until the server is good again. Then the connection is reset.</summary>
    public RawReply Stalled(string bytes = "") => new(Stalling(RawReply.Of(bytes)), RawEnd.Reset);

    /// <summary>Waits until the server is good again, or the client has left.</summary>
    public async Task UntilOverAsync(CancellationToken gone)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Over, gone);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Does something again and again while the server is odd.</summary>
    public void Meanwhile(Func<Task> work) => Task.Run(async () =>
    {
        while (!Over.IsCancellationRequested) await work();
    });

    /// <summary>Replaces the oddity by another one, after some time.</summary>
    public void Then(TimeSpan after, Action begin) => Task.Run(async () =>
    {
        await Task.Delay(after, Over);
        Emulator.Faults.Clear();
        Emulator.Resume();
        begin();
    });

    /// <summary>Makes the server good again.</summary>
    public void End()
    {
        _over.Cancel();
        Emulator.Faults.Clear();
        Port = Emulator.Endpoint.Port;
        Emulator.Resume();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _over.Dispose();
    }

    private IEnumerable<RawPiece> Stalling(RawReply reply)
    {
        foreach (RawPiece piece in reply.Pieces) yield return piece;
        while (!Over.IsCancellationRequested) yield return new RawPiece(default, TimeSpan.FromMilliseconds(50));
    }

    private SocketsHttpHandler NewTlsHandler() => new()
    {
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == Emulator.Certificate.Thumbprint,
        },
    };
}
