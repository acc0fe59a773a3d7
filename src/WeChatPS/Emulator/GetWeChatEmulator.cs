using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Get-WeChatEmulator: the emulators that this process has started, or the one at an address.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatEmulator")]
[OutputType(typeof(WeChatEmulatorStatus))]
public sealed class GetWeChatEmulator : EmulatorCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        if (Endpoint is not null)
        {
            await WriteAsync(SelectEmulator(), stop);
            return;
        }

        foreach (RunningEmulator emulator in RunningEmulator.All)
            await WriteAsync(new EmulatorControl(emulator.Endpoint), stop);
    }

    private async Task WriteAsync(EmulatorControl emulator, CancellationToken stop) =>
        WriteObject(new WeChatEmulatorStatus(await emulator.GetAsync("status", stop)));
}
