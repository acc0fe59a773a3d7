# Starts another engine like this one and says what it wrote and how it ended.
. ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'tools', 'build', 'engine.ps1'))

# The process, for tests that end it themselves.
function Start-Engine {
    $command, $options = Get-EngineCommand
    $start = [Diagnostics.ProcessStartInfo]::new($command, [string[]]($options + '-NonInteractive' + $args))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    [Diagnostics.Process]::Start($start)
}

function Invoke-Engine {
    $process = Start-Engine @args
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
