using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Add-WeChatEmulatorFault: adds a fault to an emulator.</summary>
[Cmdlet(VerbsCommon.Add, "WeChatEmulatorFault", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(WeChatEmulatorFault))]
public sealed class AddWeChatEmulatorFault : EmulatorCmdlet
{
    /// <summary>Specifies the requests to affect, by short name (synccheck, webwxsync, webwxsendmsg, login …). * stands for all requests.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EmulatorRequestCompleter))]
    public string Request { get; set; } = "";

    /// <summary>Specifies the kind of fault.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet(
        "Delay", "Reset", "Hang", "SlowDrip", "Truncate", "Empty", "Html", "Status", "ZeroStatus", "WrongCharset", "InvalidUtf8", "Redirect",
        "LostReply", "Ret", "PhantomSelector", "ClockOnlyKey", "InstantZero", "ContinueWithoutItems", "MissingKeys", "WrongKeyCount",
        "GarbageItem", "NumericFileSize", "Duplicate", "QrExpired", "QrCancelled", "Refused1203",
        "LoginElsewhere", "Raw")]
    public string Kind { get; set; } = "";

    /// <summary>Specifies the number of requests to affect. By default, the fault stays until it is removed.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>Specifies the code in the response, for Status, Ret and PhantomSelector.</summary>
    [Parameter]
    public int? Code { get; set; }

    /// <summary>Specifies the text in the response, for Refused1203 and Ret, or the target of Redirect and LoginElsewhere.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>Specifies a contact or group, by id, remark or nickname. The fault affects only requests that refer to it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Contact { get; set; }

    /// <summary>Specifies the delay before the fault, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 3_600_000)]
    public int DelayMs { get; set; }

    /// <summary>
    /// Specifies the whole response of Raw, status line included: texts (sent in UTF-8) and bytes, in order. A number is a pause in milliseconds.
    /// </summary>
    [Parameter]
    public object[]? Reply { get; set; }

    /// <summary>Specifies what happens to the connection after the response of Raw.</summary>
    [Parameter]
    [ValidateSet("Close", "Reset", "Open", "KeepAlive")]
    public string End { get; set; } = "Close";

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        EmulatorControl emulator = SelectEmulator();
        if (!ShouldProcess(emulator.Endpoint.ToString(), $"Add the fault {Kind} for {Request}"))
            return;
        WriteObject(new WeChatEmulatorFault(await emulator.PostAsync("fault", new Dictionary<string, object?>
        {
            ["endpoint"] = Request, ["kind"] = Kind, ["count"] = Count, ["code"] = Code, ["text"] = Text,
            ["contact"] = Contact, ["delayMs"] = DelayMs,
            ["raw"] = Reply is null ? null : new { pieces = RawPieces.Of(Reply), end = End },
        }, stop)));
    }
}
