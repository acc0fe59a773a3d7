# A scheduled task: resumes the session, answers what has come, and is gone.
param([uri] $Endpoint, [string] $Store, [int] $Count)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

$null = Connect-WeChat -Endpoint $Endpoint -StorePath $Store -NonInteractive -SendInterval 0
$answers = @(Receive-WeChatMessage -NoWait | Send-WeChatMessage -Text '收到').Count
Disconnect-WeChat
if ($answers -ne $Count) { throw "$answers messages were answered, not $Count." }
Write-Figure @{}
