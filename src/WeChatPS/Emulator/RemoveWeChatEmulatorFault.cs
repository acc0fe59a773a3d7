using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Remove-WeChatEmulatorFault: removes one fault, the faults of a request, or all faults.</summary>
[Cmdlet(
    VerbsCommon.Remove, "WeChatEmulatorFault", DefaultParameterSetName = RequestSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class RemoveWeChatEmulatorFault : EmulatorCmdlet
{
    private const string RequestSet = "Request";
    private const string IdSet = "Id";

    /// <summary>Specifies the request whose faults to remove. By default, all faults.</summary>
    [Parameter(Position = 0, ParameterSetName = RequestSet)]
    [ValidateNotNullOrEmpty]
    public string? Request { get; set; }

    /// <summary>Specifies the id of the fault.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    public int Id { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        EmulatorControl emulator = SelectEmulator();
        string which = ParameterSetName == IdSet ? $"?id={Id.ToString(CultureInfo.InvariantCulture)}"
            : Request is null ? ""
            : $"?endpoint={Uri.EscapeDataString(Request)}";
        string action = ParameterSetName == IdSet ? $"Remove fault {Id}" : $"Remove the faults for {Request ?? "all requests"}";
        if (ShouldProcess(emulator.Endpoint.ToString(), action))
            await emulator.DeleteAsync("fault" + which, stop);
    }
}
