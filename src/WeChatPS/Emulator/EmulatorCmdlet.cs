using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>A cmdlet that controls a running emulator over its control interface.</summary>
public abstract class EmulatorCmdlet : AsyncCmdlet
{
    /// <summary>Specifies the URL of the emulator. By default, the only emulator of this process.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>Selects the emulator.</summary>
    /// <exception cref="WeChatException">EmulatorFailed: this process runs no emulator, or several. InvalidEndpoint: -Endpoint is not a local http URL.</exception>
    private protected EmulatorControl SelectEmulator()
    {
        if (Endpoint is not null)
        {
            return Endpoint is { IsAbsoluteUri: true, IsLoopback: true, Scheme: "http" }
                ? new EmulatorControl(Endpoint)
                : throw new WeChatException(
                    WeChatErrorReason.InvalidEndpoint, $"'{Endpoint}' is not the URL of an emulator. An example is http://127.0.0.1:8080/.") { Subject = Endpoint };
        }

        IReadOnlyList<RunningEmulator> running = RunningEmulator.All;
        return running.Count switch
        {
            1 => new EmulatorControl(running[0].Endpoint),
            0 => throw new WeChatException(WeChatErrorReason.EmulatorFailed, "No emulator is running in this process."),
            _ => throw new WeChatException(
                WeChatErrorReason.EmulatorFailed, $"{running.Count} emulators are running in this process. Specify one with -Endpoint."),
        };
    }
}
