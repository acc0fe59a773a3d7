using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace WeChatPS.Benchmarks;

/// <summary>Ctrl+C: from the signal to the end of a process that waits for messages. Beside it one that sleeps, which shows what PowerShell takes.</summary>
internal static class Stop
{
    private const int Interrupt = 2;

    // a process that has only just begun to wait is still compiling how
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(500);

    public static IEnumerable<Figure> Run(Bench bench)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.Error.WriteLine("stop is left out: Windows has no signal to send.");
            yield break;
        }

        using Server server = Server.Start();
        Rounds rounds = bench.Alternate(Receiving, Sleeping);
        yield return rounds.Figure("in a held poll; reference: in Start-Sleep", "ms", one => one.Wall * 1000);
        yield return rounds.Over("in a held poll, over Start-Sleep", "ms", one => one.Wall * 1000) with { AtMost = 100 };

        Reading Receiving()
        {
            using Store store = Client.Module.LogIn(server);
            using Process process = Client.Module.Start("receive", server, store);
            server.Control.AwaitOpenPolls(1, process);
            Reading reading = Interrupted(process);
            server.Control.EndSessions();
            return reading;
        }

        static Reading Sleeping()
        {
            using Process process = Client.Module.Start("sleep");
            process.StandardOutput.ReadLine();
            return Interrupted(process);
        }
    }

    private static Reading Interrupted(Process process)
    {
        Thread.Sleep(s_settling);
        long stopped = Stopwatch.GetTimestamp();
        if (Kill(process.Id, Interrupt) != 0) throw new InvalidOperationException("There is no process to be interrupted.");
        return Reading.Of(process, stopped, interrupted: true);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
