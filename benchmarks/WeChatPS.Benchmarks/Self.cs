using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace WeChatPS.Benchmarks;

/// <summary>This program once more, in a process of its own.</summary>
internal static class Self
{
    public static Process Start(params string[] arguments) => Process.Start(Command(arguments))!;

    /// <summary>Runs it to its end.</summary>
    /// <returns>The lines it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed; the reason is on the error output.</exception>
    public static IReadOnlyList<string> Run(params string[] arguments)
    {
        ProcessStartInfo start = Command(arguments);
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static ProcessStartInfo Command(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "WeChatPS.Benchmarks.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
