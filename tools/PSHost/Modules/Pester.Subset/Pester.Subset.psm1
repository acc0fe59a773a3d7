# The blocks of a test file, found in a first pass (discovery) and run in a second, as Pester 5 does.
# Uses nothing but the engine: no cmdlet of Microsoft.PowerShell.Utility or .Management.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

. ([IO.Path]::Combine($PSScriptRoot, 'Should.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'Scope.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'Discovery.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'Execution.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'Report.ps1'))

# The block that is being discovered; null while tests run.
$script:block = $null
$script:callerState = $null

function Invoke-PesterSubset {
    [CmdletBinding()]
    param(
        # Test files, or folders with *.Tests.ps1 in them.
        [Parameter(Mandatory, Position = 0)] [string[]] $Path,
        [string[]] $Tag = @(),
        [string[]] $ExcludeTag = @(),
        # Wildcards for the names of tests, from the outermost block on, joined with dots.
        [string[]] $FullName = @(),
        [switch] $PassThru
    )

    $script:callerState = $PSCmdlet.SessionState
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $containers = @(foreach ($file in Get-TestFile $Path) { Find-Test $file })
    $all = @($containers.ForEach{ Get-BlockTest $_.Root })
    foreach ($test in $all) { $test.Selected = Test-Selection $test $Tag $ExcludeTag $FullName }
    Write-Line "Discovery found $($all.Count) tests in $($containers.Count) files."

    foreach ($container in $containers) {
        if (-not $container.Error) { Invoke-Container $container }
        Write-Container $container
    }

    $result = New-Result $containers $all $watch.Elapsed
    Write-Total $result
    if ($PassThru) { $result }
}

function Get-TestFile([string[]] $Path) {
    foreach ($each in $Path) {
        $full = $script:callerState.Path.GetUnresolvedProviderPathFromPSPath($each)
        if ([IO.Directory]::Exists($full)) {
            $files = [IO.Directory]::GetFiles($full, '*.Tests.ps1', 'AllDirectories')
            [Array]::Sort($files, [StringComparer]::Ordinal)
            $files
        } elseif ([IO.File]::Exists($full)) {
            $full
        } else {
            throw [IO.FileNotFoundException]::new("There is no test file or folder '$each'.")
        }
    }
}

function Test-Selection($Test, [string[]] $Tag, [string[]] $ExcludeTag, [string[]] $FullName) {
    $own = @($Test.Tag)
    for ($parent = $Test.Parent; $parent; $parent = $parent.Parent) { $own += $parent.Tag }
    if ($own.Where{ $_ -in $ExcludeTag }.Count -gt 0) { return $false }
    if ($Tag.Count -gt 0 -and $own.Where{ $_ -in $Tag }.Count -eq 0) { return $false }
    $name = Get-FullName $Test
    $FullName.Count -eq 0 -or $FullName.Where{ $name -like $_ }.Count -gt 0
}

function Get-BlockTest($Block) {
    foreach ($child in $Block.Children) {
        if ($child.Kind -eq 'It') { $child } else { Get-BlockTest $child }
    }
}

function New-Result($Containers, $Tests, [timespan] $Duration) {
    $failedBlocks = @($Containers.ForEach{ Get-FailedBlock $_.Root })
    $count = @{}
    foreach ($state in 'Passed', 'Failed', 'Skipped', 'Inconclusive', 'NotRun') {
        $count[$state] = @($Tests.Where{ $_.Result -eq $state }).Count
    }
    $brokenContainers = @($Containers.Where{ $_.Error }).Count
    [pscustomobject]@{
        Result = if ($count.Failed + $failedBlocks.Count + $brokenContainers) { 'Failed' } else { 'Passed' }
        TotalCount = $Tests.Count
        PassedCount = $count.Passed
        FailedCount = $count.Failed
        SkippedCount = $count.Skipped
        InconclusiveCount = $count.Inconclusive
        NotRunCount = $count.NotRun
        FailedBlocksCount = $failedBlocks.Count
        FailedContainersCount = $brokenContainers
        Duration = $Duration
        Tests = $Tests
    }
}

function Get-FailedBlock($Block) {
    if ($Block.Errors.Count -gt 0) { $Block }
    foreach ($child in $Block.Children) {
        if ($child.Kind -ne 'It') { Get-FailedBlock $child }
    }
}
