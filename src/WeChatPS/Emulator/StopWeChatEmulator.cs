using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Stop-WeChatEmulator: stops an emulator, in this process or another one.</summary>
[Cmdlet(VerbsLifecycle.Stop, "WeChatEmulator", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class StopWeChatEmulator : EmulatorCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        EmulatorControl emulator = SelectEmulator();
        if (!ShouldProcess(emulator.Endpoint.ToString(), "Stop the emulator"))
            return;
        if (RunningEmulator.All.FirstOrDefault(one => one.Endpoint == emulator.Endpoint) is { } own)
            await own.StopAsync();
        else
            await emulator.PostAsync("stop", new Dictionary<string, object?>(), stop);
    }
}
