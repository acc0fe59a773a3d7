using System;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace WeChatPS.Benchmarks;

/// <summary>What one run of a client said in its last line, and how long it took.</summary>
internal sealed class Reading
{
    public const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly JsonElement _figures;

    private Reading(JsonElement figures, TimeSpan wall) => (_figures, Wall) = (figures, wall.TotalSeconds);

    /// <summary>From the start of the process, or what else it counts from, to its end, in seconds.</summary>
    public double Wall { get; }

    /// <summary>From the beginning of the work to its end, in seconds, as the client measured it.</summary>
    public double Seconds => this["seconds"];

    /// <summary>Processor time of the whole process, its start included, in seconds.</summary>
    public double Cpu => this["cpu"];

    /// <summary>The working set at the end of the work, in MB.</summary>
    public double WorkingSet => this["workingSet"] / Megabyte;

    public double this[string name] => _figures.GetProperty(name).GetDouble();

    public double[] Series(string name) => [.. _figures.GetProperty(name).EnumerateArray().Select(one => one.GetDouble())];

    /// <summary>Waits for the end of a run.</summary>
    /// <param name="process">The run.</param>
    /// <param name="started">From when on it counts, as Stopwatch.GetTimestamp gives it.</param>
    /// <param name="interrupted">Whether it was stopped: then any exit code is right, and there are no figures.</param>
    /// <exception cref="InvalidOperationException">It failed; the reason is on the error output.</exception>
    /// <exception cref="TimeoutException">It took more than five minutes, and was killed.</exception>
    public static Reading Of(Process process, long started, bool interrupted = false)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        bool ended = process.WaitForExit(s_patience);
        TimeSpan wall = Stopwatch.GetElapsedTime(started);
        if (!ended) process.Kill();
        string text = output.GetAwaiter().GetResult().Trim();
        if (!ended)
            throw new TimeoutException($"{string.Join(' ', process.StartInfo.ArgumentList)} did not end within {s_patience.TotalMinutes} minutes.");
        if (interrupted) return new Reading(default, wall);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', process.StartInfo.ArgumentList)} ended with {process.ExitCode}. {text}");
        return new Reading(text.Length == 0 ? default : JsonElement.Parse(text), wall);
    }
}
