using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace WeChatPS.Benchmarks;

/// <summary>This program once more, in a process of its own.</summary>
internal static class Self
{
    private static readonly string s_program = typeof(Self).Assembly.Location;

    public static Process Start(params string[] arguments) => Process.Start(Command(s_program, arguments))!;

    /// <summary>Runs it to its end.</summary>
    /// <returns>The lines it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed; the reason is on the error output.</exception>
    public static IReadOnlyList<string> Run(params string[] arguments) => Run(s_program, arguments);

    /// <summary>The same with another build of this program.</summary>
    public static IReadOnlyList<string> Run(string program, string[] arguments)
    {
        ProcessStartInfo start = Command(program, arguments);
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static ProcessStartInfo Command(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet");
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
