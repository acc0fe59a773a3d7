# Receives what waits at the server.
param([uri] $Endpoint, [string] $Store, [int] $Count)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

$null = Connect-WeChat -Endpoint $Endpoint -StorePath $Store -NonInteractive
$clock = [Diagnostics.Stopwatch]::StartNew()
$received = 0
Receive-WeChatMessage -MaxCount $Count | ForEach-Object { $received++ }
$seconds = $clock.Elapsed.TotalSeconds
if ($received -ne $Count) { throw "$received messages came, not $Count." }
Write-Figure @{ seconds = $seconds }
