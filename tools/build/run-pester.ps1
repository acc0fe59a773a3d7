# Runs the test files of a folder by Pester. Several processes share the files: each takes the next one that no other has claimed.
# -Claims: a folder in which a file is created for each test file that a process takes.
# -Result: a file for the counts, one "name=number" a line, and for the failed tests, one "failure=text" a line.
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
# No plain names: the test files see these variables.
$pesterCount = [ordered]@{ passed = 0; failed = 0; skipped = 0; blocks = 0; files = 0 }
$pesterFailures = [Collections.Generic.List[string]]::new()
foreach ($pesterFile in Get-ChildItem -LiteralPath $Path -Filter *.Tests.ps1 | Sort-Object -Property Name) {
    if (-not (Test-Claim $pesterFile.Name)) { continue }
    $configuration.Run.Path = $pesterFile.FullName
    $pesterRun = Invoke-Pester -Configuration $configuration
    $pesterCount.passed += $pesterRun.PassedCount
    $pesterCount.failed += $pesterRun.FailedCount
    $pesterCount.skipped += $pesterRun.SkippedCount + $pesterRun.InconclusiveCount
    $pesterCount.blocks += $pesterRun.FailedBlocksCount
    $pesterCount.files += $pesterRun.FailedContainersCount
    foreach ($pesterFailure in @($pesterRun.Failed) + @($pesterRun.FailedBlocks) + @($pesterRun.FailedContainers)) {
        $pesterFailures.Add("failure=$($pesterFile.Name) $($pesterFailure.ExpandedPath): $($pesterFailure.ErrorRecord -join ' ' -replace '\s+', ' ')")
    }
}
[IO.File]::WriteAllLines($Result, [string[]](@($pesterCount.GetEnumerator().ForEach{ "$($_.Key)=$($_.Value)" }) + $pesterFailures))
exit [int]($pesterCount.failed + $pesterCount.blocks + $pesterCount.files -gt 0)
