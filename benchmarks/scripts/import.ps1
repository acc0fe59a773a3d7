# Imports a module.
param([string] $Module)
. "$PSScriptRoot/common.ps1"

$clock = [Diagnostics.Stopwatch]::StartNew()
Import-Module -Name $Module
Write-Figure @{ seconds = $clock.Elapsed.TotalSeconds }
