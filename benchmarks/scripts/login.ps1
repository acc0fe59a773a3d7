# Logs in and leaves the session saved.
param([uri] $Endpoint, [string] $Store)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

$null = Connect-WeChat -Endpoint $Endpoint -StorePath $Store -Login Qr -QrCode None 6>$null
Disconnect-WeChat
