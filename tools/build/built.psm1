# What WeChatPS.psd1 in the root of the repository imports.
$built = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'WeChatPS', 'WeChatPS.psd1')
if (-not [IO.File]::Exists($built)) { throw 'The module is not built yet: run ./build.sh pack.' }
Import-Module -Name ([IO.Path]::GetFullPath($built)) -Global
