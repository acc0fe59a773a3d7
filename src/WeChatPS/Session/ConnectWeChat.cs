using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Login;

namespace WeChatPS;

/// <summary>Connect-WeChat: logs in, or resumes a saved session, and makes it the current one.</summary>
[Cmdlet(VerbsCommunications.Connect, "WeChat", DefaultParameterSetName = SystemProxySet)]
[OutputType(typeof(WeChatSession))]
public sealed class ConnectWeChat : AsyncCmdlet
{
    private const string SystemProxySet = "SystemProxy";
    private const string ProxySet = "Proxy";
    private const string NoProxySet = "NoProxy";

    // what holds from the beginning of a session to its end
    private static readonly string[] s_settings =
    [
        nameof(Mode), nameof(Proxy), nameof(ProxyCredential), nameof(NoProxy), nameof(UserAgent), nameof(Headers), nameof(DeviceId),
        nameof(PollTimeoutSec), nameof(SendInterval), nameof(LogPath), nameof(LogBody),
    ];
    private const string LoginTag = "WeChat.Login";

    /// <summary>The session's name: its folder in the store.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string Name { get; set; } = ConnectOptions.DefaultName;

    /// <summary>The kind of client to be for the server; where it is not given as the saved session's, or Web.</summary>
    [Parameter]
    public WeChatLoginMode Mode { get; set; }

    /// <summary>How to log in; Auto tries to resume, then asks the phone, then shows a QR code.</summary>
    [Parameter]
    public WeChatLoginMethod Login { get; set; }

    /// <summary>How the QR code is shown.</summary>
    [Parameter]
    public QrCodeDisplay QrCode { get; set; }

    /// <summary>The PNG file to write; implies -QrCode File. By default qr.png in the session's folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? QrCodePath { get; set; }

    /// <summary>The id of a login code that was made elsewhere: it is waited for first. Implies -Login Qr.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Uuid { get; set; }

    /// <summary>Another server than WeChat's, such as the emulator's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Uri? Endpoint { get; set; }

    /// <summary>Where sessions are saved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StorePath { get; set; }

    /// <summary>Keeps everything in memory: nothing is saved.</summary>
    [Parameter]
    public SwitchParameter Ephemeral { get; set; }

    /// <summary>Polls on while nobody receives, so that messages gather in the inbox and the session does not grow old.</summary>
    [Parameter]
    public SwitchParameter KeepAlive { get; set; }

    /// <summary>A session as Export-WeChatSession gave it.</summary>
    [Parameter]
    public SecureString? SavedSession { get; set; }

    /// <summary>Nobody can be asked: -Login Auto does nothing that needs a person. Unless it is given, the host and its input say so.</summary>
    [Parameter]
    public SwitchParameter NonInteractive { get; set; }

    /// <summary>How long the whole login may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>The proxy to use; the system's when none is given.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ProxySet)]
    public Uri? Proxy { get; set; }

    /// <summary>Who to be for the proxy.</summary>
    [Parameter(ParameterSetName = ProxySet)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Uses no proxy at all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoProxySet)]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>What to call itself; by default what the client of -Mode does.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserAgent { get; set; }

    /// <summary>Further headers, for every request.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Headers { get; set; }

    /// <summary>The device id of a new login: e and 15 digits. Random by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeviceId { get; set; }

    /// <summary>How long a poll may take before it is given up, in seconds: longer than the server holds it.</summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    public int PollTimeoutSec { get; set; } = 35;

    /// <summary>The average time between two sends, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 3_600.0)]
    public double SendInterval { get; set; } = 1;

    /// <summary>A file that gets one JSON line a request.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Logs bodies too, without secrets.</summary>
    [Parameter]
    public SwitchParameter LogBody { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        ConnectOptions options = Options();
        string mode = options.Mode?.ToString() ?? "mode as saved";
        WriteVerbose($"Connecting '{options.Name}' to {options.Endpoint?.ToString() ?? "WeChat"} ({mode}, {options.Login}).");
        using var picture = new QrPicture(QrCodePath is null ? null : FilePaths.Full(this, QrCodePath), options);
        RunspaceSessions.Here.Choose(Name);
        WeChatSession session = await WeChatSession.ConnectAsync(options, new Progress<LoginEvent>(step => Show(step, picture)), stop);
        RunspaceSessions.Here.Add(session);
        if (!session.WasMadeWith(options))
            WarnOfSettings(session);
        ShowNotices(session);
        WriteObject(session);
    }

    // it goes on as it was made; nobody should believe that a log is written, or a proxy used
    private void WarnOfSettings(WeChatSession session)
    {
        string[] given = [.. s_settings.Where(MyInvocation.BoundParameters.ContainsKey).Select(name => "-" + name)];
        if (given.Length > 0)
            WriteWarning($"'{session.Name}' is connected already and goes on as it is, without {string.Join(", ", given)}. Disconnect-WeChat first to change that.");
    }

    private ConnectOptions Options() => new()
    {
        Name = Name,
        Mode = MyInvocation.BoundParameters.ContainsKey(nameof(Mode)) ? Mode : null,
        Login = Login == WeChatLoginMethod.Auto && Uuid is not null ? WeChatLoginMethod.Qr : Login,
        Endpoint = Endpoint,
        StorePath = StorePath is null ? null : FilePaths.Full(this, StorePath),
        Ephemeral = Ephemeral,
        KeepAlive = KeepAlive,
        NonInteractive = MyInvocation.BoundParameters.ContainsKey(nameof(NonInteractive)) ? NonInteractive : Attendance.IsUnattended(Host),
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        Uuid = Uuid,
        DeviceId = DeviceId,
        PollDeadline = TimeSpan.FromSeconds(PollTimeoutSec),
        Http = new HttpSettings
        {
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
            NoProxy = NoProxy,
            UserAgent = UserAgent,
            Headers = Headers is null ? [] : [.. Headers.Keys.Cast<object>().Select(name => new KeyValuePair<string, string>(Text(name), Text(Headers[name])))],
        },
        SendInterval = TimeSpan.FromSeconds(SendInterval),
        LogPath = LogPath is null ? null : FilePaths.Full(this, LogPath),
        LogBody = LogBody,
        SavedSession = SavedSession,
        Trace = IsDebugWanted ? ((IProgress<string>)new Progress<string>(WriteDebug)).Report : null,
    };

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";

    /// <summary>One record for people and scripts alike: shown where a person has to see it.</summary>
    private void Show(LoginEvent step, QrPicture picture)
    {
        string words = LoginWords.For(step);
        bool isShown = step is not LoginEvent.Resuming;
        if (step is LoginEvent.QrCode { Text: var address })
        {
            switch (QrCodePath is null ? QrCode : QrCodeDisplay.File)
            {
                case QrCodeDisplay.Console:
                    // in colours of its own, so that it can be scanned from dark and light terminals alike
                    foreach (string line in QrText.Lines(address.ToString()))
                        Show(line, ConsoleColor.Black, ConsoleColor.White);
                    break;
                case QrCodeDisplay.File:
                    words += $" It is in {picture.Write(address.ToString())}";
                    break;
                default:
                    isShown = false;
                    break;
            }
        }

        if (!isShown) WriteVerbose(words);
        Inform(new WeChatLoginStep(step, words), LoginTag, isShown);
    }
}
