# What the tasks share. $root, $output and $artifacts are build.ps1's.

# Nothing is left running behind a build, and nobody is called home.
$env:MSBUILDDISABLENODEREUSE = '1'
$env:DOTNET_CLI_USE_MSBUILD_SERVER = '0'
$env:UseSharedCompilation = 'false'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$env:POWERSHELL_TELEMETRY_OPTOUT = '1'

function Assert-Sdk {
    $found = Get-Command -Name dotnet -CommandType Application -ErrorAction Ignore
    if ($found) {
        # In the folder of global.json, which names the version.
        $start = [Diagnostics.ProcessStartInfo]::new('dotnet', '--version')
        $start.WorkingDirectory = $root
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        $null = $process.StandardOutput.ReadToEndAsync()
        $null = $process.StandardError.ReadToEnd()
        $process.WaitForExit()
        if ($process.ExitCode -eq 0) { return }
    }
    throw "The .NET SDK 10 is needed: install it from https://dotnet.microsoft.com/download/dotnet/10.0 " +
        "and see that 'dotnet' is on the PATH."
}

function Add-OutputToModulePath {
    $env:PSModulePath = $output + [IO.Path]::PathSeparator + $env:PSModulePath
}

# Runs in a process of its own, with our standard input and output, and ends with its exit code.
function Invoke-Script([string]$File, [object[]]$Arguments) {
    if (-not [IO.File]::Exists([IO.Path]::GetFullPath($File, $PWD.ProviderPath))) { throw "There is no script '$File'." }
    Add-OutputToModulePath
    $command, $options = Get-EngineCommand
    & $command @options -File $File @Arguments
    exit $LASTEXITCODE
}

function Invoke-Shell {
    Add-OutputToModulePath
    $command, $options = Get-EngineCommand
    & $command @options -NoExit -Command 'Import-Module WeChatPS'
    exit $LASTEXITCODE
}

function Remove-Output {
    foreach ($folder in $output, $artifacts) {
        if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
    }
}
