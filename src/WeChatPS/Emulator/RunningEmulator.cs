using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS;

/// <summary>An emulator that this process has started. The control interface does everything except start and stop.</summary>
internal sealed class RunningEmulator
{
    private static readonly object s_gate = new();
    private static readonly List<RunningEmulator> s_all = [];

    private readonly WeChatEmulator _emulator;

    private RunningEmulator(WeChatEmulator emulator) => _emulator = emulator;

    public Uri Endpoint => _emulator.Endpoint;

    /// <summary>The running emulators, oldest first.</summary>
    public static IReadOnlyList<RunningEmulator> All
    {
        get
        {
            lock (s_gate)
                return [.. s_all];
        }
    }

    /// <exception cref="WeChatException">EmulatorFailed: the port is taken, or an option is invalid.</exception>
    public static RunningEmulator Start(EmulatorOptions options)
    {
        try
        {
            var running = new RunningEmulator(WeChatEmulator.Start(options));
            lock (s_gate)
                s_all.Add(running);
            // Another process may stop the emulator.
            _ = running._emulator.StopRequested.ContinueWith(_ => running.StopAsync(), TaskScheduler.Default);
            return running;
        }
        catch (SocketException taken)
        {
            throw new WeChatException(
                WeChatErrorReason.EmulatorFailed,
                $"The emulator failed to start on port {options.Port}: {taken.Message}. To use a free port, omit -Port.", taken);
        }
        catch (EmulatorException refused)
        {
            throw new WeChatException(WeChatErrorReason.EmulatorFailed, $"The emulator failed to start: {refused.Message}", refused);
        }
    }

    public async Task StopAsync()
    {
        lock (s_gate)
            s_all.Remove(this);
        await _emulator.DisposeAsync();
    }

    /// <summary>Stops all emulators, without waiting.</summary>
    public static void StopAll()
    {
        foreach (RunningEmulator emulator in All)
            _ = emulator.StopAsync();
    }
}
