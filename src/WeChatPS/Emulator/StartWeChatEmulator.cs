using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS;

/// <summary>Start-WeChatEmulator: starts an emulator of the WeChat server on this machine, for trials, demos and tests without an account.</summary>
[Cmdlet(VerbsLifecycle.Start, "WeChatEmulator", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(WeChatEmulatorStatus))]
public sealed class StartWeChatEmulator : AsyncCmdlet
{
    /// <summary>Specifies the port on 127.0.0.1. By default, a free port.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Specifies how long the emulator holds an idle poll, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.01, 3_600.0)]
    public double HoldSec { get; set; } = 25;

    /// <summary>
    /// Specifies the nicknames of the accounts, each with the same contacts. The phones of the accounts scan QR codes in this order.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Account { get; set; } = ["我"];

    /// <summary>Specifies the number of generated friends for each account, in addition to the standard contacts.</summary>
    [Parameter]
    [ValidateRange(0, 100_000)]
    public int ContactCount { get; set; }

    /// <summary>Specifies a contact that replies to every text with the same text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Echo { get; set; }

    /// <summary>Indicates that contacts send a few messages after each login.</summary>
    [Parameter]
    public SwitchParameter Chatty { get; set; }

    /// <summary>
    /// Specifies the host in redirects and cookies, such as wx2.qq.com, for clients that use real host names and are redirected to the
    /// emulator. By default, the emulator's own host.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RedirectHost { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        if (!ShouldProcess(Port == 0 ? "127.0.0.1" : $"127.0.0.1:{Port}", "Start an emulator"))
            return;
        RunningEmulator emulator = RunningEmulator.Start(new EmulatorOptions
        {
            Port = Port, Hold = TimeSpan.FromSeconds(HoldSec), Accounts = Account, Contacts = ContactCount, Echo = Echo, Chatty = Chatty,
            RedirectHost = RedirectHost,
        });
        WriteVerbose($"The emulator is listening on {emulator.Endpoint}");
        WriteObject(new WeChatEmulatorStatus(await new EmulatorControl(emulator.Endpoint).GetAsync("status", stop)));
    }
}
