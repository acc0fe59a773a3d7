using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
#if NETFRAMEWORK
using System.Diagnostics;
using System.IO;
using System.Linq;
#else
using System.Net.Sockets;
using WeChatPS.Emulator;
#endif

namespace WeChatPS;

/// <summary>How an emulator is started: what the library and the console have in common.</summary>
internal sealed record EmulatorSettings(int Port, TimeSpan Hold, IReadOnlyList<string> Accounts, int Contacts, string? Echo, bool Chatty);

/// <summary>An emulator that this process has started. Everything but its start and its end goes over its control interface.</summary>
/// <remarks>In process where the runtime can load it; .NET Framework starts the console with the dotnet that is installed.</remarks>
internal sealed class RunningEmulator
{
    private static readonly object s_gate = new();
    private static readonly List<RunningEmulator> s_all = [];

    private readonly Func<Task> _stop;

    private RunningEmulator(Uri endpoint, Func<Task> stop) => (Endpoint, _stop) = (endpoint, stop);

    public Uri Endpoint { get; }

    /// <summary>Those that run, oldest first.</summary>
    public static IReadOnlyList<RunningEmulator> All
    {
        get
        {
            lock (s_gate)
                return [.. s_all];
        }
    }

    /// <exception cref="WeChatException">EmulatorFailed.</exception>
    public static async Task<RunningEmulator> StartAsync(EmulatorSettings settings, CancellationToken cancellationToken)
    {
        RunningEmulator emulator = await LaunchAsync(settings, cancellationToken);
        lock (s_gate)
            s_all.Add(emulator);
        return emulator;
    }

    public async Task StopAsync()
    {
        lock (s_gate)
            s_all.Remove(this);
        await _stop();
    }

    /// <summary>Ends them all, without waiting.</summary>
    public static void StopAll()
    {
        foreach (RunningEmulator emulator in All)
            _ = emulator.StopAsync();
    }

#if NETFRAMEWORK
    private static async Task<RunningEmulator> LaunchAsync(EmulatorSettings settings, CancellationToken cancellationToken)
    {
        string bin = Path.GetDirectoryName(typeof(RunningEmulator).Assembly.Location)!;
        string console = Path.GetFullPath(Path.Combine(bin, "..", "net8.0", "WeChatPS.Emulator.dll"));
        string chatty = settings.Chatty ? " --chatty" : "";
        string echo = settings.Echo is null ? "" : Option("--echo", settings.Echo);
        string accounts = string.Concat(settings.Accounts.Select(account => Option("--account", account)));
        FormattableString options =
            $"\"{console}\" --quiet --port {settings.Port} --hold {settings.Hold.TotalSeconds} --contacts {settings.Contacts}{accounts}{chatty}{echo}";
        var start = new ProcessStartInfo("dotnet", FormattableString.Invariant(options))
        {
            UseShellExecute = false, CreateNoWindow = true, RedirectStandardOutput = true,
        };
        try
        {
            Process process = Process.Start(start)!;
            using CancellationTokenRegistration _ = cancellationToken.Register(process.Kill);
            const string Listening = "listening on ";
            string? line = await process.StandardOutput.ReadLineAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (line?.StartsWith(Listening, StringComparison.Ordinal) != true)
                throw Failed(line ?? "it ended at once; the .NET runtime 8 or newer is needed", null);
            return new RunningEmulator(new Uri(line.Substring(Listening.Length)), () => Task.Run(() => End(process)));
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw Failed($"dotnet cannot be started: {missing.Message}", missing);
        }
    }

    private static string Option(string name, string value) => $" {name} \"{value.Replace("\"", "\\\"")}\"";

    private static void End(Process process)
    {
        using (process)
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
#else
    private static Task<RunningEmulator> LaunchAsync(EmulatorSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var options = new EmulatorOptions
        {
            Port = settings.Port, Hold = settings.Hold, Accounts = settings.Accounts, Contacts = settings.Contacts, Echo = settings.Echo, Chatty = settings.Chatty,
        };
        try
        {
            WeChatEmulator emulator = WeChatEmulator.Start(options);
            var running = new RunningEmulator(emulator.Endpoint, () => emulator.DisposeAsync().AsTask());
            // somebody may end it from another window
            _ = emulator.StopRequested.ContinueWith(_ => running.StopAsync(), TaskScheduler.Default);
            return Task.FromResult(running);
        }
        catch (Exception refused) when (refused is SocketException or EmulatorException)
        {
            throw Failed(refused.Message, refused);
        }
    }
#endif

    private static WeChatException Failed(string why, Exception? cause) =>
        new(WeChatErrorReason.EmulatorFailed, $"The emulator does not start: {why}", cause);
}
