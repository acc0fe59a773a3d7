# Stands in for the module of this name that pwsh brings, in the test host alone.
@{
    RootModule = '../../PSHost.Utility.dll'
    ModuleVersion = '7.0.0.0'
    GUID = '6d0a3c1e-52b4-4d5c-9f0e-0b1c7f6b3d11'
    Author = 'WeChatPS contributors'
    CompatiblePSEditions = 'Core'
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @(
        'Add-Member', 'Add-Type', 'Clear-Variable', 'Compare-Object', 'ConvertFrom-Csv', 'ConvertFrom-Json', 'ConvertTo-Csv',
        'ConvertTo-Json', 'Export-Clixml', 'Export-Csv', 'Format-Custom', 'Format-List', 'Format-Table', 'Format-Wide',
        'Get-Alias', 'Get-Culture', 'Get-Date', 'Get-Event', 'Get-EventSubscriber', 'Get-FileHash', 'Get-Host', 'Get-Member',
        'Get-PSCallStack', 'Get-Random', 'Get-UICulture', 'Get-Unique', 'Get-Variable', 'Group-Object', 'Import-Clixml',
        'Import-Csv', 'Import-PowerShellDataFile', 'Invoke-Expression', 'Join-String', 'Measure-Command', 'Measure-Object',
        'New-Alias', 'New-Event', 'New-Guid', 'New-Object', 'New-TemporaryFile', 'New-TimeSpan', 'New-Variable', 'Out-File',
        'Out-String', 'Read-Host', 'Register-EngineEvent', 'Register-ObjectEvent', 'Remove-Event', 'Remove-Variable',
        'Select-Object', 'Select-String', 'Set-Alias', 'Set-Variable', 'Sort-Object', 'Start-Sleep', 'Tee-Object',
        'Unregister-Event', 'Wait-Event', 'Write-Debug', 'Write-Error', 'Write-Host', 'Write-Information', 'Write-Output',
        'Write-Progress', 'Write-Verbose', 'Write-Warning'
    )
}
