Import-Module WeChatPS

Describe 'The examples' {
    BeforeAll {
        . ([IO.Path]::Combine($PSScriptRoot, 'Engine.ps1'))
        $examples = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'examples'))
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $archive = [IO.Path]::Combine($store, 'archive.jsonl')
        function Invoke-Example([string] $Script) {
            Invoke-Engine -File ([IO.Path]::Combine($examples, $Script)) @args -StorePath $store -Endpoint $emulator.Endpoint
        }
        $null = Connect-WeChat -Name default -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
        $null = Receive-WeChatMessage -NoWait
        Disconnect-WeChat
    }

    BeforeEach { $StandardInput = '' }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    Context 'Demo.ps1' {
        It 'shows a picture and a file going both ways, and ends with 0' {
            $run = Invoke-Engine -File ([IO.Path]::Combine($examples, 'Demo.ps1'))
            $run.Error | Should -BeNullOrEmpty
            $run.ExitCode | Should -Be 0
            $run.Output | Should -Match '(?m)^Image-\S+\.jpg +\d+'
            $run.Output | Should -Match '(?m)^\S*机房_ 平面图\.txt +\d+'
            $run.Output | Should -Match 'Send-WeChatFile 王五, 运维群 \$picture\s+\[\d\d:\d\d\] → 王五\s+\[\d\d:\d\d\] → 运维群'
            $run.Output | Should -Match 'Send-WeChatFile 运维群 \(Get-Module -Name WeChatPS\)\.Path\s+\[\d\d:\d\d\] → 运维群'
            $run.Output | Should -Match 'webwxuploadmedia'
        }
    }

    Context 'NightlyTask.ps1' {
        It 'archives what has come, reports, and ends with 0' {
            '第一条', "two`nlines" | Send-WeChatEmulatorMessage -From 王五
            $run = Invoke-Example NightlyTask.ps1 -Archive $archive
            $run.Error | Should -BeNullOrEmpty
            $run.ExitCode | Should -Be 0
            $lines = [IO.File]::ReadAllLines($archive).ForEach{ ConvertFrom-Json $_ }
            $lines.text -join '|' | Should -Be "第一条|two`nlines"
            $lines[0].from | Should -Be '王五'
            (Get-WeChatEmulatorRequest webwxsendmsg -Last 1).Body | Should -Match '2 messages archived'
            (Invoke-Example NightlyTask.ps1 -Archive $archive).ExitCode | Should -Be 0
            [IO.File]::ReadAllLines($archive).Count | Should -Be 2
        }

        It 'keeps the archive from other users' -Skip:$IsWindows {
            [IO.File]::GetUnixFileMode($archive) | Should -Be 'UserWrite, UserRead'
        }

        It 'ends with 1 and says why when something else fails, and loses no message' {
            Send-WeChatEmulatorMessage 'kept' -From 王五
            $run = Invoke-Example NightlyTask.ps1 -Archive ([IO.Path]::Combine($store, 'no folder', 'archive.jsonl'))
            $run.ExitCode | Should -Be 1
            $run.Error | Should -Not -BeNullOrEmpty
            (Invoke-Example NightlyTask.ps1 -Archive $archive).ExitCode | Should -Be 0
            [IO.File]::ReadAllLines($archive)[-1] | Should -Match 'kept'
        }

        It 'ends with 2 when somebody has to log in' {
            $run = Invoke-Example NightlyTask.ps1 -Archive $archive -Name nobody
            $run.ExitCode | Should -Be 2
            $run.Error | Should -Match '^WeChat\.LoginRequired,'
        }

        It 'ends with 3 when the account is logged out while it runs' {
            $null = Add-WeChatEmulatorFault webwxsync Ret -Code 1100
            $null = Add-WeChatEmulatorFault synccheck Ret -Code 1100
            $run = Invoke-Example NightlyTask.ps1 -Archive $archive
            $run.ExitCode | Should -Be 3
            $run.Error | Should -Match '^WeChat\.LoggedOut,'
        }

        It 'ends with 4 when WeChat cannot be reached, and the next run is well' {
            $null = Add-WeChatEmulatorFault webwxinit Status -Code 503
            (Invoke-Example NightlyTask.ps1 -Archive $archive).ExitCode | Should -Be 4
            Remove-WeChatEmulatorFault
            (Invoke-Example NightlyTask.ps1 -Archive $archive).ExitCode | Should -Be 0
        }

        It 'says how to register it' {
            $help = [IO.File]::ReadAllText([IO.Path]::Combine($examples, 'NightlyTask.ps1'))
            foreach ($word in 'Register-ScheduledTask', 'OnCalendar', '0 3 * * *') { $help.Contains($word) | Should -BeTrue }
        }
    }

    Context 'Send-Alert.ps1' {
        It 'sends each line, with the machine''s name' {
            $StandardInput = "磁盘 92%`n`nload 14.2`n"
            $run = Invoke-Example Send-Alert.ps1 -To 运维群
            $run.Error | Should -BeNullOrEmpty
            $run.ExitCode | Should -Be 0
            $sent = (Get-WeChatEmulatorRequest webwxsendmsg -Last 2).Body -join "`n"
            $sent | Should -Match ([regex]::Escape("[$([Environment]::MachineName)] 磁盘 92%"))
            $sent | Should -Match 'load 14\.2'
        }

        It 'holds back what is too much for a minute, and says how much' {
            $StandardInput = "a`nb`nc`nd`n"
            $before = @(Get-WeChatEmulatorRequest webwxsendmsg).Count
            (Invoke-Example Send-Alert.ps1 -To 运维群 -MaxPerMinute 2).ExitCode | Should -Be 0
            $sent = @(Get-WeChatEmulatorRequest webwxsendmsg)[$before..99].ForEach{ ($_.Body | ConvertFrom-Json).Msg.Content }
            $name = "[$([Environment]::MachineName)]"
            $sent | Should -Be @("$name a", "$name b", "$name 2 more alerts were held back.")
        }

        It 'ends with 1 when a line was not sent' {
            $StandardInput = "x`n"
            $run = Invoke-Example Send-Alert.ps1 -To nobody
            $run.ExitCode | Should -Be 1
            $run.Error | Should -Match '^WeChat\.ContactNotFound,'
        }

        It 'ends with 2 when somebody has to log in' {
            $StandardInput = "x`n"
            (Invoke-Example Send-Alert.ps1 -To 王五 -Name nobody).ExitCode | Should -Be 2
        }

        It 'ends with 3 when the account is logged out while it runs' {
            # five go out at once, the others wait for their turn
            $StandardInput = "x`n" * 8
            $null = Add-WeChatEmulatorFault synccheck Ret -Code 1100
            $null = Add-WeChatEmulatorFault webwxsync Ret -Code 1100
            $run = Invoke-Example Send-Alert.ps1 -To 王五
            $run.ExitCode | Should -Be 3
            $run.Error | Should -Match '^WeChat\.LoggedOut,'
        }

        It 'ends with 4 when WeChat cannot be reached' {
            $StandardInput = "x`n"
            $null = Add-WeChatEmulatorFault webwxinit Status -Code 503
            (Invoke-Example Send-Alert.ps1 -To 王五).ExitCode | Should -Be 4
        }
    }
}
