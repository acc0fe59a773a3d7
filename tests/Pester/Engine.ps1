# Starts another engine like this one and says what it wrote and how it ended.
# A caller may set $StandardInput, $EngineEnvironment (a variable without a value is removed) and $EngineWrapper (a command that starts it).
. ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'tools', 'build', 'engine.ps1'))

# The process, for tests that end it themselves.
function Start-Engine {
    $command, $options = @(if ($EngineWrapper) { $EngineWrapper }; Get-EngineCommand)
    $start = [Diagnostics.ProcessStartInfo]::new($command, [string[]]($options + '-NonInteractive' + $args))
    foreach ($name in $(if ($EngineEnvironment) { $EngineEnvironment.Keys })) { $start.Environment[$name] = $EngineEnvironment[$name] }
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
