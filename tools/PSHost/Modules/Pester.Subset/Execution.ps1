# Second pass: the tests that were found and chosen.

function Invoke-Container($Container) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $folder = [IO.Directory]::CreateTempSubdirectory('TestDrive').FullName
    try {
        Invoke-Block $Container.Root @{ TestDrive = $folder }
        # A stray `break` in a test, for one, takes the rest of the file with it.
        $reason = [Exception]::new('The test was not run: something before it ended the run of the file.')
        $lost = [Management.Automation.ErrorRecord]::new($reason, 'TestLost', 'InvalidResult', $null)
        foreach ($test in Get-BlockTest $Container.Root) { if ($test.Result -eq 'NotRun') { Set-Failed $test $lost } }
    } finally {
        [IO.Directory]::Delete($folder, $true)
        $Container.Duration = $watch.Elapsed
    }
}

function Invoke-Block($Block, [hashtable] $Variables = @{}) {
    $tests = @(Get-BlockTest $Block)
    # No hook runs for nothing.
    if ($tests.Where{ $_.Selected -and -not (Test-Skipped $_) }.Count -eq 0) {
        foreach ($test in $tests) { if ($test.Selected) { $test.Result = 'Skipped' } }
        return
    }

    if ($Block.HasData) { $Variables += Get-DataVariable $Block.Data }
    Invoke-Frame @{
        Node = $Block; Variables = $Variables; Setup = $Block.BeforeAll; Teardown = $Block.AfterAll; Errors = $Block.Errors
        Next = {
            param($Block)
            foreach ($child in $Block.Children) {
                if ($Block.Errors.Count -gt 0) { Set-Failed $child $Block.Errors[0] }
                elseif ($child.Kind -eq 'It') { Invoke-Test $child }
                else { Invoke-Block $child }
            }
        }
    }
}

function Invoke-Test($Test) {
    if (-not $Test.Selected) { return }
    if (Test-Skipped $Test) {
        $Test.Result = 'Skipped'
        return
    }

    $watch = [Diagnostics.Stopwatch]::StartNew()
    $before = @()
    $after = @()
    for ($parent = $Test.Parent; $parent; $parent = $parent.Parent) {
        $before = @($parent.BeforeEach) + $before
        $after += @($parent.AfterEach)
    }
    Invoke-Frame @{
        Variables = $(if ($Test.HasData) { Get-DataVariable $Test.Data } else { @{} })
        Parameters = Get-DataParameter $Test.Body $Test.Data
        Node = $Test; Setup = $before; Body = $Test.Body; Teardown = $after; Errors = $Test.Errors
    }
    $Test.Duration = $watch.Elapsed
    Set-Outcome $Test
}

function Set-Outcome($Test) {
    $first = if ($Test.Errors.Count -gt 0) { $Test.Errors[0] }
    if (-not $first) { $Test.Result = 'Passed' }
    elseif ($Test.Errors.Count -eq 1 -and $first.FullyQualifiedErrorId -like 'PesterTest*') {
        $Test.Result = if ($first.FullyQualifiedErrorId -like 'PesterTestSkipped*') { 'Skipped' } else { 'Inconclusive' }
        $Test.Reason = $first.Exception.Message
    } else { $Test.Result = 'Failed' }
}

function Set-Failed($Block, $Reason) {
    foreach ($test in $(if ($Block.Kind -eq 'It') { $Block } else { Get-BlockTest $Block })) {
        if (-not $test.Selected) { continue }
        if (Test-Skipped $test) { $test.Result = 'Skipped'; continue }
        $test.Result = 'Failed'
        $test.Errors.Add($Reason)
    }
}

function Test-Skipped($Test) {
    for ($each = $Test; $each; $each = $each.Parent) { if ($each.Skip) { return $true } }
    $false
}

function Set-ItResult {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Inconclusive')] [switch] $Inconclusive,
        [Parameter(Mandatory, ParameterSetName = 'Skipped')] [switch] $Skipped,
        [string] $Because = ''
    )
    $message = "is $($PSCmdlet.ParameterSetName.ToLowerInvariant())"
    if ($Because) { $message += ", because $Because" }
    $PSCmdlet.ThrowTerminatingError([Management.Automation.ErrorRecord]::new(
        [Exception]::new($message), "PesterTest$($PSCmdlet.ParameterSetName)", 'InvalidResult', $null))
}
