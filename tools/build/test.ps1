# Runs every suite and adds up what they counted themselves: trx files of dotnet test, counts of Pester, the last line of the interop test.

$results = [IO.Path]::Combine($artifacts, 'test-results')

# Returns the exit code.
function Invoke-Tests([string[]]$Wanted) {
    $suites = @(Get-Suite)
    $unknown = @($Wanted.Where{ $_ -notin $suites.Name })
    if ($unknown.Count -gt 0) { throw "There is no suite '$($unknown[0])'. There are: $($suites.Name -join ', ')." }
    if ($Wanted.Count -gt 0) { $suites = @($suites.Where{ $_.Name -in $Wanted }) }

    if ([IO.Directory]::Exists($results)) { [IO.Directory]::Delete($results, $true) }
    $null = [IO.Directory]::CreateDirectory($results)
    $env:WECHATPS_MODULE = [IO.Path]::Combine($output, 'WeChatPS')
    $env:WECHATPS_PWSH = @(Get-EngineCommand).Where{ $_ -notlike '-*' }[-1]

    try {
        # CI tests the package that it publishes.
        if ($env:WECHATPS_NUPKG) { Expand-Package $env:WECHATPS_NUPKG } else { Build-Package }
        Build-TestProject $suites
    } catch {
        [Console]::Error.WriteLine($_.Exception.Message)
        return Write-Summary @(New-Summary 'build' -Failed 1)
    }
    Add-OutputToModulePath
    # Most tests wait for something, so all suites run at once.
    foreach ($suite in $suites) { $suite.Runs = @(& "Start-$($suite.Kind)" $suite) }
    Write-Summary @(foreach ($suite in $suites) { Complete-Suite $suite })
}

function Get-Suite {
    $tests = [IO.Path]::Combine($root, 'tests')
    # first, because it runs in this process while the others run in theirs
    @{ Name = 'interop'; Kind = 'InteropTest'; Path = [IO.Path]::Combine($tests, 'interop') }
    foreach ($project in Get-TestProject) {
        @{ Name = [IO.Path]::GetFileNameWithoutExtension($project); Kind = 'DotNetTest'; Path = $project }
    }
    @{ Name = 'Pester'; Kind = 'PesterTest'; Path = [IO.Path]::Combine($tests, 'Pester'); Processes = 5 }
}

function Get-TestProject {
    $projects = [IO.Directory]::GetFiles([IO.Path]::Combine($root, 'tests'), '*.Tests.csproj', 'AllDirectories')
    [Array]::Sort($projects, [StringComparer]::Ordinal)
    $projects
}

# One build of the whole solution is shorter than one of each project.
function Build-TestProject($Suites) {
    if (-not $Suites.Where{ $_.Kind -eq 'DotNetTest' }) { return }
    $solution = [IO.Path]::Combine($root, 'WeChatPS.slnx')
    & dotnet build $solution -c Release -nologo -v:quiet '-clp:ErrorsOnly;NoSummary' -nodeReuse:false | ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { throw 'The tests do not build; the errors are above.' }
}

function Complete-Suite($Suite) {
    try {
        $summary = & "Complete-$($Suite.Kind)" $Suite
    } catch {
        [Console]::Error.WriteLine($_.Exception.Message)
        $summary = New-Summary $Suite.Name -Failed 1
    }
    # A suite that ran nothing proves nothing.
    if ($summary.Passed + $summary.Failed + $summary.Skipped -eq 0) {
        [Console]::Out.WriteLine("$($Suite.Name) ran no test.")
        $summary.Failed = 1
    }
    $summary
}

# Starts a process whose output is kept until its suite is reported.
function Start-Run([string]$Command, [string[]]$Arguments) {
    $start = [Diagnostics.ProcessStartInfo]::new($Command, $Arguments)
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    @{ Process = $process; Text = $process.StandardOutput.ReadToEndAsync() }
}

# Waits for the processes of a suite, shows what they wrote, and returns the highest exit code.
function Wait-Run($Suite, [string]$Except) {
    $code = 0
    [Console]::Out.WriteLine("== $($Suite.Name)")
    foreach ($run in $Suite.Runs) {
        foreach ($line in $run.Text.GetAwaiter().GetResult().Split("`n")) {
            if ($line.Trim() -and ($Except -eq '' -or $line -notmatch $Except)) { [Console]::Out.WriteLine($line.TrimEnd()) }
        }
        $run.Process.WaitForExit()
        $code = [Math]::Max($code, $run.Process.ExitCode)
        $run.Process.Dispose()
    }
    $code
}

function New-Summary([string]$Name, [int]$Passed = 0, [int]$Failed = 0, [int]$Skipped = 0) {
    @{ Name = $Name; Passed = $Passed; Failed = $Failed; Skipped = $Skipped; Failures = @() }
}

function Start-DotNetTest($Suite) {
    $options = 'test', $Suite.Path, '-c', 'Release', '--no-build', '--nologo', '-v', 'quiet', '-nodeReuse:false'
    $options += '--logger', 'trx', '--logger', 'console;verbosity=quiet', '--results-directory', [IO.Path]::Combine($results, $Suite.Name)
    # A test that hangs is named and ends its suite, instead of holding up everything for ever.
    $options += '--blame-hang-timeout', '5m', '--blame-hang-dump-type', 'none'
    Start-Run dotnet $options
}

function Complete-DotNetTest($Suite) {
    $code = Wait-Run $Suite -Except '^(Test run for|A total of|Results File|Starting test|VSTest)'
    $folder = [IO.Path]::Combine($results, $Suite.Name)
    $summary = New-Summary $Suite.Name
    foreach ($file in $(if ([IO.Directory]::Exists($folder)) { [IO.Directory]::GetFiles($folder, '*.trx') })) {
        $trx = [Xml.XmlDocument]::new()
        $trx.Load($file)
        foreach ($test in $trx.GetElementsByTagName('UnitTestResult')) {
            switch ($test.GetAttribute('outcome')) {
                'Passed' { $summary.Passed++ }
                'NotExecuted' { $summary.Skipped++ }
                default {
                    $summary.Failed++
                    $summary.Failures += "$($test.GetAttribute('testName')): $($test.GetElementsByTagName('Message').ForEach{ $_.InnerText })"
                }
            }
        }
    }
    # It did not build, or the process broke down.
    if ($code -ne 0 -and $summary.Failed -eq 0) { $summary.Failed = 1 }
    $summary
}

# Several processes share the files.
function Start-PesterTest($Suite) {
    $pester = Get-PesterPath
    $command, $options = Get-EngineCommand
    $claims = [IO.Path]::Combine($results, 'Pester.claims')
    $null = [IO.Directory]::CreateDirectory($claims)
    foreach ($number in 1..$Suite.Processes) {
        Start-Run $command @(
            $options
            '-NonInteractive', '-File', [IO.Path]::Combine($root, 'tools', 'build', 'run-pester.ps1')
            '-Pester', $pester, '-Path', $Suite.Path, '-Claims', $claims, '-Result', (Get-PesterResult $number)
        )
    }
}

function Complete-PesterTest($Suite) {
    $code = Wait-Run $Suite
    $count = @{ passed = 0; failed = 0; skipped = 0; blocks = 0; files = 0 }
    $failures = @()
    foreach ($result in (1..$Suite.Processes).ForEach{ Get-PesterResult $_ }.Where{ [IO.File]::Exists($_) }) {
        foreach ($line in [IO.File]::ReadAllLines($result)) {
            $key, $value = $line.Split('=', 2)
            if ($key -eq 'failure') { $failures += $value } else { $count[$key] += [int]$value }
        }
    }
    $failed = $count.failed + $count.files
    if ($failed -eq 0 -and ($count.blocks -gt 0 -or $code -ne 0)) { $failed = [Math]::Max(1, $count.blocks) }
    $summary = New-Summary $Suite.Name -Passed $count.passed -Failed $failed -Skipped $count.skipped
    $summary.Failures = $failures
    $summary
}

function Get-PesterResult([int]$Number) { [IO.Path]::Combine($results, "Pester.$Number.txt") }

# NuGet brings it: nothing is installed for the user.
function Get-PesterPath {
    $project = [IO.Path]::Combine($root, 'tools', 'build', 'pester.csproj')
    $path = & dotnet msbuild $project -restore -t:Locate -getProperty:PesterPath -nologo
    if ($LASTEXITCODE -ne 0) { throw "Pester cannot be restored:`n$($path -join "`n")" }
    $path
}

function Write-Summary($Summaries) {
    $total = New-Summary 'total'
    [Console]::Out.WriteLine('')
    # Whoever sees only the end of the output learns what to look for.
    foreach ($failure in $Summaries.ForEach{ $_.Failures }) { [Console]::Out.WriteLine("FAILED $(Limit-Text $failure 2000)") }
    foreach ($summary in $Summaries) {
        [Console]::Out.WriteLine((Format-Summary $summary "$($summary.Name): "))
        foreach ($key in 'Passed', 'Failed', 'Skipped') { $total[$key] += $summary[$key] }
    }
    [Console]::Out.WriteLine((Format-Summary $total ''))
    [int]($total.Failed -gt 0)
}

function Limit-Text([string]$Text, [int]$Length) { $Text.Substring(0, [Math]::Min($Length, $Text.Length)) }

function Format-Summary($Summary, [string]$Prefix) {
    $text = "$Prefix$($Summary.Passed) passed, $($Summary.Failed) failed"
    if ($Summary.Skipped -gt 0) { $text += ", $($Summary.Skipped) skipped" }
    $text
}
