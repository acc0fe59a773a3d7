using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Http;
using WeChatPS.Sessions;

namespace WeChatPS.Core.Tests.Live;

/// <summary>An emulator, a folder for saved sessions, and the sessions that a test opens: all of it is gone when the test is over.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private static int s_count;

    private readonly ConcurrentBag<WeChatSession> _sessions = [];

    private LiveServer(EmulatorOptions options) => Emulator = WeChatEmulator.Start(options);

    /// <summary>A phone that confirms at once and a server that holds a poll for long.</summary>
    public static EmulatorOptions Quick => new()
    {
        Hold = TimeSpan.FromSeconds(20),
        ScanDelay = TimeSpan.Zero,
        ConfirmDelay = TimeSpan.Zero,
    };

    public WeChatEmulator Emulator { get; }

    public string Store { get; } = Directory.CreateTempSubdirectory("wechatps-live-").FullName;

    /// <summary>The name of its sessions. Tests run side by side, and a name is one session's at a time.</summary>
    public string Name { get; } = $"live{Interlocked.Increment(ref s_count)}";

    public ConnectOptions Options => new()
    {
        Name = Name,
        Endpoint = Emulator.Endpoint,
        StorePath = Store,
        Timeout = TimeSpan.FromSeconds(60),
        SendInterval = TimeSpan.Zero,
        Http = new HttpSettings { NoProxy = true },
    };

    public string SessionFile => Path.Combine(Store, Name, "session.json");

    public static LiveServer Start(EmulatorOptions? options = null) => new(options ?? Quick);

    /// <summary>A server whose phone does only what the test tells it.</summary>
    public static LiveServer StartWithoutPhone()
    {
        EmulatorOptions options = Quick;
        options.AutoPhone = false;
        return new LiveServer(options);
    }

    public Task<WeChatSession> ConnectAsync(LoginWatch? watch = null) => ConnectAsync(Options, watch);

    public async Task<WeChatSession> ConnectAsync(ConnectOptions options, LoginWatch? watch = null, CancellationToken cancellationToken = default)
    {
        WeChatSession session = await WeChatSession.ConnectAsync(options, watch, cancellationToken);
        _sessions.Add(session);
        return session;
    }

    /// <summary>Connects a session and takes the list of chats that follows every login, so that the next poll is held.</summary>
    public async Task<WeChatSession> ConnectDrainedAsync(ConnectOptions? options = null)
    {
        WeChatSession session = await ConnectAsync(options ?? Options);
        using MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true });
        await stream.TakeAllAsync();
        return session;
    }

    /// <summary>The reason for which a login fails.</summary>
    public async Task<WeChatException> RefusedAsync(ConnectOptions options, LoginWatch? watch = null) =>
        await Xunit.Assert.ThrowsAsync<WeChatException>(() => ConnectAsync(options, watch));

    /// <summary>Logs in, and leaves nothing but the saved session behind.</summary>
    public async Task SaveSessionAsync()
    {
        (await ConnectAsync()).Dispose();
        Emulator.Requests.Clear();
    }

    public int Asked(string endpoint) => Emulator.Requests.Get(endpoint).Count;

    public SavedSession Saved(string? name = null)
    {
        using SessionFolder folder = new SessionStore(Store).Open(name ?? Name);
        return folder.Load()!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WeChatSession session in _sessions) session.Dispose();
        await Emulator.DisposeAsync();
        Directory.Delete(Store, recursive: true);
    }
}

/// <summary>Sees what happens during a login, and reacts.</summary>
internal sealed class LoginWatch(Action<LoginEvent>? react = null) : IProgress<LoginEvent>
{
    private readonly ConcurrentQueue<LoginEvent> _seen = new();

    public IEnumerable<string> Steps => _seen.Select(step => step.GetType().Name);

    public IEnumerable<LoginEvent.QrCode> Codes => _seen.OfType<LoginEvent.QrCode>();

    public void Report(LoginEvent value)
    {
        _seen.Enqueue(value);
        react?.Invoke(value);
    }
}
