# Runs test files by Pester.
# -Result: a file for the counts, one "name=number" a line.
# -Part and -Of: of a folder's files each so-manieth one only, for several processes that share them.
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string[]] $Path,
    [string] $Result,
    [int] $Part = 1,
    [int] $Of = 1
)
$ErrorActionPreference = 'Stop'

if ($Of -gt 1) {
    $files = [string[]](Get-ChildItem -Path $Path -Filter *.Tests.ps1 | Sort-Object -Property FullName | ForEach-Object FullName)
    $Path = for ($i = $Part - 1; $i -lt $files.Count; $i += $Of) { $files[$i] }
}

Import-Module -Name $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

if ($Result) {
    [IO.File]::WriteAllLines($Result, [string[]]@(
        "passed=$($run.PassedCount)"
        "failed=$($run.FailedCount)"
        "skipped=$($run.SkippedCount + $run.InconclusiveCount)"
        "blocks=$($run.FailedBlocksCount)"
        "files=$($run.FailedContainersCount)"
    ))
}
exit [int]($run.Result -ne 'Passed')
