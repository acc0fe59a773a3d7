Import-Module WeChatPS

Describe 'Export-WeChatSession' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1 -ContactCount 10000
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $elsewhere = [IO.Path]::Combine($store, 'elsewhere')
        $null = Connect-WeChat -Name large -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
        $null = Receive-WeChatMessage -NoWait
    }

    AfterEach {
        Get-WeChatSession | Disconnect-WeChat
        $null = Connect-WeChat -Name large -Endpoint $emulator.Endpoint -StorePath $store -NonInteractive
        $null = Receive-WeChatMessage -NoWait
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'gives one read-only SecureString that fits, however many contacts the account has' {
        @(Get-WeChatContact).Count | Should -BeGreaterThan 10000
        $secret = @(Export-WeChatSession)
        $secret.Count | Should -Be 1
        $secret[0] | Should -BeOfType securestring
        $secret[0].IsReadOnly() | Should -BeTrue
        $secret[0].Length | Should -BeLessOrEqual 65536
        $secret[0].Length | Should -BeLessThan 4096
    }

    It 'is gone on with on another machine, without a code' {
        $text = [Net.NetworkCredential]::new('', (Export-WeChatSession large)).Password
        Disconnect-WeChat
        $secret = [Net.NetworkCredential]::new('', $text).SecurePassword
        $session = Connect-WeChat -Name taken -Endpoint $emulator.Endpoint -StorePath $elsewhere -SavedSession $secret -NonInteractive -InformationVariable shown
        $session.Name | Should -Be 'taken'
        $session.State | Should -Be 'Online'
        $shown.Where{ $_.Tags -contains 'PSHOST' } | Should -BeNullOrEmpty
        $shown.MessageData.Step -join ' ' | Should -Be 'Resuming'
        @(Get-WeChatEmulatorRequest jslogin).Count | Should -Be 1
        (Get-WeChatSession -Saved -StorePath $elsewhere).Name | Should -Be 'taken'
    }

    It 'goes on after the last message that was fetched, with what came since' {
        Send-WeChatEmulatorMessage 'before' -From 王五
        (Receive-WeChatMessage -NoWait).Text | Should -Be 'before'
        $secret = Export-WeChatSession
        Disconnect-WeChat
        Send-WeChatEmulatorMessage 'since' -From 王五
        $null = Connect-WeChat -Name since -Endpoint $emulator.Endpoint -Ephemeral -SavedSession $secret -NonInteractive
        (Receive-WeChatMessage -NoWait).Text | Should -Be 'since'
    }

    It 'warns of messages that stay behind' {
        Send-WeChatEmulatorMessage 'waits' -From 王五
        $null = Receive-WeChatMessage -NoWait -NoAck
        $null = Export-WeChatSession -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Match "^The inbox of 'large' has 1 pending messages"
    }

    It 'exports a saved session too, by pipeline, and puts nobody on the line' {
        Disconnect-WeChat
        $before = @(Get-WeChatEmulatorRequest).Count
        $secret = Get-WeChatSession large -Saved -StorePath $store | Export-WeChatSession -Saved -WarningAction SilentlyContinue
        @(Get-WeChatEmulatorRequest).Count | Should -Be $before
        (Connect-WeChat -Name again -Endpoint $emulator.Endpoint -Ephemeral -SavedSession $secret -NonInteractive).State | Should -Be 'Online'
    }

    It 'replaces a live session of the same name by the one that is passed' {
        $secret = Export-WeChatSession
        $live = Get-WeChatSession large
        $session = Connect-WeChat -Name large -Endpoint $emulator.Endpoint -StorePath $store -SavedSession $secret -NonInteractive
        $live.State | Should -Be 'Disconnected'
        $session.State | Should -Be 'Online'
    }

    It 'refuses to export a saved session that is in use, or that is none' {
        { Export-WeChatSession -Saved -Name large -StorePath $store } | Should -Throw -ErrorId 'WeChat.SessionInUse,WeChatPS.ExportWeChatSession'
        { Export-WeChatSession -Saved -Name nobody -StorePath $store } | Should -Throw -ErrorId 'WeChat.SessionNotFound,WeChatPS.ExportWeChatSession'
        Disconnect-WeChat
        { Export-WeChatSession } | Should -Throw -ErrorId 'WeChat.NotConnected,WeChatPS.ExportWeChatSession'
    }

    It 'is refused at another endpoint than its own, and when it is damaged' {
        $secret = Export-WeChatSession
        { Connect-WeChat -Name other -Endpoint http://127.0.0.1:9 -Ephemeral -SavedSession $secret -NonInteractive } |
            Should -Throw -ErrorId 'WeChat.EndpointMismatch,WeChatPS.ConnectWeChat'
        $text = [Net.NetworkCredential]::new('', $secret).Password
        $torn = [Net.NetworkCredential]::new('', $text.Substring(0, $text.Length - 40)).SecurePassword
        { Connect-WeChat -Name other -Endpoint $emulator.Endpoint -Ephemeral -SavedSession $torn -NonInteractive } |
            Should -Throw 'The text is not a complete session from Export-WeChatSession.' -ErrorId 'WeChat.SessionDamaged,WeChatPS.ConnectWeChat'
    }
}
