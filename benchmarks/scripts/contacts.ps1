# Reads the whole address book from the server.
param([uri] $Endpoint, [string] $Store, [int] $Count)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

$null = Connect-WeChat -Endpoint $Endpoint -StorePath $Store -NonInteractive
$clock = [Diagnostics.Stopwatch]::StartNew()
$contacts = @(Get-WeChatContact -Refresh).Count
$seconds = $clock.Elapsed.TotalSeconds
if ($contacts -lt $Count) { throw "Only $contacts contacts came." }
Write-Figure @{ seconds = $seconds }
