Import-Module WeChatPS

Describe 'Wait-WeChatSync' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 0.5
        $session = Connect-WeChat -Name waiting -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $null = Receive-WeChatMessage -NoWait }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'moves the session''s last word from the server on' {
        $last = $session.LastSync
        $null = Wait-WeChatSync
        $session.LastSync | Should -BeGreaterThan $last
        $session.PollCount | Should -BeGreaterThan 0
    }

    It 'is one poll that the server holds' {
        $before = (Get-WeChatEmulator).Polls
        $result = Wait-WeChatSync
        $result | Should -BeOfType WeChatPS.WeChatSyncResult
        $result.RetCode | Should -Be 0
        $result.Selector | Should -Be 0
        $result.HasChanges | Should -BeFalse
        $result.Elapsed.TotalSeconds | Should -BeGreaterThan 0.4
        (Get-WeChatEmulator).Polls | Should -Be ($before + 1)
    }

    It 'ends when something happens, and takes nothing' {
        Send-WeChatEmulatorMessage 'news' -From 王五
        $result = Wait-WeChatSync
        $result.HasChanges | Should -BeTrue
        $result.Selector | Should -BeGreaterThan 0
        (Receive-WeChatMessage -NoWait).Text | Should -Be 'news'
    }

    It 'spells the query exactly' {
        $null = Wait-WeChatSync
        $query = (Get-WeChatEmulatorRequest synccheck -Last 1).Query
        foreach ($key in 'r', 'skey', 'sid', 'uin', 'deviceid', 'synckey', '_') { $query | Should -MatchExactly "(^|&)$key=" }
    }

    It 'returns at once while the inbox holds messages' {
        Send-WeChatEmulatorMessage 'kept' -From 王五
        $null = Receive-WeChatMessage -NoWait -NoAck
        $before = (Get-WeChatEmulator).Polls
        $result = Wait-WeChatSync
        $result.Pending | Should -Be 1
        $result.HasChanges | Should -BeTrue
        (Get-WeChatEmulator).Polls | Should -Be $before
    }

    It 'ends on time without an error' {
        (Wait-WeChatSync -TimeoutSec 0.05).HasChanges | Should -BeFalse
    }

    It 'does not say that all is well when there was no time to ask again after a failure' {
        $null = Add-WeChatEmulatorFault synccheck Status -Code 502
        { Wait-WeChatSync 3> $null } | Should -Throw -ErrorId 'WeChat.Unreachable,WeChatPS.WaitWeChatSync'
        $failure = $null
        # the pauses grow: there is one that this ends in
        for ($try = 0; $try -lt 50 -and -not $failure; $try++) {
            try { $null = Wait-WeChatSync -TimeoutSec 0.001 3> $null } catch { $failure = $_ }
        }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.Unreachable,WeChatPS.WaitWeChatSync'
        "$failure" | Should -Not -Match 'keeps retrying'
        $session.DegradedReason | Should -Be "$failure"
    }

    It 'takes a session by pipeline' {
        ($session | Wait-WeChatSync -TimeoutSec 0.05).Pending | Should -Be 0
    }

    It 'ends with one error when the session is over' {
        $null = Add-WeChatEmulatorFault synccheck Ret -Code 1101
        $null = Add-WeChatEmulatorFault webwxsync Ret -Code 1101
        { Wait-WeChatSync } | Should -Throw -ErrorId 'WeChat.SessionExpired,WeChatPS.WaitWeChatSync'
        $session.State | Should -Be 'Expired'
    }
}
