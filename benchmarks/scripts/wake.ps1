# Receives messages whose text is the clock at the moment when the server took them. One clock serves both processes.
param([uri] $Endpoint, [string] $Store, [int] $Count)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

$null = Connect-WeChat -Endpoint $Endpoint -StorePath $Store -NonInteractive
$wakes = [Collections.Generic.List[double]]::new($Count)
Receive-WeChatMessage -MaxCount $Count | ForEach-Object {
    $wakes.Add([Diagnostics.Stopwatch]::GetElapsedTime([long] $_.Text).TotalMilliseconds)
}
Write-Figure @{ wakes = $wakes }
