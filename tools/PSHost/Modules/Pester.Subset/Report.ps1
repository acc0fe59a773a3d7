# What is said of a run, like Pester's normal verbosity: the failures of each file, the file, the totals.

function Write-Line([string] $Text, [ConsoleColor] $Color = 'Gray') {
    if ($Color -eq 'Gray') { $Host.UI.WriteLine($Text) } else { $Host.UI.WriteLine($Color, $Host.UI.RawUI.BackgroundColor, $Text) }
}

function Write-Container($Container) {
    if ($Container.Error) {
        Write-Line "[-] Discovery in $($Container.File) failed with:" Red
        Write-Failure $Container.Error $Container.File
        return
    }

    foreach ($failed in @(Get-FailedBlock $Container.Root)) {
        Write-Line "[-] $($failed.Kind) $(Get-FullName $failed) failed in a BeforeAll or AfterAll" Red
        foreach ($reason in $failed.Errors) { Write-Failure $reason $Container.File }
    }

    $tests = @(Get-BlockTest $Container.Root)
    foreach ($test in $tests) {
        switch ($test.Result) {
            'Failed' {
                Write-Line "[-] $(Get-FullName $test) $(Format-Duration $test.Duration)" Red
                foreach ($reason in $test.Errors) { Write-Failure $reason $Container.File }
            }
            'Inconclusive' { Write-Line "[?] $(Get-FullName $test) $($test.Reason)" Yellow }
            'Skipped' { if ($test.Reason) { Write-Line "[!] $(Get-FullName $test) $($test.Reason)" Yellow } }
        }
    }

    $ok = @($tests.Where{ $_.Result -eq 'Failed' }).Count -eq 0
    $sign, $color = if ($ok) { '+', 'Green' } else { '-', 'Red' }
    Write-Line "[$sign] $($Container.File) $(Format-Duration $Container.Duration)" $color
}

function Write-Failure([Management.Automation.ErrorRecord] $Reason, [string] $File) {
    $isAssertion = $Reason.FullyQualifiedErrorId -like 'PesterAssertionFailed*'
    $message = if ($isAssertion) { $Reason.Exception.Message } else { "$($Reason.Exception.GetType().Name): $Reason" }
    foreach ($line in $message -split '\r?\n') { Write-Line " $line" Red }
    # The frames in the test file; those of the runner tell nobody anything.
    $frames = @("$($Reason.ScriptStackTrace)" -split '\r?\n').Where{ $_.Contains($File) }
    if ($frames.Count -gt 0) { Write-Line " $($frames[0])" }
    elseif ($Reason.InvocationInfo) { Write-Line " $($Reason.InvocationInfo.PositionMessage)" }
}

function Write-Total($Result) {
    Write-Line "Tests completed in $(Format-Duration $Result.Duration)"
    $color = if ($Result.Result -eq 'Failed') { 'Red' } else { 'Green' }
    $total = "Tests Passed: $($Result.PassedCount), Failed: $($Result.FailedCount), Skipped: $($Result.SkippedCount), " +
        "Inconclusive: $($Result.InconclusiveCount), NotRun: $($Result.NotRunCount)"
    Write-Line $total $color
    if ($Result.FailedContainersCount) { Write-Line "Files that failed in discovery: $($Result.FailedContainersCount)" Red }
    if ($Result.FailedBlocksCount) { Write-Line "Blocks that failed: $($Result.FailedBlocksCount)" Red }
}

function Format-Duration([timespan] $Duration) {
    if ($Duration.TotalSeconds -lt 1) { return "$([int]$Duration.TotalMilliseconds)ms" }
    $Duration.TotalSeconds.ToString('0.0', [cultureinfo]::InvariantCulture) + 's'
}
