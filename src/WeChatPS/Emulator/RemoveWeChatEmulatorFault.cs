using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Remove-WeChatEmulatorFault: one fault, those of a request, or all.</summary>
[Cmdlet(
    VerbsCommon.Remove, "WeChatEmulatorFault", DefaultParameterSetName = RequestSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class RemoveWeChatEmulatorFault : EmulatorCmdlet
{
    private const string RequestSet = "Request";
    private const string IdSet = "Id";

    /// <summary>The request whose faults go; all faults without it.</summary>
    [Parameter(Position = 0, ParameterSetName = RequestSet)]
    [ValidateNotNullOrEmpty]
    public string? Request { get; set; }

    /// <summary>The fault's number.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    public int Id { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        EmulatorControl emulator = SelectEmulator();
        string which = ParameterSetName == IdSet ? $"?id={Id.ToString(CultureInfo.InvariantCulture)}"
            : Request is null ? ""
            : $"?endpoint={Uri.EscapeDataString(Request)}";
        string action = ParameterSetName == IdSet ? $"Remove fault {Id}" : $"Remove the faults of {Request ?? "every request"}";
        if (ShouldProcess(emulator.Endpoint.ToString(), action))
            await emulator.DeleteAsync("fault" + which, stop);
    }
}
