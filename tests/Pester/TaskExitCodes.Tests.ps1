# What about_WeChatPS_Tasks says of the exit codes of tasks, in PowerShell processes as a scheduler starts them.
Describe 'A task whose session cannot be resumed' {
    BeforeAll {
        Import-Module WeChatPS
        . ([IO.Path]::Combine($PSScriptRoot, 'Engine.ps1'))
        $folder = [IO.Directory]::CreateTempSubdirectory('WeChatPS-task-').FullName
        $connect = "Connect-WeChat -NonInteractive -StorePath '$folder'"
        $tasks = @{
            plain = "$connect`n'went on'"
            stop = "`$ErrorActionPreference = 'Stop'`n$connect`n'went on'"
            catch = "`$ErrorActionPreference = 'Stop'`ntry { $connect } catch { exit 2 }`n'went on'"
        }
        function Invoke-Task([string] $Task, [string] $How, [string] $Rest) {
            $path = [IO.Path]::Combine($folder, "$Task.ps1")
            [IO.File]::WriteAllText($path, $tasks[$Task])
            if ($How -eq 'File') { Invoke-Engine -File $path } else { Invoke-Engine -Command "& '$path'$Rest" }
        }
    }

    AfterAll { [IO.Directory]::Delete($folder, $true) }

    It 'goes on and ends with 0 when its errors do not stop it (-<how>)' -ForEach @{ how = 'File' }, @{ how = 'Command' } {
        $run = Invoke-Task plain $how
        $run.Output | Should -Match 'went on'
        $run.Error | Should -Match 'Connect-WeChat'
        $run.ExitCode | Should -Be 0
    }

    It 'stops and ends with 1 when it begins with $ErrorActionPreference = ''Stop'' (-<how>)' -ForEach @{ how = 'File' }, @{ how = 'Command' } {
        $run = Invoke-Task stop $how
        $run.Output | Should -Not -Match 'went on'
        $run.ExitCode | Should -Be 1
    }

    It 'ends with the number that it chose, which -Command makes 1 unless it is passed on' {
        (Invoke-Task catch File).ExitCode | Should -Be 2
        (Invoke-Task catch Command).ExitCode | Should -Be 1
        (Invoke-Task catch Command '; exit $LASTEXITCODE').ExitCode | Should -Be 2
    }
}

Describe 'The scripts that run unattended' {
    BeforeDiscovery {
        $root = [IO.Path]::Combine($PSScriptRoot, '..', '..')
        $scripts = @(
            foreach ($path in [IO.Directory]::GetFiles([IO.Path]::Combine($root, 'examples'), '*.ps1')) {
                @{ Name = [IO.Path]::GetFileName($path); Code = [IO.File]::ReadAllText($path) }
            }
            foreach ($path in [IO.Directory]::GetFiles([IO.Path]::Combine($root, 'docs'), '*.md', 'AllDirectories')) {
                foreach ($block in [regex]::Matches([IO.File]::ReadAllText($path), '(?ms)^```powershell\r?\n(.*?)^```')) {
                    @{ Name = [IO.Path]::GetRelativePath($root, $path); Code = $block.Groups[1].Value }
                }
            }
        ).Where{ $_.Code -match '-NonInteractive\b(?!:)|NonInteractive = \$true' -and $_.Code -match '\bexit\b' }
    }

    It 'stop at errors: <Name>' -ForEach $scripts {
        $stop = $Code.IndexOf("`$ErrorActionPreference = 'Stop'")
        $stop | Should -BeGreaterOrEqual 0
        $stop | Should -BeLessThan $Code.IndexOf('try {')
    }
}
