using System;
using System.Security;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The options of a connection.</summary>
internal sealed record ConnectOptions
{
    public const string DefaultName = "default";

    // WeChat's servers hold a poll for about 25 seconds.
    private static readonly TimeSpan s_shortestPoll = TimeSpan.FromSeconds(30);

    /// <summary>The name of the session and of its folder.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The client type; null for the type of the saved session, or the web page.</summary>
    public WeChatLoginMode? Mode { get; init; }

    public WeChatLoginMethod Login { get; init; }

    /// <summary>One server for all requests, instead of WeChat's servers.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The folder for saved sessions; null for the platform's data directory.</summary>
    public string? StorePath { get; init; }

    /// <summary>Whether the session is kept in memory only.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Whether the session polls into the inbox without a receiver.</summary>
    public bool KeepAlive { get; init; }

    /// <summary>Whether <see cref="WeChatLoginMethod.Auto"/> fails instead of starting a login that needs a person.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>The time limit for the whole login.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The average time between two messages, after a burst of <see cref="SendBurst"/>.</summary>
    public TimeSpan SendInterval { get; init; } = TimeSpan.FromSeconds(1);

    public int SendBurst { get; init; } = 5;

    /// <summary>The time limit for a poll. It must be longer than the server's hold.</summary>
    public TimeSpan? PollDeadline { get; init; }

    /// <summary>The device id of a new login; null for a random one. A resumed session keeps its device id.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The id of a QR code that another program requested. The login waits for its scan before it requests new QR codes. Anyone who has the id can show the QR code.</summary>
    public string? Uuid { get; init; }

    public HttpSettings Http { get; init; } = new();

    /// <summary>The file of the wire log; null for no log.</summary>
    public string? LogPath { get; init; }

    /// <summary>Whether the wire log includes bodies.</summary>
    public bool LogBody { get; init; }

    /// <summary>Called with a redacted line for every request and response of the login, on any thread.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>An exported session to resume instead of the saved one.</summary>
    public SecureString? SavedSession { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Validates the options. The errors do not repeat values that may be secret.</summary>
    /// <exception cref="WeChatException">The name cannot be a folder name (<see cref="WeChatErrorReason.InvalidSessionName"/>), or an option is not usable (<see cref="WeChatErrorReason.InvalidRequest"/>).</exception>
    public void Check()
    {
        SessionStore.ValidateName(Name);
        Http.Check();
        if (Endpoint is null && PollDeadline < s_shortestPoll)
            throw Invalid($"-PollTimeoutSec must be longer than WeChat holds an idle poll: at least {s_shortestPoll.TotalSeconds:0} seconds.");
        if (DeviceId is not null && !WebCredentials.IsDeviceId(DeviceId))
            throw Invalid("-DeviceId must be e and 15 digits.");
        if (Uuid is null) return;
        if (!NewCodeReply.IsUuid(Uuid))
            throw Invalid("-Uuid is not the id of a QR code. The id is the last part of the QR code's URL, after https://login.weixin.qq.com/l/.");
        if (Login is WeChatLoginMethod.Resume or WeChatLoginMethod.Push)
            throw Invalid($"-Uuid specifies a QR code, but -Login {Login} does not use one.");
    }

    public override string ToString() => Name;

    private static WeChatException Invalid(string why) => new(WeChatErrorReason.InvalidRequest, why);
}
