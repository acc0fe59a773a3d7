# For Import-Module in this folder: it imports the module that `./build.sh pack` builds. That module's own manifest is in src/WeChatPS/Module.
@{
    RootModule = 'tools/build/built.psm1'
    ModuleVersion = '0.0'
    CmdletsToExport = @()
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
}
