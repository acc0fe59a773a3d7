# Sleeps until it is stopped.
. "$PSScriptRoot/common.ps1"

[Console]::Out.WriteLine('asleep')
Start-Sleep -Seconds 3600
