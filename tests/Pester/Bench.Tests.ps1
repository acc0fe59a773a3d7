# The bench works; how fast anything is, it alone says.
Describe 'The bench, one round of a small scenario' {
    BeforeAll {
        . ([IO.Path]::Combine($PSScriptRoot, 'Engine.ps1'))
        $build = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'build.ps1'))
        $file = Join-Path $TestDrive 'bench.json'
        $run = Invoke-Engine -File $build bench wake -Rounds 1 -Scale 0.01 -Json $file
        $lines = $run.Output -split "`n"
    }

    It 'succeeds' {
        $run.ExitCode | Should -Be 0 -Because $run.Error
    }

    It 'writes a table with the module, the reference and the ratio' {
        -split $lines[0] | Should -Be scenario, what, unit, WeChatPS, reference, ratio, lowest, highest, goal
        $rows = @($lines -match '^wake ')
        $rows.Count | Should -Be 4
        $rows | ForEach-Object { $_ | Should -Match '^wake  .+  (ms|s) +[\d.,]+ +[\d.,]+ +[\d.,]+ +[\d.,]+ +[\d.,]+$' }
    }

    It 'writes the same as JSON, and says of what and where' {
        $lines[-1] | Should -Be $file
        $report = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
        $report.rounds | Should -Be 1
        $report.surroundings.commit | Should -Not -BeNullOrEmpty
        $report.surroundings.module | Should -BeLike "$((Get-Module WeChatPS -ListAvailable)[0].Version)*"
        $report.surroundings.powerShell | Should -Be "$($PSVersionTable.PSVersion)"
        $report.surroundings.processors | Should -Be ([Environment]::ProcessorCount)
        $report.figures.Count | Should -Be 4
        foreach ($figure in $report.figures) {
            $figure.scenario | Should -Be wake
            $figure.module.rounds.Count | Should -Be 1
            $figure.reference.rounds.Count | Should -Be 1
            $figure.module.median | Should -BeGreaterThan 0
            $figure.reference.median | Should -BeGreaterThan 0
            $figure.ratio | Should -Be ($figure.module.median / $figure.reference.median)
        }
    }
}
