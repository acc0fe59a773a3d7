# Runs the test files of a folder by Pester. Several processes share the files: each takes the next one that no other has claimed.
# -Claims: a folder in which a file is created for each test file that a process takes.
# -Result: a file for the counts, one "name=number" a line.
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Claims,
    [Parameter(Mandatory)] [string] $Result
)
$ErrorActionPreference = 'Stop'

function Test-Claim([string]$Name) {
    try { [IO.File]::Open((Join-Path $Claims $Name), 'CreateNew').Dispose() } catch [IO.IOException] { return $false }
    $true
}

Import-Module -Name $Pester
$configuration = New-PesterConfiguration
$configuration.Run.PassThru = $true
$configuration.Output.RenderMode = 'Plaintext'
$count = [ordered]@{ passed = 0; failed = 0; skipped = 0; blocks = 0; files = 0 }
$code = 0
foreach ($file in Get-ChildItem -LiteralPath $Path -Filter *.Tests.ps1 | Sort-Object -Property Name) {
    if (-not (Test-Claim $file.Name)) { continue }
    $configuration.Run.Path = $file.FullName
    $run = Invoke-Pester -Configuration $configuration
    $count.passed += $run.PassedCount
    $count.failed += $run.FailedCount
    $count.skipped += $run.SkippedCount + $run.InconclusiveCount
    $count.blocks += $run.FailedBlocksCount
    $count.files += $run.FailedContainersCount
    if ($run.Result -ne 'Passed') { $code = 1 }
}
[IO.File]::WriteAllLines($Result, [string[]]$count.GetEnumerator().ForEach{ "$($_.Key)=$($_.Value)" })
exit $code
