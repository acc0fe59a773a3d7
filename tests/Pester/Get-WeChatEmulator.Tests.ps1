Import-Module WeChatPS

Describe 'Get-WeChatEmulator' {
    AfterEach { Get-WeChatEmulator | Stop-WeChatEmulator }

    It 'gives nothing while none runs' {
        Get-WeChatEmulator | Should -BeNullOrEmpty
    }

    It 'counts what happens' {
        $emulator = Start-WeChatEmulator -HoldSec 0.1
        $null = Connect-WeChat -Name counted -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Send-WeChatMessage 王五 'x'
        $null = Wait-WeChatSync
        $now = Get-WeChatEmulator
        $now.Sessions | Should -Be 1
        $now.Sends | Should -Be 1
        $now.Polls | Should -BeGreaterThan 0
        $now.Requests | Should -BeGreaterThan 5
        Disconnect-WeChat
    }

    It 'says so when nothing answers' {
        { Get-WeChatEmulator -Endpoint http://127.0.0.1:9/ } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.GetWeChatEmulator'
    }
}
