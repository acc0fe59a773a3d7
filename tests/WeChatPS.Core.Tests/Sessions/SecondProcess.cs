using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Chaos;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

/// <summary>This test assembly as a program of its own: another process that uses the same session.</summary>
internal sealed class SecondProcess : IDisposable
{
    private const string Ready = "ready";

    private readonly Process _process;

    private SecondProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Opens a session and keeps it until the input ends.</summary>
    public static Task<SecondProcess> Holding(string root, string name) => StartAsync("hold", root, name);

    /// <summary>Opens a session and saves it over and over, until it is killed.</summary>
    public static Task<SecondProcess> Saving(string root, string name) => StartAsync("save", root, name);

    /// <summary>Writes lines to a log, and ends.</summary>
    public static Task<SecondProcess> Logging(string path, int lines) => StartAsync("log", path, lines.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Waits until it has ended by itself.</summary>
    public Task EndsAsync(CancellationToken limit) => _process.WaitForExitAsync(limit);

    /// <summary>Waits until it has saved so many times more.</summary>
    public async Task SavesAsync(int times)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (int i = 0; i < times; i++)
            Assert.Equal(Ready, await _process.StandardOutput.ReadLineAsync(limit.Token));
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static async Task<SecondProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SecondProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var second = new SecondProcess(Process.Start(start)!);
        await second.SavesAsync(1);
        return second;
    }

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is [ReceivingProcess.Command, .. var rest])
            return await ReceivingProcess.RunAsync(rest);
        if (arguments is ["log", var log, var lines])
        {
            Console.WriteLine(Ready);
            Http.WireLogTests.WriteLines(log, int.Parse(lines, null));
            return 0;
        }

        if (arguments is not [var command and ("hold" or "save"), var root, var name])
            return 1;
        using SessionFolder folder = new SessionStore(root).Open(name);
        folder.Save(Samples.Session(name));
        Console.WriteLine(Ready);
        if (command == "hold")
            Console.In.ReadToEnd();
        for (int i = 0; command == "save"; i++)
        {
            folder.Save(Samples.Session(name) with { SelfNickName = new string((char)('a' + (i % 26)), i % 5000) });
            Console.WriteLine(Ready);
        }

        return 0;
    }
}
