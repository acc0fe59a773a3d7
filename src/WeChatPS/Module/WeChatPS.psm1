$null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'WeChatPS.Loader.dll'))

# By their full name: whatever Import-Module a profile may have defined, the engine's own is meant.
Microsoft.PowerShell.Core\Import-Module -Assembly ([WeChatPS.Loader.ModuleLoader]::Core)          # lets scripts name [WeChatPS.WeChatMessage]
$cmdlets = Microsoft.PowerShell.Core\Import-Module -Assembly ([WeChatPS.Loader.ModuleLoader]::Module) -PassThru

# Not IModuleAssemblyCleanup: it is not called for a module imported with -Assembly.
$module = $ExecutionContext.SessionState.Module
[WeChatPS.ModuleLifetime]::Imported($module, $cmdlets)
$module.OnRemove = { [WeChatPS.ModuleLifetime]::Removed() }
