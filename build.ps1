# The tasks of this project. Needs PowerShell 7.6 or newer and the .NET SDK 10; build.sh needs the SDK alone.
# No param block: what follows `run FILE.ps1` belongs to that script, switches like -Verbose included.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$root = $PSScriptRoot
$output = [IO.Path]::Combine($root, 'output')
$artifacts = [IO.Path]::Combine($root, 'artifacts')

foreach ($part in 'common', 'engine', 'pack', 'notices', 'package', 'test', 'interop', 'peers', 'bench', 'soak', 'mutate', 'about', 'docs') { . ([IO.Path]::Combine($root, 'tools', 'build', "$part.ps1")) }

$usage = @'
Usage: build.sh TASK          (or: pwsh build.ps1 TASK)

  demo                the offline tour: a session against the emulator
  test [SUITE ...]    packs the module and runs every test, or only the suites whose names are given
                      (with WECHATPS_NUPKG=FILE: of that package, and nothing is packed)
  bench [WHAT ...]    measures the packed module: every scenario, those named, or with "parts" its parts; benchmarks/README.md says more
  soak [MINUTES [KIND]]
                      long runs of chaos, kills, churn and bad replies: each once, then again until the time (10) is over;
                      with KIND, such as "kill PowerShell", only those
  mutate PART [...]   mutants of a folder or file of src/WeChatPS.Core (Sync, Sync/BackOff.cs) against the tests of that folder, or those
                      whose full names contain a word that follows; the report is in artifacts/mutants
  run FILE.ps1 [...]  runs a script that can say Import-Module WeChatPS; what follows FILE.ps1 is passed to it
  shell               a prompt with the module imported
  pack                builds the module into output/WeChatPS, and a package of it beside that folder
  docs                makes the help that Get-Help shows of the pages in docs; needs PlatyPS
  clean               removes output and artifacts
'@

# Only the first word is ours.
$task = if ($args.Count -gt 0) { [string]$args[0] } else { '' }
$rest = @(if ($args.Count -gt 1) { $args[1..($args.Count - 1)] })

try {
    switch -CaseSensitive ($task) {
        'demo' { Assert-Sdk; Build-Module; Invoke-Script ([IO.Path]::Combine($root, 'examples', 'Demo.ps1')) $rest }
        'test' { Assert-Sdk; exit (Invoke-Tests $rest) }
        'bench' { Assert-Sdk; exit (Invoke-Benchmark $rest) }
        'soak' { Assert-Sdk; exit (Invoke-Soak $rest) }
        'mutate' { Assert-Sdk; exit (Invoke-Mutation $rest) }
        'run' {
            if ($rest.Count -eq 0) { throw 'run needs the script: build.sh run FILE.ps1 [arguments]' }
            Assert-Sdk
            Build-Module
            $arguments = @(if ($rest.Count -gt 1) { $rest[1..($rest.Count - 1)] })
            Invoke-Script ([string]$rest[0]) $arguments
        }
        'shell' { Assert-Sdk; Build-Module; Invoke-Shell }
        'pack' {
            Assert-Sdk
            Build-Package
            [Console]::Out.WriteLine("Packed $(Get-ModuleVersion) into $moduleOutput and $(Get-PackagePath)")
        }
        'docs' { Build-Help }
        'clean' { Remove-Output }
        default {
            if ($task) { [Console]::Error.WriteLine("There is no task '$task'.") }
            [Console]::Error.WriteLine($usage)
            exit 2
        }
    }
} catch {
    # What we threw is a sentence for the user; anything else deserves its place in the script.
    if ($_.Exception -isnot [Management.Automation.RuntimeException] -or -not $_.Exception.WasThrownFromThrowStatement) { throw }
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 1
}
