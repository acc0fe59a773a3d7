# What every script costs.
. "$PSScriptRoot/common.ps1"

Write-Figure @{}
