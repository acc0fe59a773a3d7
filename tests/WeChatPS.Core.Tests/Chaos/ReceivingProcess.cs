using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>This test assembly as a program of its own: receives messages, lists the ones it handled, and can be killed at any moment.</summary>
internal sealed class ReceivingProcess : IDisposable
{
    /// <summary>The word that makes the test assembly a receiver.</summary>
    public const string Command = "receive";

    private const string Stopped = "stopped";

    private readonly Process _process;
    private readonly StringBuilder _says = new();

    private ReceivingProcess(Process process) => _process = process;

    /// <summary>Whether it holds its first message and does nothing with it.</summary>
    public bool HasStopped => Says().Contains(Stopped, StringComparison.Ordinal);

    /// <summary>Whether it ended by itself, which it never should.</summary>
    public bool HasExited => _process.HasExited;

    public static ReceivingProcess Start(Uri server, string store, string handled, bool stopsBeforeHandling = false)
    {
        string[] stops = stopsBeforeHandling ? [Stopped] : [];
        string[] arguments = [typeof(ReceivingProcess).Assembly.Location, Command, server.AbsoluteUri, store, handled, .. stops];
        return Start("dotnet", arguments);
    }

    /// <summary>The same in a PowerShell with the packed module.</summary>
    public static ReceivingProcess StartPowerShell(PackedPowerShell engine, Uri server, string store, string handled)
    {
        string script = Path.Combine(store, "receiver.ps1");
        File.WriteAllText(script, PackedPowerShell.Receiver);
        return Start(engine.Program, [.. engine.Arguments, "-File", script, engine.Module, server.AbsoluteUri, store, handled]);
    }

    private static ReceivingProcess Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // it lives for a moment: what pays off later never does
        start.Environment["DOTNET_TieredPGO"] = "0";
        var receiving = new ReceivingProcess(Process.Start(start)!);
        receiving._process.OutputDataReceived += receiving.Hear;
        receiving._process.ErrorDataReceived += receiving.Hear;
        receiving._process.BeginOutputReadLine();
        receiving._process.BeginErrorReadLine();
        return receiving;
    }

    /// <summary>All that it wrote.</summary>
    public string Says()
    {
        lock (_says) return _says.ToString();
    }

    /// <summary>Ends it as kill -9 does, and does not wait for the end.</summary>
    public void KillNow() => _process.Kill();

    /// <summary>Ends it as kill -9 does.</summary>
    public void Kill()
    {
        KillNow();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>The receiver itself.</summary>
    /// <param name="arguments">Server, store and the list of what was handled.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        _ = Task.Run(EndWithParent);
        bool stops = arguments.Length > 3;
        using WeChatSession session = await WeChatSession.ConnectAsync(
            new ConnectOptions { Name = "receiver", Endpoint = new Uri(arguments[0]), StorePath = arguments[1] }, null, CancellationToken.None);
        using var handled = new HandledMessages(arguments[2]);
        using MessageStream stream = session.OpenStream(new StreamOptions());
        while (await stream.NextAsync(CancellationToken.None) is { IsEnd: false } entry)
        {
            if (entry.Notice is not null) await Console.Error.WriteLineAsync(entry.Notice.Text);
            if (entry.Message is not { } message) continue;
            if (HandledMessages.NumberIn(message.Text) is int number)
            {
                if (stops)
                {
                    Console.WriteLine(Stopped);
                    await Task.Delay(Timeout.Infinite);
                }

                handled.Add(number, message.DeliveryCount);
            }

            stream.Acknowledge(message);
        }

        return 1;
    }

    private static void EndWithParent()
    {
        Console.In.ReadToEnd();
        Environment.Exit(1);
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_says) _says.AppendLine(line.Data);
    }
}
