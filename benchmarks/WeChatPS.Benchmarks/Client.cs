using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace WeChatPS.Benchmarks;

/// <summary>One of those that are compared: for every task a process that has just started.</summary>
internal sealed class Client
{
    private readonly Func<string, IEnumerable<string>> _command;

    private Client(Func<string, IEnumerable<string>> command) => _command = command;

    /// <summary>The module: a script in benchmarks/scripts, in the PowerShell that runs the build.</summary>
    public static Client Module { get; } = new(task =>
        [.. Engine(), "-NoLogo", "-NoProfile", "-NonInteractive", "-File", Path.Combine(PackedModule.Root, "benchmarks", "scripts", task + ".ps1")]);

    /// <summary>The loops that only move the bytes.</summary>
    public static Client Reference { get; } = new(task =>
        ["dotnet", Path.Combine(PackedModule.Root, "artifacts", "bin", "WeChatPS.Reference", "release", "WeChatPS.Reference.dll"), task]);

    /// <summary>Starts a task with a server and a folder to keep the session in.</summary>
    public Process Start(string task, Server server, Store store, params string[] arguments) =>
        Start(task, ["-Endpoint", server.Endpoint.AbsoluteUri, "-Store", store.Path, .. arguments]);

    public Process Start(string task, params string[] arguments)
    {
        string[] command = [.. _command(task), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["WECHATPS_MODULE"] = PackedModule.Folder;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs a task to its end.</summary>
    public Reading Run(string task, Server server, Store store, params string[] arguments) =>
        Run(task, ["-Endpoint", server.Endpoint.AbsoluteUri, "-Store", store.Path, .. arguments]);

    public Reading Run(string task, params string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        using Process process = Start(task, arguments);
        return Reading.Of(process, started);
    }

    /// <summary>Logs in, in a process of its own.</summary>
    /// <returns>Where the session is saved.</returns>
    public Store LogIn(Server server)
    {
        var store = new Store();
        Run("login", server, store);
        return store;
    }

    private static string[] Engine() => Environment.GetEnvironmentVariable("WECHATPS_PWSH") is { Length: > 0 } engine
        ? engine.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", engine] : [engine]
        : throw new InvalidOperationException("WECHATPS_PWSH does not say where PowerShell is: run ./build.sh bench.");
}
