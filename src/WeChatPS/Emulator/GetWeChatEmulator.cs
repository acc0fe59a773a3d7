using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Get-WeChatEmulator: gets the emulators of this process, or the emulator at a URL.</summary>
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
