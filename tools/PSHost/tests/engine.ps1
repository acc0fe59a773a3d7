# Starts another engine like this one and says what it wrote and how it ended.
function Invoke-Engine {
    $own = [IO.Path]::Combine($PSHOME, 'PSHost.dll')
    $start = [Diagnostics.ProcessStartInfo]::new($(if ([IO.File]::Exists($own)) { 'dotnet' } else { [Environment]::ProcessPath }))
    if ([IO.File]::Exists($own)) { $start.ArgumentList.Add($own) }
    foreach ($argument in @('-NoProfile', '-NonInteractive') + $args) { $start.ArgumentList.Add($argument) }
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
