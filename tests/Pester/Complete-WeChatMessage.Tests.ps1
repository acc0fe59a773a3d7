Import-Module WeChatPS

Describe 'Complete-WeChatMessage' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name completing -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 3
        $messages = @(Receive-WeChatMessage -NoWait -NoAck)
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'takes out what was dealt with; the rest comes again' {
        $messages.Count | Should -Be 3
        $messages[0], $messages[2] | Complete-WeChatMessage
        $rest = Receive-WeChatMessage -NoWait
        $rest.Text | Should -Be '2'
        $rest.DeliveryCount | Should -Be 2
    }

    It 'does nothing with -WhatIf' {
        $messages | Complete-WeChatMessage -WhatIf
        @(Receive-WeChatMessage -NoWait).Count | Should -Be 3
    }

    It 'takes no other message for one that was kept from an earlier session of the same name' {
        $messages | Complete-WeChatMessage
        Disconnect-WeChat
        $session = Connect-WeChat -Name completing -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 9
        $null = Receive-WeChatMessage -NoWait -NoAck
        { $messages[0] | Complete-WeChatMessage -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.MessageNotFound,WeChatPS.CompleteWeChatMessage'
        @(Receive-WeChatMessage -NoWait).Count | Should -Be 9
    }

    It 'says so when a message is gone already, and goes on' {
        $messages[0] | Complete-WeChatMessage
        $messages | Complete-WeChatMessage -ErrorAction SilentlyContinue -ErrorVariable failures
        @($failures).Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'WeChat.MessageNotFound,WeChatPS.CompleteWeChatMessage'
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }
}
