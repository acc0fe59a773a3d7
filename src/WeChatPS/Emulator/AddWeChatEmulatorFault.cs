using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Add-WeChatEmulatorFault: lets something go wrong.</summary>
[Cmdlet(VerbsCommon.Add, "WeChatEmulatorFault", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(WeChatEmulatorFault))]
public sealed class AddWeChatEmulatorFault : EmulatorCmdlet
{
    /// <summary>The request that it strikes, by its short name (synccheck, webwxsync, webwxsendmsg, login …); * for every one.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Request { get; set; } = "";

    /// <summary>What goes wrong.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet(
        "Delay", "Reset", "Hang", "SlowDrip", "Truncate", "Empty", "Html", "Status", "ZeroStatus", "WrongCharset", "InvalidUtf8", "Redirect",
        "LostReply", "Ret", "PhantomSelector", "ClockOnlyKey", "InstantZero", "ContinueWithoutItems", "MissingKeys", "WrongKeyCount",
        "GarbageItem", "NumericFileSize", "Duplicate", "QrExpired", "QrCancelled", "Refused1203",
        "LoginElsewhere")]
    public string Kind { get; set; } = "";

    /// <summary>How often it strikes; until it is removed unless given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>The code that Status, Ret and PhantomSelector answer.</summary>
    [Parameter]
    public int? Code { get; set; }

    /// <summary>The words of Refused1203 and Ret, or where Redirect and LoginElsewhere lead.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>Strikes only requests that speak of this contact or group: its id, remark or nickname.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Contact { get; set; }

    /// <summary>The time that passes first, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 3_600_000)]
    public int DelayMs { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        EmulatorControl emulator = SelectEmulator();
        if (!ShouldProcess(emulator.Endpoint.ToString(), $"Add the fault {Kind} at {Request}"))
            return;
        WriteObject(new WeChatEmulatorFault(await emulator.PostAsync("fault", new Dictionary<string, object?>
        {
            ["endpoint"] = Request, ["kind"] = Kind, ["count"] = Count, ["code"] = Code, ["text"] = Text,
            ["contact"] = Contact, ["delayMs"] = DelayMs,
        }, stop)));
    }
}
