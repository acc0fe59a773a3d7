using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS;

/// <summary>Start-WeChatEmulator: a WeChat server on this machine, to try, demonstrate and test with. It needs no account.</summary>
[Cmdlet(VerbsLifecycle.Start, "WeChatEmulator", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(WeChatEmulatorStatus))]
public sealed class StartWeChatEmulator : AsyncCmdlet
{
    /// <summary>The port on 127.0.0.1; a free one unless given.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65_535)]
    public int Port { get; set; }

    /// <summary>How long an idle poll is held, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.01, 3_600.0)]
    public double HoldSec { get; set; } = 25;

    /// <summary>
    /// The nicknames of the accounts, each with the same contacts. Login codes are scanned by their phones in turn, the first one's first.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Account { get; set; } = ["我"];

    /// <summary>How many generated friends each account has besides the usual ones.</summary>
    [Parameter]
    [ValidateRange(0, 100_000)]
    public int ContactCount { get; set; }

    /// <summary>A contact that answers every text with the same text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Echo { get; set; }

    /// <summary>The contacts write a few messages after each login.</summary>
    [Parameter]
    public SwitchParameter Chatty { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        if (!ShouldProcess(Port == 0 ? "127.0.0.1" : $"127.0.0.1:{Port}", "Start an emulator"))
            return;
        RunningEmulator emulator = RunningEmulator.Start(new EmulatorOptions
        {
            Port = Port, Hold = TimeSpan.FromSeconds(HoldSec), Accounts = Account, Contacts = ContactCount, Echo = Echo, Chatty = Chatty,
        });
        WriteVerbose($"The emulator listens on {emulator.Endpoint}");
        WriteObject(new WeChatEmulatorStatus(await new EmulatorControl(emulator.Endpoint).GetAsync("status", stop)));
    }
}
