# What the bundled runner does, as far as it can be said in tests that Pester 5 passes as well.
BeforeDiscovery {
    $found = 'x', 'yy'
}

BeforeAll {
    $fileSetup = 'file'
    function Get-Answer { 42 }
}

Describe 'blocks and hooks' {
    BeforeAll {
        $outer = 'outer'
        $script:log = [Collections.Generic.List[string]]::new()
    }
    BeforeEach { $each = 'outer each'; $script:log.Add('before') }
    AfterEach { $script:log.Add('after') }

    It 'sees what BeforeAll of the file has set' { $fileSetup | Should -Be 'file' }
    It 'sees functions of BeforeAll' { Get-Answer | Should -Be 42 }
    It 'sees what BeforeEach has set' { $each | Should -Be 'outer each' }
    It 'keeps its variables to itself' { $own = 1; $own | Should -Be 1 }
    It 'does not see those of another test' { Get-Variable -Name own -ErrorAction Ignore | Should -BeNullOrEmpty }
    It 'has run every hook once a test' { $script:log -join ' ' | Should -Be ('before after ' * 5 + 'before') }

    Context 'inside' {
        BeforeEach { $each += ', inner each' }
        It 'runs the outer BeforeEach first' { $each | Should -Be 'outer each, inner each' }
        It 'sees the outer BeforeAll' { $outer | Should -Be 'outer' }
    }

    It 'knows its file' { [IO.Path]::GetFileName($PSCommandPath) | Should -Be 'Pester.Subset.Tests.ps1' }
    It 'knows its folder' { Join-Path $PSScriptRoot 'fixtures' | Should -Exist }
    It 'has a folder for its files' { $TestDrive | Should -Exist }
}

Describe 'data' {
    It '<a> and <b> make <sum>' -ForEach @(@{ a = 1; b = 2; sum = 3 }, @{ a = 2; b = 2; sum = 4 }) {
        $a + $b | Should -Be $sum
    }
    It 'takes -TestCases and parameters' -TestCases @(@{ text = 'abc'; length = 3 }) {
        param($text, $length)
        $text.Length | Should -Be $length
    }
    It 'gives <_> as $_' -ForEach 1, 2 { $_ | Should -BeIn 1, 2 }
    It 'knows what BeforeDiscovery has set: <_>' -ForEach $found { $_ | Should -Match '^[xy]+$' }
}

Describe 'a block for <name>' -ForEach @(@{ name = 'one'; value = 1 }, @{ name = 'two'; value = 2 }) {
    BeforeAll { $twice = $value * 2 }
    It 'has its data in BeforeAll' { $twice | Should -Be ($value + $value) }
    It 'has its data in tests: <value>' { $name | Should -BeIn 'one', 'two' }
}

Describe 'Should' {
    It 'compares without regard to case' { 'a' | Should -Be 'A' }
    It 'compares exactly' { 'a' | Should -Not -BeExactly 'A' }
    It 'compares arrays by element' { 1, 2, 3 | Should -Be 1, 2, 3 }
    It 'tells arrays apart' { 1, 2 | Should -Not -Be 1, 2, 3 }
    It 'takes nothing for null' { @() | Should -Be $null }
    It 'finds null and empty' { '', $null, @() | ForEach-Object { $_ | Should -BeNullOrEmpty } }
    It 'counts' { 1, 2 | Should -HaveCount 2 }
    It 'counts what is not there' { @() | Should -HaveCount 0 }
    It 'counts an empty array in the pipeline as one thing' { , @() | Should -HaveCount 1 }
    It 'looks into collections' { 1, 2 | Should -Contain 2 }
    It 'matches every piped object' { 'ab', 'ac' | Should -Match '^a' }
    It 'matches with case' { 'Ab' | Should -Not -MatchExactly '^a' }
    It 'knows wildcards' { 'abc' | Should -BeLike 'A*' }
    It 'compares sizes' {
        2 | Should -BeGreaterThan 1
        2 | Should -BeGreaterOrEqual 2
        1 | Should -BeLessThan 2
        2 | Should -BeLessOrEqual 2
    }
    It 'knows types' {
        1 | Should -BeOfType [int]
        'a' | Should -BeOfType ([string])
        'a' | Should -Not -BeOfType int
    }
    It 'knows truth' {
        'yes' | Should -BeTrue
        0 | Should -BeFalse
    }
    It 'catches' { { throw 'a thing' } | Should -Throw }
    It 'catches by message' { { throw 'a thing' } | Should -Throw -ExpectedMessage '*thing' }
    It 'catches by id' { { Import-Module no-such-module -ErrorAction Stop } | Should -Throw -ErrorId 'Modules_ModuleNotFound,*' }
    It 'catches by type' { { throw [ArgumentException]::new('x') } | Should -Throw -ExceptionType ([ArgumentException]) }
    It 'hands over what it caught' {
        $caught = { throw 'a thing' } | Should -Throw -PassThru
        $caught.Exception.Message | Should -Be 'a thing'
    }
    It 'leaves a script block without an error alone' { { 1 } | Should -Not -Throw }
    It 'finds files' { $PSCommandPath | Should -Exist }
    It 'says why' { { 1 | Should -Be 2 -Because 'of this' } | Should -Throw '*because of this*' }
}
