using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>A cmdlet that drives a running emulator over its control interface.</summary>
public abstract class EmulatorCmdlet : AsyncCmdlet
{
    /// <summary>The emulator's address; without it the only one that this process has started.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>The emulator meant.</summary>
    /// <exception cref="WeChatException">EmulatorFailed or InvalidEndpoint.</exception>
    private protected EmulatorControl SelectEmulator()
    {
        if (Endpoint is not null)
        {
            return Endpoint is { IsAbsoluteUri: true, IsLoopback: true, Scheme: "http" }
                ? new EmulatorControl(Endpoint)
                : throw new WeChatException(
                    WeChatErrorReason.InvalidEndpoint, $"An emulator's address is like http://127.0.0.1:8080/, not '{Endpoint}'.") { Subject = Endpoint };
        }

        IReadOnlyList<RunningEmulator> running = RunningEmulator.All;
        return running.Count switch
        {
            1 => new EmulatorControl(running[0].Endpoint),
            0 => throw new WeChatException(WeChatErrorReason.EmulatorFailed, "This process has not started an emulator."),
            _ => throw new WeChatException(
                WeChatErrorReason.EmulatorFailed, $"{running.Count} emulators are running; -Endpoint says which one is meant."),
        };
    }
}
