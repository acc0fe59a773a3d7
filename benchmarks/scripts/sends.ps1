# Sends texts, without the pace that spares a real account.
param([uri] $Endpoint, [string] $Store, [int] $Count, [switch] $ByPipeline)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

$null = Connect-WeChat -Endpoint $Endpoint -StorePath $Store -NonInteractive -SendInterval 0
$clock = [Diagnostics.Stopwatch]::StartNew()
if ($ByPipeline) {
    $sent = @(1..$Count | Send-WeChatMessage -To filehelper).Count
} else {
    $sent = @(foreach ($n in 1..$Count) { Send-WeChatMessage -To filehelper -Text "$n" }).Count
}
$seconds = $clock.Elapsed.TotalSeconds
if ($sent -ne $Count) { throw "$sent messages were sent, not $Count." }
Write-Figure @{ seconds = $seconds }
