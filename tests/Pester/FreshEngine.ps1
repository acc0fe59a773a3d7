# Runs PowerShell in a process of its own: the engine that runs the tests, without a profile, with the module found by its name.
$engine = if ([IO.Path]::GetFileNameWithoutExtension([Environment]::ProcessPath) -eq 'dotnet') {
    @([Environment]::ProcessPath, [IO.Path]::Combine($PSHOME, 'pwsh.dll'))
} else { @([Environment]::ProcessPath) }

function Start-FreshEngine([string[]] $Arguments) {
    $start = [Diagnostics.ProcessStartInfo]::new($engine[0])
    foreach ($argument in @($engine | Select-Object -Skip 1) + '-NoProfile' + '-NonInteractive' + $Arguments) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.Environment['PSModulePath'] = [IO.Path]::GetDirectoryName((Get-Module WeChatPS).ModuleBase)
    $start.Environment['NO_COLOR'] = '1'
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $process
}

# What a process wrote, and its exit code.
function Invoke-FreshEngine([string[]] $Arguments) {
    $process = Start-FreshEngine $Arguments
    try {
        $failures = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject]@{ Output = $output; Error = $failures.Result; ExitCode = $process.ExitCode }
    }
    finally { $process.Dispose() }
}
