# Runs test files by Pester 5 where it is installed for a real pwsh, and by the bundled runner otherwise.
# -Result: a file for the counts, one "name=number" a line.
# -Part and -Of: of a folder's files each so-manieth one only, for several processes that share them.
param(
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

# Pester wants the cmdlets of pwsh themselves, which the host of this project only imitates.
$pester = if ($Host.Name -ne 'PSHost') { Get-Module -ListAvailable -Name Pester | Where-Object Version -GE '5.0.0' }
if ($pester) {
    Import-Module -Name Pester -MinimumVersion 5.0.0
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $run = Invoke-Pester -Configuration $configuration
} else {
    Import-Module -Name ([IO.Path]::Combine($PSScriptRoot, 'Modules', 'Pester.Subset', 'Pester.Subset.psd1'))
    $run = Invoke-PesterSubset -Path $Path -PassThru
}

if ($Result) {
    [IO.File]::WriteAllLines($Result, [string[]]@(
        "passed=$($run.PassedCount)"
        "failed=$($run.FailedCount)"
        "skipped=$($run.SkippedCount + $run.InconclusiveCount)"
        "inconclusive=$($run.InconclusiveCount)"
        "blocks=$($run.FailedBlocksCount)"
        "files=$($run.FailedContainersCount)"
    ))
}
exit [int]($run.Result -ne 'Passed')
