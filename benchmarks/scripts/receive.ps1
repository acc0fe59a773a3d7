# Receives until it is stopped.
param([uri] $Endpoint, [string] $Store)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

$null = Connect-WeChat -Endpoint $Endpoint -StorePath $Store -NonInteractive
Receive-WeChatMessage
