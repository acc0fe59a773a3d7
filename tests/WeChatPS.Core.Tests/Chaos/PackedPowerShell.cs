using System;
using System.Collections.Generic;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>The PowerShell and the packed module that <c>build.sh</c> names in the environment.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its first arguments.</param>
/// <param name="Module">The folder of the packed module.</param>
internal sealed record PackedPowerShell(string Program, IReadOnlyList<string> Arguments, string Module)
{
    /// <summary>A script that receives and lists what it handled (<see cref="HandledMessages"/>).</summary>
    public const string Receiver = $$"""
        param($Module, $Endpoint, $Store, $Handled)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module
        $login = if (Test-Path "$Store/receiver/session.json") { 'Resume' } else { 'Qr' }
        $null = Connect-WeChat -Name receiver -Endpoint $Endpoint -StorePath $Store -Login $login -QrCode None 6> $null
        $file = [IO.FileStream]::new($Handled, 'Append', 'Write', 'ReadWrite', 0)
        Receive-WeChatMessage -OfflineTimeoutSec 60 | Where-Object Text -Match '#(\d+)$' | ForEach-Object {
            $line = [Text.Encoding]::ASCII.GetBytes(('{{HandledMessages.LineFormat}}' -f [int]$Matches[1], $_.DeliveryCount) + "`n")
            $file.Write($line, 0, $line.Length)

            # Somebody has work to do, so that a kill finds something in flight.
            [Threading.Thread]::Sleep(5)
        }
        """;

    /// <exception cref="InvalidOperationException">It was not started by <c>build.sh</c>.</exception>
    public static PackedPowerShell FromEnvironment()
    {
        string engine = Variable("WECHATPS_PWSH");
        string[] usual = ["-NoLogo", "-NoProfile", "-NonInteractive"];
        return engine.EndsWith(".dll", StringComparison.Ordinal)
            ? new PackedPowerShell("dotnet", [engine, .. usual], Variable("WECHATPS_MODULE"))
            : new PackedPowerShell(engine, usual, Variable("WECHATPS_MODULE"));
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set: run this through build.sh.");
}
