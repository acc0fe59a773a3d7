# Starts another engine like this one and says what it wrote and how it ended.
. ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'tools', 'build', 'engine.ps1'))

function Invoke-Engine {
    $command, $options = Get-EngineCommand
    $start = [Diagnostics.ProcessStartInfo]::new($command, [string[]]($options + '-NonInteractive' + $args))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        if ($StandardInput) { $process.StandardInput.Write($StandardInput) }
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $text = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        @{
            Output = $text.Replace("`r`n", "`n").TrimEnd()
            Error = $errors.Result.Replace("`r`n", "`n").TrimEnd()
            ExitCode = $process.ExitCode
        }
    } finally {
        $process.Dispose()
    }
}
