# Runs test files that are written for Pester 5, where Pester is not installed.
@{
    RootModule = 'Pester.Subset.psm1'
    ModuleVersion = '5.0.0'
    GUID = '2f6d8c1b-0a53-4e0e-8f57-3a2f5b1c9d44'
    Author = 'WeChatPS contributors'
    FunctionsToExport = @(
        'Describe', 'Context', 'It', 'BeforeDiscovery', 'BeforeAll', 'BeforeEach', 'AfterAll', 'AfterEach',
        'Should', 'Set-ItResult', 'Invoke-PesterSubset'
    )
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
