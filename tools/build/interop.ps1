# The interop suite: public clients against the emulator's console, each against an emulator of its own.

function Start-InteropTest { }

function Complete-InteropTest($Suite) {
    [Console]::Out.WriteLine("== $($Suite.Name)")
    $sum = New-Summary $Suite.Name
    foreach ($client in 'WeChat4u', 'OpenWeChat', 'ItChat') {
        $summary = & "Test-$client" $Suite.Path
        foreach ($key in 'Passed', 'Failed', 'Skipped') { $sum[$key] += $summary[$key] }
    }
    $sum
}

function Test-WeChat4u([string]$Tests) {
    if (-not (Test-Node)) { return Skip-Client wechat4u 'it needs Node 18 or newer, and npm' }
    $paths = $ExecutionContext.SessionState.Path
    $paths.PushCurrentLocation('interop')
    try {
        $null = $paths.SetLocation($Tests)
        & npm ci --no-audit --no-fund --loglevel=error | ForEach-Object { [Console]::Out.WriteLine($_) }
        if ($LASTEXITCODE -ne 0) { return New-Summary wechat4u -Failed 1 }
        Invoke-Client wechat4u { & node run.mjs }
    } finally {
        $null = $paths.PopLocation('interop')
    }
}

function Test-Node {
    foreach ($name in 'node', 'npm') {
        if (-not (Get-Command -Name $name -CommandType Application -ErrorAction Ignore)) { return $false }
    }
    [version]((& node --version) -replace '^v') -ge [version]'18.0'
}

function Skip-Client([string]$Name, [string]$Reason) {
    [Console]::Out.WriteLine("$Name was skipped: $Reason.")
    New-Summary $Name -Skipped 1
}

# Runs a client, whose last line says how many checks passed.
function Invoke-Client([string]$Name, [scriptblock]$Run, [string[]]$Emulator = @()) {
    [Console]::Out.WriteLine("-- $Name")
    $console = Start-EmulatorConsole $Emulator
    try {
        $env:WECHAT_EMULATOR = $console.Address
        $last = @{ Line = '' }
        & $Run | ForEach-Object {
            if ($_ -match '^\d+ passed, \d+ failed$') { $last.Line = $_ } else { [Console]::Out.WriteLine($_) }
        }
        $code = $LASTEXITCODE
    } finally {
        Stop-EmulatorConsole $console
    }
    if ($last.Line -notmatch '^(\d+) passed, (\d+) failed$') { return New-Summary $Name -Failed 1 }
    $summary = New-Summary $Name -Passed $Matches[1] -Failed $Matches[2]
    if ($code -ne 0 -and $summary.Failed -eq 0) { $summary.Failed = 1 }
    $summary
}

# On a free port, which its first line names.
function Start-EmulatorConsole([string[]]$Options) {
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.ArgumentList.Add([IO.Path]::Combine($output, 'WeChatPS', 'bin', 'WeChatPS.Emulator.dll'))
    foreach ($argument in @('--port', '0', '--quiet') + $Options) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '^listening on (http://\S+)$') {
        Stop-EmulatorConsole @{ Process = $process }
        throw "The emulator's console did not start: $line"
    }
    @{ Process = $process; Address = $Matches[1] }
}

function Stop-EmulatorConsole($Emulator) {
    if (-not $Emulator.Process.HasExited) { $Emulator.Process.Kill($true) }
    $Emulator.Process.WaitForExit()
    $Emulator.Process.Dispose()
}
