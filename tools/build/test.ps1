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
        Build-Module
    } catch {
        [Console]::Error.WriteLine($_.Exception.Message)
        return Write-Summary @(New-Summary 'pack' -Failed 1)
    }
    Add-OutputToModulePath
    Write-Summary @(foreach ($suite in $suites) { Invoke-Suite $suite })
}

function Get-Suite {
    foreach ($project in Get-TestProject) {
        @{ Name = [IO.Path]::GetFileNameWithoutExtension($project); Command = 'Invoke-DotNetTest'; Path = $project }
    }
    $pester = [IO.Path]::Combine($root, 'tests', 'Pester')
    if ([IO.Directory]::Exists($pester)) { @{ Name = 'Pester'; Command = 'Invoke-PesterTest'; Path = $pester; Parts = 3 } }
    $interop = [IO.Path]::Combine($root, 'tests', 'interop')
    if ([IO.Directory]::Exists($interop)) { @{ Name = 'interop'; Command = 'Invoke-InteropTest'; Path = $interop } }
}

function Get-TestProject {
    $tests = [IO.Path]::Combine($root, 'tests')
    if (-not [IO.Directory]::Exists($tests)) { return }
    $projects = [IO.Directory]::GetFiles($tests, '*.Tests.csproj', 'AllDirectories')
    [Array]::Sort($projects, [StringComparer]::Ordinal)
    $projects
}

function Invoke-Suite($Suite) {
    [Console]::Out.WriteLine("== $($Suite.Name)")
    try {
        $summary = & $Suite.Command $Suite
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

function New-Summary([string]$Name, [int]$Passed = 0, [int]$Failed = 0, [int]$Skipped = 0) {
    @{ Name = $Name; Passed = $Passed; Failed = $Failed; Skipped = $Skipped }
}

function Invoke-DotNetTest($Suite) {
    $folder = [IO.Path]::Combine($results, $Suite.Name)
    $options = '-c', 'Release', '--nologo', '-v', 'quiet', '-nodeReuse:false'
    $options += '--logger', 'trx', '--logger', 'console;verbosity=quiet', '--results-directory', $folder
    # A test that hangs is named and ends its suite, instead of holding up everything for ever.
    $options += '--blame-hang-timeout', '5m', '--blame-hang-dump-type', 'none'
    & dotnet test $Suite.Path @options | ForEach-Object {
        if ($_ -and $_ -notmatch '^(Test run for|A total of|Results File|Starting test|VSTest)') { [Console]::Out.WriteLine($_) }
    }
    $code = $LASTEXITCODE
    $summary = New-Summary $Suite.Name
    foreach ($file in $(if ([IO.Directory]::Exists($folder)) { [IO.Directory]::GetFiles($folder, '*.trx') })) {
        $trx = [Xml.XmlDocument]::new()
        $trx.Load($file)
        foreach ($outcome in $trx.GetElementsByTagName('UnitTestResult').ForEach{ $_.GetAttribute('outcome') }) {
            switch ($outcome) {
                'Passed' { $summary.Passed++ }
                'NotExecuted' { $summary.Skipped++ }
                default { $summary.Failed++ }
            }
        }
    }
    # It did not build, or the process broke down.
    if ($code -ne 0 -and $summary.Failed -eq 0) { $summary.Failed = 1 }
    $summary
}

function Invoke-PesterTest($Suite) {
    $pester = Get-PesterPath
    # the tests mostly wait for something, so several processes share the files
    $runs = @(foreach ($part in 1..$Suite.Parts) { Start-PesterPart $Suite $pester $part })
    $count = @{ passed = 0; failed = 0; skipped = 0; inconclusive = 0; blocks = 0; files = 0 }
    $code = 0
    foreach ($run in $runs) {
        [Console]::Out.Write($run.Text.GetAwaiter().GetResult())
        $run.Process.WaitForExit()
        $code = [Math]::Max($code, $run.Process.ExitCode)
        $run.Process.Dispose()
        foreach ($line in $(if ([IO.File]::Exists($run.Result)) { [IO.File]::ReadAllLines($run.Result) })) {
            $key, $value = $line.Split('=')
            $count[$key] += [int]$value
        }
    }
    $failed = $count.failed + $count.files
    if ($failed -eq 0 -and ($count.blocks -gt 0 -or $code -ne 0)) { $failed = [Math]::Max(1, $count.blocks) }
    New-Summary $Suite.Name -Passed $count.passed -Failed $failed -Skipped $count.skipped
}

# NuGet brings it: nothing is installed for the user.
function Get-PesterPath {
    $project = [IO.Path]::Combine($root, 'tools', 'build', 'pester.csproj')
    $path = & dotnet msbuild $project -restore -t:Locate -getProperty:PesterPath -nologo
    if ($LASTEXITCODE -ne 0) { throw "Pester cannot be restored:`n$($path -join "`n")" }
    $path
}

function Start-PesterPart($Suite, [string]$Pester, [int]$Part) {
    $result = [IO.Path]::Combine($results, "$($Suite.Name).$Part.txt")
    $command, $options = Get-EngineCommand
    $options += '-NonInteractive', '-File', [IO.Path]::Combine($root, 'tools', 'build', 'run-pester.ps1')
    $options += '-Pester', $Pester, '-Path', $Suite.Path, '-Result', $result, '-Part', $Part, '-Of', $Suite.Parts
    $start = [Diagnostics.ProcessStartInfo]::new($command, [string[]]$options)
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    @{ Process = $process; Text = $process.StandardOutput.ReadToEndAsync(); Result = $result }
}

function Write-Summary($Summaries) {
    $total = New-Summary 'total'
    [Console]::Out.WriteLine('')
    foreach ($summary in $Summaries) {
        [Console]::Out.WriteLine((Format-Summary $summary "$($summary.Name): "))
        foreach ($key in 'Passed', 'Failed', 'Skipped') { $total[$key] += $summary[$key] }
    }
    [Console]::Out.WriteLine((Format-Summary $total ''))
    [int]($total.Failed -gt 0)
}

function Format-Summary($Summary, [string]$Prefix) {
    $text = "$Prefix$($Summary.Passed) passed, $($Summary.Failed) failed"
    if ($Summary.Skipped -gt 0) { $text += ", $($Summary.Skipped) skipped" }
    $text
}
