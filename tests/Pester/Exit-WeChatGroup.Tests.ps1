Import-Module WeChatPS

Describe 'Exit-WeChatGroup' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name exitgroup -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'leaves nothing with -WhatIf' {
        Get-WeChatContact -Kind Group | Exit-WeChatGroup -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'refuses who is no group' {
        { Exit-WeChatGroup 王五 -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.ExitWeChatGroup'
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'asks before it leaves' {
        # nobody can answer here
        { Exit-WeChatGroup 运维群 -ErrorAction Stop } | Should -Throw
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'leaves several by pipeline, and knows them no more' {
        (Get-WeChatContact -Kind Group | Exit-WeChatGroup -PassThru -Confirm:$false).Name -join ' ' | Should -Be '周末爬山 运维群'
        Get-WeChatContact -Kind Group -Refresh | Should -BeNullOrEmpty
    }
}
