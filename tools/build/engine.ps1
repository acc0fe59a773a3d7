# The command line that starts another engine like this one. A .NET tool runs in dotnet, an installed PowerShell in a program of its own.
function Get-EngineCommand {
    [Environment]::ProcessPath
    if ([IO.Path]::GetFileNameWithoutExtension([Environment]::ProcessPath) -eq 'dotnet') { [IO.Path]::Combine($PSHOME, 'pwsh.dll') }
    '-NoLogo', '-NoProfile'
}
