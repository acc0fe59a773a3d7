# A test that fails must be seen to fail: the fixtures are run in a process of their own and their failures counted.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'engine.ps1'))

    function Invoke-Fixture([string] $Name) {
        $runner = [IO.Path]::Combine($PSScriptRoot, '..', 'run-pester.ps1')
        $counts = [IO.Path]::Combine($TestDrive, 'counts.txt')
        $outcome = Invoke-Engine '-File' $runner '-Path' ([IO.Path]::Combine($PSScriptRoot, 'fixtures', $Name)) '-Result' $counts
        foreach ($line in [IO.File]::ReadAllLines($counts)) {
            $key, $value = $line.Split('=')
            $outcome[$key] = [int]$value
        }
        $outcome
    }
}

Describe 'a file with known failures' {
    BeforeAll { $run = Invoke-Fixture 'Failures.Fixture.ps1' }

    It 'has a failing exit code' { $run.ExitCode | Should -Be 1 }
    It 'counts what passes' { $run.passed | Should -Be 4 }
    It 'counts every failure' { $run.failed | Should -Be 25 }
    It 'counts what is skipped' { $run.skipped - $run.inconclusive | Should -Be 3 }
    It 'counts what is inconclusive' { $run.inconclusive | Should -Be 1 }
    It 'counts the blocks whose hooks fail' { $run.blocks | Should -Be 2 }
    It 'names the tests that fail' { $run.Output | Should -Match 'assertions\.fails -HaveCount' }
    It 'shows where' { $run.Output | Should -Match 'Failures\.Fixture\.ps1' }
    It 'does not name tests that pass' { $run.Output | Should -Not -Match 'assertions\.passes' }
}

Describe 'a file that fails in discovery' {
    BeforeAll { $run = Invoke-Fixture 'Discovery.Fixture.ps1' }

    It 'has a failing exit code' { $run.ExitCode | Should -Be 1 }
    It 'counts the file' { $run.files | Should -Be 1 }
    It 'runs none of its tests' { $run.passed | Should -Be 0 }
}
