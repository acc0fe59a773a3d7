using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator.Control;
using WeChatPS.Emulator.Endpoints;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator;

/// <summary>
/// A WeChat web server on loopback for trying, demonstrating and testing clients. It checks the protocol strictly and can simulate faults.
/// It is controlled in process or over HTTP (see <c>Control/ControlApi.cs</c>).
/// </summary>
public sealed class WeChatEmulator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly World _world;
    private readonly HttpServer _server;
    private readonly TaskCompletionSource _stopRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    private WeChatEmulator(EmulatorOptions options)
    {
        Options = options;
        _world = new World(options, _stopping.Token);
        EndpointTable? endpoints = null;
        Faults = new FaultPlan(_world, name => endpoints!.Has(name));
        endpoints = new EndpointTable(_world, Faults);
        Requests = new RequestLog();
        Account[] accounts = [.. options.Accounts.Distinct().Select(AddAccount)];
        if (accounts.Length == 0 || accounts.Length < options.Accounts.Count)
        {
            throw new EmulatorException("an emulator needs at least one account, and account names must differ");
        }

        Self = accounts[0];
        Phone = new Phone(_world, accounts);
        foreach (Account account in accounts)
        {
            FillScenario(account, options);
        }

        _world.CodeAdded = code => _ = Phone.ServeAsync(code);
        _world.SessionReady = session => _ = options.Chatty ? ChattyScript.RunAsync(_world, session) : Task.CompletedTask;
        var dispatcher = new Dispatcher(_world, endpoints, Faults, Requests, new ControlApi(this));
        _server = new HttpServer(dispatcher.AnswerAsync, options.Compress);
    }

    /// <summary>The address of the emulator: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Endpoint => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_server.Port}/"));

    /// <summary>
    /// The self-signed certificate for TLS clients on the same port, with WeChat's host names. It is for clients that use real host names
    /// and are redirected to the emulator.
    /// </summary>
    public X509Certificate2 Certificate => _server.Certificate;

    /// <summary>The options. Those with a setter can be changed while the emulator runs.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>The first account, which is the default.</summary>
    public Account Self { get; }

    /// <summary>All accounts.</summary>
    public IReadOnlyList<Account> Accounts
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. _world.Accounts];
            }
        }
    }

    /// <summary>The phone that scans and confirms.</summary>
    public Phone Phone { get; }

    /// <summary>The faults.</summary>
    public FaultPlan Faults { get; }

    /// <summary>The log of requests.</summary>
    public RequestLog Requests { get; }

    /// <summary>The counters.</summary>
    public EmulatorCounters Counters => _world.Counters;

    /// <summary>All sessions since the start, including ended ones.</summary>
    public IReadOnlyList<WebSession> Sessions => _world.Sessions;

    /// <summary>The messages that clients sent, oldest first.</summary>
    public IReadOnlyList<SentMessage> Sent
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. _world.Sent];
            }
        }
    }

    /// <summary>Completes when the control interface requests the stop. The owner then disposes the emulator.</summary>
    public Task StopRequested => _stopRequested.Task;

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="EmulatorException">An option is invalid.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static WeChatEmulator Start(EmulatorOptions? options = null)
    {
        options ??= new EmulatorOptions();
        Uri? home = options.RedirectHost is { } host
            ? EmulatorOptions.HomeOf(host)
                ?? throw new EmulatorException($"the redirect host must be a host with or without a port, such as wx2.qq.com, not '{host}'")
            : null;
        var emulator = new WeChatEmulator(options);
        emulator._server.Listen(options.Port);
        emulator._world.Home = home ?? emulator.Endpoint;
        return emulator;
    }

    /// <summary>Adds an account with its own address book.</summary>
    public Account AddAccount(string nickName)
    {
        var account = new Account(_world, nickName);
        lock (_world.Gate)
        {
            _world.Accounts.Add(account);
        }

        return account;
    }

    /// <summary>Delivers a message to <see cref="Self"/>; see <see cref="Account.Deliver(IncomingMessage)"/>.</summary>
    /// <returns>The MsgId.</returns>
    public string Deliver(IncomingMessage message) => Self.Deliver(message);

    /// <summary>Delivers a text to <see cref="Self"/>.</summary>
    /// <returns>The MsgId.</returns>
    public string Deliver(string from, string text, string? group = null) => Self.Deliver(from, text, group);

    /// <summary>Ends a session.</summary>
    /// <param name="session">The session; null for all live sessions.</param>
    /// <param name="code">1100 on the phone, 1101 by another login, 1102 by the server.</param>
    public void Kick(WebSession? session = null, int code = 1100)
    {
        if (code is not (1100 or 1101 or 1102))
        {
            throw new EmulatorException($"code must be 1100, 1101 or 1102, not {code}");
        }

        foreach (WebSession ended in session is null ? Sessions : [session])
        {
            _world.End(ended, code);
        }
    }

    /// <summary>Replaces the skey of every session. The next fetch returns the new one.</summary>
    public void RotateSKey()
    {
        foreach (WebSession session in Sessions)
        {
            session.Key.Rotate(Ids.SKey());
        }
    }

    /// <summary>Replaces the webwx_data_ticket of every session. The next fetch sets the new cookie.</summary>
    public void RotateDataTicket()
    {
        foreach (WebSession session in Sessions)
        {
            session.DataTicket.Rotate(Ids.Ticket());
        }
    }

    /// <summary>Starts an outage: connections are reset and new ones refused. Accounts, sessions and changes are kept.</summary>
    public void Pause() => _server.Down();

    /// <summary>Ends an outage on the same port.</summary>
    public void Resume() => _server.Listen(_server.Port);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _server.DisposeAsync().ConfigureAwait(false);
            _stopRequested.TrySetResult();
        }
    }

    internal void RequestStop() => _stopRequested.TrySetResult();

    private static void FillScenario(Account account, EmulatorOptions options)
    {
        if (options.DemoContacts)
        {
            DemoScenario.Fill(account);
        }

        DemoScenario.AddFriends(account, options.Contacts);
        if (options.Echo is not null)
        {
            account.Contact(options.Echo).AutoReply = text => text;
        }
    }
}
