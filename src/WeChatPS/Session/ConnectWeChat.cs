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

/// <summary>Connect-WeChat: connects to a WeChat account. Resumes the saved session or logs in, and makes the session the current one.</summary>
[Cmdlet(VerbsCommunications.Connect, "WeChat", DefaultParameterSetName = SystemProxySet)]
[OutputType(typeof(WeChatSession))]
public sealed class ConnectWeChat : AsyncCmdlet
{
    private const string SystemProxySet = "SystemProxy";
    private const string ProxySet = "Proxy";
    private const string NoProxySet = "NoProxy";

    // These settings are fixed for the lifetime of a session.
    private static readonly string[] s_settings =
    [
        nameof(Mode), nameof(Proxy), nameof(ProxyCredential), nameof(NoProxy), nameof(UserAgent), nameof(Headers), nameof(DeviceId),
        nameof(PollTimeoutSec), nameof(SendInterval), nameof(LogPath), nameof(LogBody),
    ];
    private const string LoginTag = "WeChat.Login";
    private const string Activity = "Connect-WeChat";

    // A response within this time needs no progress.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1.5);

    /// <summary>Specifies the name of the session. It is also the name of its folder in the store.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string Name { get; set; } = ConnectOptions.DefaultName;

    /// <summary>Specifies the client type for the login. By default, the type of the saved session, or Web.</summary>
    [Parameter]
    public WeChatLoginMode Mode { get; set; }

    /// <summary>Specifies the login method. Auto resumes the saved session, then tries a push login to the phone, then shows a QR code.</summary>
    [Parameter]
    public WeChatLoginMethod Login { get; set; }

    /// <summary>Specifies how the QR code is shown.</summary>
    [Parameter]
    public QrCodeDisplay QrCode { get; set; }

    /// <summary>Specifies the PNG file for the QR code. Implies -QrCode File. By default, qr.png in the session's folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? QrCodePath { get; set; }

    /// <summary>Specifies the id of a QR code that another program requested. The cmdlet waits for its scan first. Implies -Login Qr.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Uuid { get; set; }

    /// <summary>Specifies a server other than WeChat's, such as an emulator.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Uri? Endpoint { get; set; }

    /// <summary>Specifies the folder for saved sessions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StorePath { get; set; }

    /// <summary>Indicates that the cmdlet keeps the session in memory and saves nothing.</summary>
    [Parameter]
    public SwitchParameter Ephemeral { get; set; }

    /// <summary>Indicates that the session polls continuously. Without a receiver, messages are kept in the inbox.</summary>
    [Parameter]
    public SwitchParameter KeepAlive { get; set; }

    /// <summary>Specifies a session from Export-WeChatSession.</summary>
    [Parameter]
    public SecureString? SavedSession { get; set; }

    /// <summary>Indicates that the cmdlet starts no login that needs a person with -Login Auto. By default, the cmdlet detects this from the host and its input.</summary>
    [Parameter]
    public SwitchParameter NonInteractive { get; set; }

    /// <summary>Specifies the time limit for the whole login, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>Specifies the proxy. By default, the system proxy.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ProxySet)]
    public Uri? Proxy { get; set; }

    /// <summary>Specifies the credential for the proxy.</summary>
    [Parameter(ParameterSetName = ProxySet)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Indicates that the cmdlet uses no proxy.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoProxySet)]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>Specifies the User-Agent header. By default, the one of the client in -Mode.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserAgent { get; set; }

    /// <summary>Specifies additional headers for every request.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Headers { get; set; }

    /// <summary>Specifies the device id of a new login: e and 15 digits. By default, a random one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeviceId { get; set; }

    /// <summary>Specifies the time limit for a poll, in seconds. It must be longer than the server's hold.</summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    public int PollTimeoutSec { get; set; } = 35;

    /// <summary>Specifies the average time between two sends, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 3_600.0)]
    public double SendInterval { get; set; } = 1;

    /// <summary>Specifies a log file. Each request adds one JSON line.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Indicates that the log includes bodies, without secrets.</summary>
    [Parameter]
    public SwitchParameter LogBody { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        ConnectOptions options = Options();
        string mode = options.Mode?.ToString() ?? "saved mode";
        WriteVerbose($"Connecting '{options.Name}' to {options.Endpoint?.ToString() ?? "WeChat"} ({mode}, {options.Login}).");
        using var picture = new QrPicture(QrCodePath is null ? null : FilePaths.Full(this, QrCodePath), options);
        RunspaceSessions.Here.Choose(Name);
        WeChatSession session = await ConnectAsync(options, picture, stop);
        RunspaceSessions.Here.Add(session);
        if (!session.WasMadeWith(options))
            WarnOfIgnoredSettings(session);
        ShowNotices(session);
        WriteObject(session);
    }

    /// <summary>Connects. While the server is silent before the first step, the display shows which server does not respond.</summary>
    private async Task<WeChatSession> ConnectAsync(ConnectOptions options, QrPicture picture, CancellationToken stop)
    {
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bool isShown = false;
        Task silence = ShowSilenceAsync();
        try
        {
            return await WeChatSession.ConnectAsync(options, new Progress<LoginEvent>(step =>
            {
                // The server has not responded yet when a session is about to be resumed.
                if (step is not LoginEvent.Resuming) EndSilence();
                Show(step, picture);
            }), stop);
        }
        finally
        {
            EndSilence();
            await silence;
        }

        async Task ShowSilenceAsync()
        {
            try
            {
                await Task.Delay(s_silence, heard.Token);
                isShown = true;
                ShowProgress(Activity, $"Waiting for a response from {options.Endpoint?.ToString() ?? "WeChat"}");
            }
            catch (OperationCanceledException)
            {
                // The server responded, or the cmdlet was stopped.
            }
        }

        void EndSilence()
        {
            heard.Cancel();
            if (isShown && !IsStopping) EndProgress(Activity);
            isShown = false;
        }
    }

    // Without the warning, users could expect a log or a proxy that the session does not use.
    private void WarnOfIgnoredSettings(WeChatSession session)
    {
        string[] given = [.. s_settings.Where(MyInvocation.BoundParameters.ContainsKey).Select(name => "-" + name)];
        if (given.Length > 0)
            WriteWarning($"'{session.Name}' is already connected; ignored: {string.Join(", ", given)}. To change these settings, run Disconnect-WeChat first.");
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

    /// <summary>Writes a login step to the information stream, and shows it on the screen when the user has to see it.</summary>
    private void Show(LoginEvent step, QrPicture picture)
    {
        string words = LoginWords.For(step);
        bool isShown = step is not LoginEvent.Resuming;
        if (step is LoginEvent.QrCode { Text: var address })
        {
            switch (QrCodePath is null ? QrCode : QrCodeDisplay.File)
            {
                case QrCodeDisplay.Console:
                    // Explicit colours make the QR code scannable on dark and light terminals.
                    foreach (string line in QrText.Lines(address.ToString()))
                        Show(line, ConsoleColor.Black, ConsoleColor.White);
                    break;
                case QrCodeDisplay.File:
                    words += $" The image file is {picture.Write(address.ToString())}";
                    break;
                default:
                    isShown = false;
                    break;
            }
        }

        // Verbose output ends up in transcripts and logs, and whoever has the address of the QR code can show it to somebody else.
        if (!isShown) WriteVerbose(Redaction.Redact(words));
        Inform(new WeChatLoginStep(step, words), LoginTag, isShown);
    }
}
