$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
$null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework, 'WeChatPS.Loader.dll'))

# Whatever Import-Module a profile may have defined, the engine's own is meant.
$import = Get-Command -Name Import-Module -CommandType Cmdlet
& $import -Assembly ([WeChatPS.Loader.ModuleLoader]::Core)          # lets scripts name [WeChatPS.WeChatMessage]
$cmdlets = & $import -Assembly ([WeChatPS.Loader.ModuleLoader]::Module) -PassThru

# A second import of an assembly that is loaded already exports nothing: https://github.com/PowerShell/PowerShell/issues/20710
$module = $ExecutionContext.SessionState.Module
$hidden = [System.Reflection.BindingFlags]'Instance, NonPublic'
$addCmdlet = [psmoduleinfo].GetMethod('AddExportedCmdlet', $hidden)
foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) { $null = $addCmdlet.Invoke($module, @(, $cmdlet)) }
$addAlias = [psmoduleinfo].GetMethod('AddExportedAlias', $hidden)
foreach ($alias in $cmdlets.ExportedAliases.Values) { $null = $addAlias.Invoke($module, @(, $alias)) }

# Not IModuleAssemblyCleanup: it is not called for a module imported with -Assembly.
[WeChatPS.ModuleLifetime]::Imported()
$module.OnRemove = { [WeChatPS.ModuleLifetime]::Removed() }
