using System;
using System.Security;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>How to connect.</summary>
internal sealed record ConnectOptions
{
    public const string DefaultName = "default";

    // WeChat's own servers hold a poll for about 25 s
    private static readonly TimeSpan s_shortestPoll = TimeSpan.FromSeconds(30);

    /// <summary>The session's name: it is saved under it.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>As which client; when null as the saved session's, or as the web page.</summary>
    public WeChatLoginMode? Mode { get; init; }

    public WeChatLoginMethod Login { get; init; }

    /// <summary>One server for everything instead of WeChat's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Where sessions are saved; the platform's data directory when null.</summary>
    public string? StorePath { get; init; }

    /// <summary>Saves nothing.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Polls into the inbox while nobody receives.</summary>
    public bool KeepAlive { get; init; }

    /// <summary>Nobody can be asked: <see cref="WeChatLoginMethod.Auto"/> stops before anything that needs a person.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>How long the whole login may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>One message in this time, after a burst of <see cref="SendBurst"/>.</summary>
    public TimeSpan SendInterval { get; init; } = TimeSpan.FromSeconds(1);

    public int SendBurst { get; init; } = 5;

    /// <summary>How long a poll may take: longer than the server holds it.</summary>
    public TimeSpan? PollDeadline { get; init; }

    /// <summary>The device id of a new login; a random one when null. A session that is resumed keeps its own.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The id of a login code that was made elsewhere, to be waited for before new ones are asked for. Whoever has it can offer the login.</summary>
    public string? Uuid { get; init; }

    public HttpSettings Http { get; init; } = new();

    /// <summary>The wire log's file; none when null.</summary>
    public string? LogPath { get; init; }

    /// <summary>Whether the wire log holds bodies too.</summary>
    public bool LogBody { get; init; }

    /// <summary>Gets a redacted line for every request and reply of the login, on whatever thread they happen.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>An exported session to resume instead of the saved one.</summary>
    public SecureString? SavedSession { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Says so when something in here cannot be used; without repeating what may be a secret.</summary>
    /// <exception cref="WeChatException">The name cannot be a folder name (<see cref="WeChatErrorReason.InvalidSessionName"/>), or an option is not usable (<see cref="WeChatErrorReason.InvalidRequest"/>).</exception>
    public void Check()
    {
        SessionStore.ValidateName(Name);
        Http.Check();
        if (Endpoint is null && PollDeadline < s_shortestPoll)
            throw Invalid($"-PollTimeoutSec has to be longer than WeChat holds a poll that has nothing to say: at least {s_shortestPoll.TotalSeconds:0} seconds.");
        if (DeviceId is not null && !WebCredentials.IsDeviceId(DeviceId))
            throw Invalid("-DeviceId has to be e and 15 digits.");
        if (Uuid is null) return;
        if (!NewCodeReply.IsUuid(Uuid))
            throw Invalid("-Uuid is not the id of a login code: it is the last part of the address in the code, without https://login.weixin.qq.com/l/.");
        if (Login is WeChatLoginMethod.Resume or WeChatLoginMethod.Push)
            throw Invalid($"-Uuid names a code to be scanned, and -Login {Login} uses none.");
    }

    public override string ToString() => Name;

    private static WeChatException Invalid(string why) => new(WeChatErrorReason.InvalidRequest, why);
}
