using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Emulator;
using WeChatPS.Http;

namespace WeChatPS.Core.Tests.Acceptance;

/// <summary>A server, a store and a clock for one client, and what the server was asked when.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static int s_count;

    private readonly TemporaryFolder _store = new();
    private readonly List<(TimeSpan At, LoggedRequest Request)> _answered = [];
    private readonly List<WeChatSession> _sessions = [];
    private int _underWay;

    public Stage(TimeProvider? time = null, EmulatorOptions? options = null)
    {
        Time = time ?? new SkippingClock();
        Server = WeChatEmulator.Start(options ?? NewOptions());
        Server.Requests.Answered += request =>
        {
            lock (_answered) _answered.Add((Time.GetElapsedTime(0), request));
        };
        if (Time is SkippingClock clock) clock.IsAnswering = () => Volatile.Read(ref _underWay) > Server.Counters.OpenPolls;
    }

    public WeChatEmulator Server { get; }

    /// <summary>The session's name. Tests run side by side, and a name is one session's at a time.</summary>
    public string Name { get; } = $"stage{Interlocked.Increment(ref s_count)}";

    public TimeProvider Time { get; }

    public SkippingClock Clock => (SkippingClock)Time;

    public string StorePath => _store.Path;

    /// <summary>How connections are made; the usual way when null.</summary>
    public Func<HttpMessageHandler>? Handler { get; init; }

    /// <summary>What the server answered, by the client's clock.</summary>
    public IReadOnlyList<(TimeSpan At, LoggedRequest Request)> Answered
    {
        get
        {
            lock (_answered) return [.. _answered];
        }
    }

    /// <summary>A server that never ends a poll by itself: the client's clock stands still meanwhile, so that the poll would have taken no time.</summary>
    public static EmulatorOptions NewOptions(int contacts = 0) => new()
    {
        Hold = TimeSpan.FromHours(1),
        ScanDelay = TimeSpan.FromMilliseconds(1),
        ConfirmDelay = TimeSpan.FromMilliseconds(1),
        Contacts = contacts,
    };

    /// <summary>Connects, or connects again, and takes what the server greets a login with.</summary>
    public async Task<WeChatSession> ConnectAsync(IProgress<LoginEvent>? progress = null, bool defaultDeadlines = false)
    {
        using var standing = (Time as SkippingClock)?.Stand();
        var http = new HttpSettings { Handler = () => new Counting(this, Handler?.Invoke() ?? ConnectionPool.NewHandler(new HttpSettings())) };
        WeChatSession session = await WeChatSession.ConnectAsync(
            new ConnectOptions
            {
                Name = Name,
                Endpoint = Server.Endpoint,
                StorePath = StorePath,
                Time = Time,
                Timeout = SkippingClock.Deadline,
                PollDeadline = defaultDeadlines ? null : SkippingClock.Deadline,
                Http = defaultDeadlines ? http : http with { DefaultDeadline = SkippingClock.Deadline, IdleTimeout = SkippingClock.Deadline },
            },
            progress,
            CancellationToken.None);
        _sessions.Add(session);
        using MessageStream greeting = session.OpenStream(new StreamOptions { NoWait = true });
        while (await greeting.NextAsync(CancellationToken.None) is { IsEnd: false } entry)
        {
            if (entry.Message is not null) greeting.Acknowledge(entry.Message);
        }

        return session;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WeChatSession session in _sessions) session.Dispose();
        await Server.DisposeAsync();
        (Time as IDisposable)?.Dispose();
        _store.Dispose();
    }

    /// <summary>Counts the requests that are not answered yet.</summary>
    private sealed class Counting(Stage stage, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref stage._underWay);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                (stage.Time as SkippingClock)?.Answered();
                Interlocked.Decrement(ref stage._underWay);
            }
        }
    }
}
