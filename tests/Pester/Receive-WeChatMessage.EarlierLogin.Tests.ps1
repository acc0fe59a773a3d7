Import-Module WeChatPS

Describe 'Receive-WeChatMessage, what waited through a new login' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        function Connect-Again {
            Get-WeChatSession | Disconnect-WeChat
            Connect-WeChat -Name waiting -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store -SendInterval 0 6> $null
        }
    }

    BeforeEach {
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $session = Connect-Again
        $null = Receive-WeChatMessage -NoWait -IncludeSelf
        Send-WeChatEmulatorMessage 'from phone' -To 王五
        Send-WeChatEmulatorMessage 'private' -From 王五
        Send-WeChatEmulatorMessage 'in group' -From 赵六 -Group 运维群
        $null = Receive-WeChatMessage -NoWait -NoAck -IncludeSelf
    }

    AfterEach {
        Get-WeChatSession | Disconnect-WeChat
        [IO.Directory]::Delete($store, $true)
    }

    AfterAll { Stop-WeChatEmulator }

    It 'keeps the account''s own words from a bot' {
        $session = Connect-Again
        $session.PendingCount | Should -Be 3
        (Receive-WeChatMessage -NoWait).Text -join '|' | Should -Be 'private|in group'
    }

    It 'says who wrote what, and where' {
        $session = Connect-Again
        $messages = Receive-WeChatMessage -NoWait -IncludeSelf
        ($messages | ForEach-Object { "$($_.IsFromSelf) $($_.From.Name) $($_.Group.Name)".Trim() }) -join '|' |
            Should -Be 'True 我|False 王五|False 赵六 运维群'
        $messages[1].From.UserName | Should -Be (Get-WeChatContact 王五).UserName
    }

    It 'can be answered' {
        $session = Connect-Again
        (Receive-WeChatMessage -NoWait | Send-WeChatMessage -Text 'answer').To.Name -join '|' | Should -Be '王五|运维群'
    }

    It 'is found by <name>' -ForEach @(
        @{ name = '-From'; filter = @{ From = '王五' }; text = 'private' }
        @{ name = '-Group'; filter = @{ Group = '运维群' }; text = 'in group' }
        @{ name = '-FromKind'; filter = @{ FromKind = 'Friend' }; text = 'private' }
    ) {
        $session = Connect-Again
        $warnings = @()
        (Receive-WeChatMessage -NoWait @filter -WarningVariable warnings 3> $null).Text | Should -Be $text
        $warnings | Should -BeNullOrEmpty
        $session.PendingCount | Should -Be 0
    }

    It 'is left by <name> where nobody is known to be the sender, with one warning, and is there without it' -ForEach @(
        @{ name = '-From'; filter = @{ From = '王五' }; left = 2 }
        @{ name = '-Group'; filter = @{ Group = '运维群' }; left = 1 }
        @{ name = '-FromKind'; filter = @{ FromKind = 'Friend' }; left = 1 }
    ) {
        Get-WeChatSession | Disconnect-WeChat
        [IO.File]::Delete([IO.Path]::Combine($store, 'waiting', 'identities.json'))
        $session = Connect-Again
        $warnings = @()
        Receive-WeChatMessage -NoWait @filter -WarningVariable warnings 3> $null | Should -BeNullOrEmpty
        $warnings.Count | Should -Be 1
        "$warnings" | Should -Match 'earlier login'
        $session.PendingCount | Should -Be $left
        @(Receive-WeChatMessage -NoWait).Count | Should -Be $left
    }

    It 'is no stranger to write to: the error says where it comes from, and nothing is sent' {
        Get-WeChatSession | Disconnect-WeChat
        [IO.File]::Delete([IO.Path]::Combine($store, 'waiting', 'identities.json'))
        $session = Connect-Again
        $messages = Receive-WeChatMessage -NoWait
        $failures = @()
        $after = (Get-WeChatEmulator).Requests
        $messages | Send-WeChatMessage -Text 'answer' -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId -join ' ' | Should -Be 'WeChat.ContactNotFound,WeChatPS.SendWeChatMessage WeChat.ContactNotFound,WeChatPS.SendWeChatMessage'
        "$($failures[0])" | Should -Match 'earlier login'
        Get-WeChatEmulatorRequest webwxsendmsg -After $after | Should -BeNullOrEmpty
    }
}
