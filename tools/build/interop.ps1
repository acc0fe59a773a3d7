# The interop suite: a public JavaScript client against the emulator's console.

function Start-InteropTest { }

function Complete-InteropTest($Suite) {
    [Console]::Out.WriteLine("== $($Suite.Name)")
    if (-not (Test-Node)) {
        [Console]::Out.WriteLine('interop was skipped: it needs Node 18 or newer, and npm.')
        return New-Summary $Suite.Name -Skipped 1
    }

    $summary = New-Summary $Suite.Name -Failed 1
    $paths = $ExecutionContext.SessionState.Path
    $paths.PushCurrentLocation('interop')
    $emulator = $null
    try {
        $null = $paths.SetLocation($Suite.Path)
        & npm ci --no-audit --no-fund --loglevel=error | ForEach-Object { [Console]::Out.WriteLine($_) }
        if ($LASTEXITCODE -ne 0) { return $summary }

        $emulator = Start-EmulatorConsole
        $env:WECHAT_EMULATOR = $emulator.Address
        $last = ''
        & node run.mjs | ForEach-Object {
            if ($_ -match '^(\d+) passed, (\d+) failed$') { $last = $_ } else { [Console]::Out.WriteLine($_) }
        }
        $code = $LASTEXITCODE
        if ($last -match '^(\d+) passed, (\d+) failed$') {
            $summary = New-Summary $Suite.Name -Passed $Matches[1] -Failed $Matches[2]
            if ($code -ne 0 -and $summary.Failed -eq 0) { $summary.Failed = 1 }
        }
        $summary
    } finally {
        if ($emulator) { Stop-EmulatorConsole $emulator }
        $null = $paths.PopLocation('interop')
    }
}

function Test-Node {
    foreach ($name in 'node', 'npm') {
        if (-not (Get-Command -Name $name -CommandType Application -ErrorAction Ignore)) { return $false }
    }
    [version]((& node --version) -replace '^v') -ge [version]'18.0'
}

# On a free port, which its first line names.
function Start-EmulatorConsole {
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.ArgumentList.Add([IO.Path]::Combine($output, 'WeChatPS', 'bin', 'WeChatPS.Emulator.dll'))
    foreach ($argument in '--port', '0', '--quiet') { $start.ArgumentList.Add($argument) }
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
