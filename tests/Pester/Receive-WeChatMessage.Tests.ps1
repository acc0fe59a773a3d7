Import-Module WeChatPS

Describe 'Receive-WeChatMessage' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name receiving -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $null = Receive-WeChatMessage -NoWait }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'brings messages as objects, oldest first' {
        Send-WeChatEmulatorMessage '你好 <b> & 😱' -From 王五
        Send-WeChatEmulatorMessage "@我$([char]0x2005) 看一下" -From 赵六 -Group 运维群
        $first, $second = Receive-WeChatMessage -NoWait
        $first | Should -BeOfType WeChatPS.WeChatMessage
        $first.Text | Should -Be '你好 <b> & 😱'
        $first.From.Name | Should -Be '王五'
        $first.Group | Should -BeNullOrEmpty
        $first.DeliveryCount | Should -Be 1
        $second.Group.Name | Should -Be '运维群'
        $second.Sender.Name | Should -Be '赵六-机房'
        $second.MentionsMe | Should -BeTrue
    }

    It 'waits for what comes, and stops when the pipeline has enough' {
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 3
        Receive-WeChatMessage | Select-Object -First 2 | ForEach-Object Text | Should -Be @('1', '2')
        (Receive-WeChatMessage -NoWait).Text | Should -Be '3'
    }

    It 'ends after -MaxCount and leaves what lies behind' {
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 3
        (Receive-WeChatMessage -MaxCount 2).Text -join ' ' | Should -Be '1 2'
        (Receive-WeChatMessage -NoWait).Text | Should -Be '3'
    }

    It 'ends on time without an error' {
        Receive-WeChatMessage -TimeoutSec 0.1 | Should -BeNullOrEmpty
    }

    It 'brings a message again when its handler failed, with a higher count' {
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 2
        { Receive-WeChatMessage -NoWait | ForEach-Object { throw 'no' } } | Should -Throw 'no'
        $again = Receive-WeChatMessage -NoWait
        $again.Text -join ' ' | Should -Be '1 2'
        $again.DeliveryCount -join ' ' | Should -Be '2 1'
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }

    It 'gives a message to the dead letters after five deliveries, with a warning' {
        Send-WeChatEmulatorMessage 'poison' -From 王五
        foreach ($try in 1..5) { try { Receive-WeChatMessage -NoWait | ForEach-Object { throw 'no' } } catch { $null = $_ } }
        Receive-WeChatMessage -NoWait -WarningVariable warnings 3> $null | Should -BeNullOrEmpty
        $warnings -join '' | Should -Match '5 times'
    }

    It 'chooses by sender, by group, by kind, by text and by mention' {
        Send-WeChatEmulatorMessage 'disk full' -From 王五
        Send-WeChatEmulatorMessage 'DISK ok' -From 张三 -Group 运维群
        Send-WeChatEmulatorMessage -From 张三 -Kind Image
        Send-WeChatEmulatorMessage "@我$([char]0x2005) hi" -From 赵六 -Group 运维群
        $all = @(Receive-WeChatMessage -NoWait -NoAck)
        $all.Count | Should -Be 4
        @(Receive-WeChatMessage -NoWait -NoAck -From 王五).Count | Should -Be 1
    }

    It 'filters <filter>' -ForEach @(
        @{ filter = @{ From = '王五' }; expected = 'disk full' }
        @{ filter = @{ From = '张三' }; expected = 'DISK ok|' }
        @{ filter = @{ From = '王五', '运维群' }; expected = 'disk full|DISK ok|@我 hi' }
        @{ filter = @{ Group = '运维群' }; expected = 'DISK ok|@我 hi' }
        @{ filter = @{ Kind = 'Image' }; expected = '' }
        @{ filter = @{ Match = '^disk' }; expected = 'disk full|DISK ok' }
        @{ filter = @{ Match = '(?-i)^disk' }; expected = 'disk full' }
        @{ filter = @{ MentionsMe = $true }; expected = '@我 hi' }
        @{ filter = @{ From = '张三'; Group = '运维群' }; expected = 'DISK ok' }
    ) {
        $null = Receive-WeChatMessage -NoWait
        Send-WeChatEmulatorMessage 'disk full' -From 王五
        Send-WeChatEmulatorMessage 'DISK ok' -From 张三 -Group 运维群
        Send-WeChatEmulatorMessage -From 张三 -Kind Image
        Send-WeChatEmulatorMessage "@我$([char]0x2005)hi" -From 赵六 -Group 运维群
        $found = @(Receive-WeChatMessage -NoWait @filter)
        $found.Text -replace [char]0x2005, ' ' -join '|' | Should -Be $expected
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }

    It 'leaves out own messages and the phone''s bookkeeping unless asked' {
        Send-WeChatEmulatorMessage 'from my phone' -To 王五
        Send-WeChatEmulatorMessage -From 王五 -Kind Status
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
        Send-WeChatEmulatorMessage 'from my phone' -To 王五
        (Receive-WeChatMessage -NoWait -IncludeSelf).IsFromSelf | Should -BeTrue
        Send-WeChatEmulatorMessage -From 王五 -Kind Status
        (Receive-WeChatMessage -NoWait -Kind Status).Kind | Should -Be 'Status'
    }

    It 'says in the verbose stream what it consumed' {
        Send-WeChatEmulatorMessage 'x' -From 王五 -Count 2
        $said = Receive-WeChatMessage -NoWait -Match 'nothing' -Verbose 4>&1
        $said -join "`n" | Should -Match '2 messages did not match'
    }

    It 'does not let a contact''s text hold it up' {
        Send-WeChatEmulatorMessage ('a' * 60 + '!') -From 王五
        Receive-WeChatMessage -NoWait -Match '^(a+)+$' | Should -BeNullOrEmpty
    }

    It 'survives cut connections, warns once and says when it is well again' {
        $null = Add-WeChatEmulatorFault synccheck Reset -Count 2
        Send-WeChatEmulatorMessage 'through' -From 王五
        $message = Receive-WeChatMessage -MaxCount 1 -TimeoutSec 30 -WarningVariable warnings -InformationVariable shown 3> $null 6> $null
        $message.Text | Should -Be 'through'
        @($warnings).Count | Should -Be 1
        $shown -join '' | Should -Match 'responding again'
    }

    It 'gives up when the server stays away for too long' {
        $null = Add-WeChatEmulatorFault * Reset
        { Receive-WeChatMessage -OfflineTimeoutSec 0.5 3> $null } | Should -Throw -ErrorId 'WeChat.Unreachable,WeChatPS.ReceiveWeChatMessage'
    }

    It 'refuses a second receiver' {
        Send-WeChatEmulatorMessage 'x' -From 王五
        $errors = Receive-WeChatMessage -MaxCount 1 | ForEach-Object { try { Receive-WeChatMessage -NoWait } catch { $_ } }
        $errors.FullyQualifiedErrorId | Should -Be 'WeChat.SyncInUse,WeChatPS.ReceiveWeChatMessage'
    }

    It 'knows <name> is not there before it waits' -ForEach @(
        @{ name = 'a sender'; arguments = @{ From = '无名' } }, @{ name = 'a group'; arguments = @{ Group = '王五' } }
    ) {
        { Receive-WeChatMessage @arguments } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.ReceiveWeChatMessage'
    }

    It 'refuses a bad expression' {
        { Receive-WeChatMessage -Match '[' } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,WeChatPS.ReceiveWeChatMessage'
    }
}
