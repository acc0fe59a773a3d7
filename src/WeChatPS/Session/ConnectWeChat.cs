using System;
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

    /// <summary>Nobody can be asked: -Login Auto does nothing that needs a person.</summary>
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
        WeChatSession session = await WeChatSession.ConnectAsync(options, new Progress<LoginEvent>(step => Show(step, picture)), stop);
        RunspaceSessions.Here.Add(session);
        ShowNotices(session);
        WriteObject(session);
    }

    private ConnectOptions Options() => new()
    {
        Name = Name,
        Mode = MyInvocation.BoundParameters.ContainsKey(nameof(Mode)) ? Mode : null,
        Login = Login,
        Endpoint = Endpoint,
        StorePath = StorePath is null ? null : FilePaths.Full(this, StorePath),
        Ephemeral = Ephemeral,
        KeepAlive = KeepAlive,
        NonInteractive = NonInteractive || Attendance.IsUnattended(Host),
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        Http = new HttpSettings { Proxy = Proxy, ProxyCredential = ProxyCredential?.GetNetworkCredential(), NoProxy = NoProxy },
        SendInterval = TimeSpan.FromSeconds(SendInterval),
        LogPath = LogPath is null ? null : FilePaths.Full(this, LogPath),
        LogBody = LogBody,
        SavedSession = SavedSession,
        Trace = IsDebugWanted ? ((IProgress<string>)new Progress<string>(WriteDebug)).Report : null,
    };

    private void Show(LoginEvent step, QrPicture picture)
    {
        if (step is LoginEvent.QrCode code)
            Show(code, picture);
        else if (step is LoginEvent.Resuming)
            WriteVerbose(LoginWords.For(step));
        else
            Show(LoginWords.For(step));
    }

    private void Show(LoginEvent.QrCode code, QrPicture picture)
    {
        switch (QrCodePath is null ? QrCode : QrCodeDisplay.File)
        {
            case QrCodeDisplay.Console:
                // in colours of its own, so that it can be scanned from dark and light terminals alike
                foreach (string line in QrText.Lines(code.Text.ToString()))
                    Show(line, ConsoleColor.Black, ConsoleColor.White);
                Show(LoginWords.For(code));
                break;
            case QrCodeDisplay.File:
                Show($"{LoginWords.For(code)} It is in {picture.Write(code.Text.ToString())}");
                break;
            default:
                WriteVerbose(LoginWords.For(code));
                break;
        }
    }
}
