using System;
using System.Management.Automation;
using System.Threading;

namespace WeChatPS.Tests;

/// <summary>A runspace with an emulator of its own and a session connected to it.</summary>
internal sealed class EmulatorSession : IDisposable
{
    private static int s_count;

    public EmulatorSession(params Type[] cmdlets)
    {
        Name = $"test{Interlocked.Increment(ref s_count)}";
        Engine = HostedEngine.WithModule(cmdlets);
        Emulator = Engine.Run("Start-WeChatEmulator -HoldSec 5").AssertNoErrors().Single<WeChatEmulatorStatus>();
        Session = Engine.Run(
            "param($name, $endpoint) Connect-WeChat -Name $name -Endpoint $endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0", Name, Emulator.Endpoint)
            .AssertNoErrors().Single<WeChatSession>();
    }

    public string Name { get; }

    public HostedEngine Engine { get; }

    public WeChatEmulatorStatus Emulator { get; }

    public WeChatSession Session { get; }

    public ScriptRun Run(string script, params object?[] arguments) => Engine.Run(script, arguments);

    public PowerShell Shell(string script, params object?[] arguments) => Engine.Shell(script, arguments);

    /// <summary>Lets 王五 write so many messages: 1, 2, 3 …</summary>
    public void Deliver(int count = 1) =>
        Run("param($count, $endpoint) 1..$count | Send-WeChatEmulatorMessage -From 王五 -Endpoint $endpoint", count, Emulator.Endpoint).AssertNoErrors();

    /// <summary>The texts that are there now, each with how often it has been given out.</summary>
    public string[] Waiting() => Run("Receive-WeChatMessage -NoWait | ForEach-Object { \"$($_.Text)×$($_.DeliveryCount)\" }").AssertNoErrors().Texts;

    public void Dispose()
    {
        Session.Dispose();
        using HostedEngine other = HostedEngine.WithModule();
        other.Run("param($endpoint) Stop-WeChatEmulator -Endpoint $endpoint", Emulator.Endpoint);
        Engine.Dispose();
    }
}
