using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Chaos;

namespace WeChatPS.Tests;

/// <summary>
/// A whole PowerShell with the packed module receives, handler and all, and is killed as kill -9 does while messages flow: none is lost,
/// each kill repeats one at most, which says so, and their order stays.
/// </summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int Messages = 800;
    private const int Kills = 3;

    private const string Receiver = $$"""
        param($Module, $Endpoint, $Store, $Handled)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module
        $null = Connect-WeChat -Name receiver -Endpoint $Endpoint -StorePath $Store -Login Resume
        $file = [IO.FileStream]::new($Handled, 'Append', 'Write', 'ReadWrite', 1)
        Receive-WeChatMessage -From 王五 -OfflineTimeoutSec 30 | ForEach-Object {
            $line = [Text.Encoding]::ASCII.GetBytes((('{{HandledMessages.LineFormat}}' -f [int]$_.Text.Substring(1), $_.DeliveryCount) + "`n"))
            $file.Write($line, 0, $line.Length)
        }
        """;

    // Without a message more. A busy machine may need long for all of them, and a PowerShell long to start.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("wechatps-killed-").FullName;
    private readonly HostedEngine _engine = HostedEngine.WithModule();
    private readonly StringBuilder _said = new();
    private readonly string _handled;
    private readonly string _script;
    private readonly Uri _endpoint;
    private Process? _receiver;

    public KilledProcessTests()
    {
        (_handled, _script) = (Path.Combine(_folder, "handled"), Path.Combine(_folder, "receiver.ps1"));
        File.WriteAllText(_script, Receiver);
        _endpoint = _engine.Run("Start-WeChatEmulator -HoldSec 20").AssertNoErrors().Single<WeChatEmulatorStatus>().Endpoint;
        _engine.Run(
            """
            param($endpoint, $store)
            $null = Connect-WeChat -Name receiver -Endpoint $endpoint -StorePath $store -Login Qr -QrCode None 6> $null
            $null = Receive-WeChatMessage -NoWait
            Disconnect-WeChat
            """,
            _endpoint, _folder).AssertNoErrors();
    }

    public void Dispose()
    {
        End();
        _engine.Run("param($e) Stop-WeChatEmulator -Endpoint $e", _endpoint);
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Killed_at_random_moments_a_receiving_PowerShell_loses_none_and_repeats_one_a_kill_at_most()
    {
        var random = new Random(Seeds.Usual);
        Task flow = Task.Run(() => Deliver(random.Next()));
        int[] ends = new int[Kills];
        for (int kill = 0; kill < Kills; kill++)
        {
            Start();

            // somewhere in this life's share: at its first message, or in the midst of the stream
            int end = Math.Min(Messages - 1, HandledMessages.Last(_handled) + 1 + random.Next(Messages / Kills));
            UntilHandled(end, flow);
            End();
            ends[kill] = HandledMessages.Count(_handled);
        }

        Start();
        UntilHandled(Messages, flow);
        await flow;
        End();
        HandledMessages.CheckWhole(_handled, Messages, ends);
    }

    private void Deliver(int seed)
    {
        var random = new Random(seed);
        using HostedEngine engine = HostedEngine.WithModule();
        for (int first = 1; first <= Messages;)
        {
            int last = Math.Min(Messages, first + random.Next(1, 60));
            engine.Run(
                "param($first, $last, $e) $first..$last | ForEach-Object { \"#$_\" } | Send-WeChatEmulatorMessage -From 王五 -Endpoint $e", first, last, _endpoint)
                .AssertNoErrors();
            first = last + 1;

            // not so far ahead that a life begins and ends within what is there already
            int enough = last - (Messages / Kills) + 1;
            Assert.True(WaitFor(enough, () => false) >= enough, "Nobody handles what was delivered.");
        }
    }

    private void Start()
    {
        string pwsh = Environment.GetEnvironmentVariable("WECHATPS_PWSH") ?? "pwsh";
        string[] engine = pwsh.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", pwsh] : [pwsh];
        string[] arguments =
        [
            .. engine[1..], "-NoLogo", "-NoProfile", "-NonInteractive", "-File", _script, PackedModule.Folder, _endpoint.AbsoluteUri, _folder, _handled,
        ];
        var start = new ProcessStartInfo(engine[0], arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        _receiver = Process.Start(start)!;
        _receiver.OutputDataReceived += Hear;
        _receiver.ErrorDataReceived += Hear;
        _receiver.BeginOutputReadLine();
        _receiver.BeginErrorReadLine();
    }

    private void End()
    {
        _receiver?.Kill();
        _receiver?.WaitForExit();
        _receiver?.Dispose();
        _receiver = null;
    }

    private void UntilHandled(int number, Task flow)
    {
        int last = WaitFor(number, () => _receiver!.HasExited || flow.IsFaulted);
        string end = _receiver!.HasExited ? $"the receiver ended with {_receiver.ExitCode}" : $"the receiver runs, the flow is {flow.Status}";
        lock (_said) Assert.True(last >= number, $"{last} of {number} messages were handled; {end}. {_said} {flow.Exception}");
    }

    /// <summary>Waits until a message was handled, until there is no use in waiting, or until no message was handled for too long.</summary>
    /// <returns>The message handled last.</returns>
    private int WaitFor(int number, Func<bool> isUseless)
    {
        int last = HandledMessages.Last(_handled);
        for (long heard = Stopwatch.GetTimestamp(); last < number && !isUseless() && Stopwatch.GetElapsedTime(heard) < s_patience;)
        {
            Thread.Sleep(1);
            int now = HandledMessages.Last(_handled);
            if (now != last) heard = Stopwatch.GetTimestamp();
            last = now;
        }

        return last;
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_said) _said.AppendLine(line.Data);
    }
}
