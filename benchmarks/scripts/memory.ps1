# Receives many messages in one stream, and reads the memory ten times on the way.
param([uri] $Endpoint, [string] $Store, [int] $Count)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

$null = Connect-WeChat -Endpoint $Endpoint -StorePath $Store -NonInteractive
$every = $Count / 10
$received = 0
$readings = @(Receive-WeChatMessage -MaxCount $Count | ForEach-Object { if (++$received % $every -eq 0) { Read-Memory } })
Write-Figure @{ heaps = @($readings.Heap); workingSets = @($readings.WorkingSet) }
