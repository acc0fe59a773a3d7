# Stands in for the module of this name that pwsh brings, in the test host alone.
@{
    RootModule = '../../PSHost.Security.dll'
    ModuleVersion = '7.0.0.0'
    GUID = '6d0a3c1e-52b4-4d5c-9f0e-0b1c7f6b3d13'
    Author = 'WeChatPS contributors'
    CompatiblePSEditions = 'Core'
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @(
        'ConvertFrom-SecureString', 'ConvertTo-SecureString', 'Get-Credential'
    )
}
