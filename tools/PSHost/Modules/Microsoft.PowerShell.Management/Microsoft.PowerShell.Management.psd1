# Stands in for the module of this name that pwsh brings, in the test host alone.
@{
    RootModule = '../../PSHost.Management.dll'
    ModuleVersion = '7.0.0.0'
    GUID = '6d0a3c1e-52b4-4d5c-9f0e-0b1c7f6b3d12'
    Author = 'WeChatPS contributors'
    CompatiblePSEditions = 'Core'
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @(
        'Add-Content', 'Clear-Content', 'Clear-Item', 'Convert-Path', 'Copy-Item', 'Get-ChildItem', 'Get-Content', 'Get-Item',
        'Get-Location', 'Get-PSDrive', 'Get-Process', 'Join-Path', 'Move-Item', 'New-Item', 'Pop-Location', 'Push-Location',
        'Remove-Item', 'Rename-Item', 'Resolve-Path', 'Set-Content', 'Set-Item', 'Set-Location', 'Split-Path', 'Start-Process',
        'Stop-Process', 'Test-Path', 'Wait-Process'
    )
}
