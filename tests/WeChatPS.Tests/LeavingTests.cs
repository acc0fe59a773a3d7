using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading;
using WeChatPS.Core.Tests.Chaos;
using WeChatPS.Sessions;

namespace WeChatPS.Tests;

/// <summary>Several runspaces with several sessions, and what is left when they go away in the midst of things: no poll, socket, file, lock or task.</summary>
public sealed class LeavingTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly HostedEngine _engine = HostedEngine.WithModule();
    private readonly string _store = Directory.CreateTempSubdirectory("wechatps-leaving-").FullName;
    private readonly WeChatEmulatorStatus _emulator;
    private readonly int _sockets;

    public LeavingTests()
    {
        _emulator = _engine.Run("Start-WeChatEmulator -HoldSec 20 -Chatty").AssertNoErrors().Single<WeChatEmulatorStatus>();

        // the emulator's own, and those that it is asked by
        OpenPolls();
        _sockets = OpenHandles.Sockets;
    }

    public void Dispose()
    {
        _engine.Run("param($e) Stop-WeChatEmulator -Endpoint $e", _emulator.Endpoint);
        _engine.Dispose();
        Directory.Delete(_store, recursive: true);
    }

    [Fact]
    public void Parallel_pipelines_have_their_own_sessions_and_leave_nothing_behind()
    {
        string[] sent = _engine.Run(
            """
            param($endpoint, $store, $module)
            1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:module
                $session = Connect-WeChat -Name "parallel$_" -Endpoint $using:endpoint -StorePath $using:store -Login Qr -QrCode None -KeepAlive 6> $null
                $first = Receive-WeChatMessage -MaxCount 1
                $receipt = $first | Send-WeChatMessage -Text "answer $_"
                "$($receipt.Session) $($first.Session)"
                Disconnect-WeChat
            }
            """,
            _emulator.Endpoint, _store, PackedModule.Folder).AssertNoErrors().Texts;

        Assert.Equal(Enumerable.Range(1, 4).Select(n => $"parallel{n} parallel{n}"), sent.Order());
        AssertNothingIsLeft(4);
    }

    [Fact]
    public void One_session_serves_parallel_pipelines_of_which_one_receives()
    {
        string[] said = _engine.Run(
            """
            param($endpoint, $module)
            $session = Connect-WeChat -Name shared -Endpoint $endpoint -Ephemeral -Login Qr -QrCode None -SendInterval 0 6> $null
            1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:module
                foreach ($n in 1..5) { (Send-WeChatMessage filehelper "$_ $n" -Session $using:session).Attempts }
            }
            Disconnect-WeChat
            """,
            _emulator.Endpoint, PackedModule.Folder).AssertNoErrors().Texts;

        Assert.Equal(Enumerable.Repeat("1", 20), said);
        AssertNothingIsLeft(0);
    }

    [Theory]
    [InlineData("close", "Receive-WeChatMessage")]
    [InlineData("close", "Receive-WeChatMessage | ForEach-Object { $Gate.Set(); while ($true) { [Threading.Thread]::Sleep(1) } }")]
    [InlineData("close", "$null = Register-WeChatEvent Message -Action { $Gate.Set() }; while ($true) { [Threading.Thread]::Sleep(1) }")]
    [InlineData("close", "$null = Receive-WeChatMessage -NoWait; while ($true) { $null = Wait-WeChatSync }")]
    [InlineData("remove", "Receive-WeChatMessage")]
    [InlineData("remove", "Receive-WeChatMessage | ForEach-Object { $Gate.Set(); while ($true) { [Threading.Thread]::Sleep(1) } }")]
    public void A_runspace_that_goes_away_while_messages_stream_leaves_nothing_behind(string how, string script)
    {
        List<WeakReference> sessions = StreamAndGoAway(how, script, 3);

        AssertNothingIsLeft(3);
        Until(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return sessions.TrueForAll(session => !session.IsAlive);
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<WeakReference> StreamAndGoAway(string how, string script, int count)
    {
        var gates = new List<ManualResetEventSlim>();
        var sessions = new List<WeakReference>();
        var engines = new List<(HostedEngine Engine, PowerShell Shell, IAsyncResult Running)>();
        for (int number = 1; number <= count; number++)
        {
            HostedEngine engine = HostedEngine.WithModule();
            sessions.Add(new WeakReference(engine.Run(
                "param($name, $endpoint, $store) Connect-WeChat -Name $name -Endpoint $endpoint -StorePath $store -Login Qr -QrCode None -KeepAlive 6> $null",
                $"parallel{number}", _emulator.Endpoint, _store).AssertNoErrors().Single<WeChatSession>()));
            var gate = new ManualResetEventSlim();
            gates.Add(gate);
            PowerShell shell = engine.Shell("param($Gate) " + script, gate);
            engines.Add((engine, shell, shell.BeginInvoke()));
            if (script.Contains("$Gate", StringComparison.Ordinal)) Assert.True(gate.Wait(s_patience));
            else Until(() => OpenPolls() >= engines.Count);
        }

        foreach ((HostedEngine engine, PowerShell shell, IAsyncResult running) in engines)
        {
            if (how == "close")
            {
                engine.Runspace.Close();
            }
            else
            {
                shell.Stop();
                engine.Run("Remove-Module WeChatPS").AssertNoErrors();
            }

            shell.Dispose();
            engine.Dispose();
        }

        // the sessions of a closed runspace belong to the process, where others may use them
        if (how == "close") _engine.Run("Get-WeChatSession | Disconnect-WeChat").AssertNoErrors();
        return sessions;
    }

    private void AssertNothingIsLeft(int saved)
    {
        Until(() => OpenPolls() == 0);
        Assert.Empty(SessionRegistry.Live);
        Until(() => EventSubscription.Count == 0);
        Until(() => OpenHandles.Below(_store).Count == 0);
        for (int number = 1; number <= saved; number++) new SessionStore(_store).Open($"parallel{number}").Dispose();
        Until(() => OpenHandles.Sockets <= _sockets);
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, s_patience));

    private long OpenPolls() => _engine.Run("param($e) Get-WeChatEmulator -Endpoint $e", _emulator.Endpoint).AssertNoErrors().Single<WeChatEmulatorStatus>().OpenPolls;
}
