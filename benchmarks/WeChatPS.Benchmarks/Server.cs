using System;
using System.Diagnostics;
using System.IO;

namespace WeChatPS.Benchmarks;

/// <summary>The packed emulator's console, in a process of its own.</summary>
internal sealed class Server : IDisposable
{
    private const string Greeting = "listening on ";
    private readonly Process _process;

    private Server(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
        Control = new EmulatorControl(endpoint);
    }

    public Uri Endpoint { get; }

    public EmulatorControl Control { get; }

    /// <summary>Starts it on a free port.</summary>
    /// <param name="options">Its command line.</param>
    public static Server Start(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(PackedModule.Bin, "WeChatPS.Emulator.dll"));
        foreach (string option in (string[])["--quiet", "--phone", "0", .. options])
            start.ArgumentList.Add(option);
        Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadLine() ?? "";
        if (!line.StartsWith(Greeting, StringComparison.Ordinal))
        {
            Stop(process);
            throw new InvalidOperationException($"The emulator's console did not start: {line}");
        }

        return new Server(process, new Uri(line[Greeting.Length..]));
    }

    public void Dispose()
    {
        Control.Dispose();
        Stop(_process);
    }

    private static void Stop(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
