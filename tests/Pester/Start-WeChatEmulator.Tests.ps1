Import-Module WeChatPS

Describe 'Start-WeChatEmulator' {
    AfterEach { Get-WeChatEmulator | Stop-WeChatEmulator }

    It 'listens on this machine alone, with contacts to talk to' {
        $emulator = Start-WeChatEmulator
        $emulator | Should -BeOfType WeChatPS.WeChatEmulatorStatus
        $emulator.Endpoint.Host | Should -Be '127.0.0.1'
        $emulator.ProcessId | Should -Be $PID
        $emulator.Contacts | Should -Contain '王五'
    }

    It 'has as many contacts as asked' {
        (Start-WeChatEmulator -ContactCount 100).Contacts.Count | Should -BeGreaterThan 100
    }

    It 'says so when the port is taken' {
        $emulator = Start-WeChatEmulator
        { Start-WeChatEmulator -Port $emulator.Endpoint.Port } |
            Should -Throw "*port $($emulator.Endpoint.Port)*omit -Port*" -ErrorId 'WeChat.EmulatorFailed,WeChatPS.StartWeChatEmulator'
    }

    It 'starts nothing with -WhatIf' {
        Start-WeChatEmulator -WhatIf | Should -BeNullOrEmpty
        Get-WeChatEmulator | Should -BeNullOrEmpty
    }

    It 'lets a contact answer with -Echo' {
        $emulator = Start-WeChatEmulator -HoldSec 1 -Echo 王五
        $null = Connect-WeChat -Name echo -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Send-WeChatMessage 王五 '喂'
        (Receive-WeChatMessage -MaxCount 1 -TimeoutSec 20).Text | Should -Be '喂'
        Disconnect-WeChat
    }

    It 'lets the contacts write with -Chatty' {
        $emulator = Start-WeChatEmulator -HoldSec 1 -Chatty
        $null = Connect-WeChat -Name chatty -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        (Receive-WeChatMessage -MaxCount 1 -TimeoutSec 20).Text | Should -Not -BeNullOrEmpty
        Disconnect-WeChat
    }
}
