using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace WeChatPS.Benchmarks;

/// <summary>Where, when and of what the figures are.</summary>
internal sealed record Surroundings
{
    public DateTimeOffset Time { get; } = DateTimeOffset.Now;

    public string Commit { get; } = Git("status", "--porcelain").Length > 0 ? Git("rev-parse", "HEAD") + " with changes" : Git("rev-parse", "HEAD");

    public string Module { get; } = FileVersionInfo.GetVersionInfo(Path.Combine(PackedModule.Bin, "WeChatPS.dll")).ProductVersion ?? "";

    public string PowerShell { get; } = Environment.GetEnvironmentVariable("WECHATPS_PWSH") is { } engine
        ? FileVersionInfo.GetVersionInfo(engine).ProductVersion?.Split(' ')[0] ?? ""
        : "";

    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    public string System { get; } = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}";

    public string Processor { get; } = !File.Exists("/proc/cpuinfo") ? "" : File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "";

    public int Processors { get; } = Environment.ProcessorCount;

    public long MemoryMB { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024 / 1024;

    /// <summary>How many processes wanted a processor during the last minute; null where the system does not tell.</summary>
    public static string? Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;

    private static string Git(params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = PackedModule.Root, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using Process git = Process.Start(start)!;
            return git.StandardOutput.ReadToEnd().Trim();
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return ""; // there is no git here
        }
    }
}
