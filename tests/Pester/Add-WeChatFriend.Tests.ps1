Import-Module WeChatPS

Describe 'Add-WeChatFriend' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name addfriend -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'asks members of a group, with a greeting as it is' {
        (Get-WeChatGroupMember 运维群 赵六*, 孙七* | Add-WeChatFriend -Greeting '我是 "老张" <&> 😀' -PassThru).Name -join ' ' | Should -Be '赵六 孙七 <ops>'
        (Get-WeChatEmulatorRequest webwxverifyuser -Last 1).Body | Should -Match ([regex]::Escape('"VerifyContent":"我是 \"老张\" <&> 😀"'))
        @(Get-WeChatEmulatorRequest webwxverifyuser -After $after).Count | Should -Be 2
    }

    It 'asks the person on a card, not who sent it' {
        Send-WeChatEmulatorMessage -Kind Card -From 王五 -Card 周八
        (Receive-WeChatMessage -NoWait | Add-WeChatFriend -PassThru).Name | Should -Be '周八'
    }

    It 'asks nobody with -WhatIf' {
        Get-WeChatGroupMember 运维群 赵六* | Add-WeChatFriend -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxverifyuser -After $after | Should -BeNullOrEmpty
    }

    It 'refuses <who> before anything is sent' -ForEach @(@{ who = '王五' }, @{ who = '运维群' }, @{ who = '每日天气' }) {
        { Add-WeChatFriend $who -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotAllowed,WeChatPS.AddWeChatFriend'
        Get-WeChatEmulatorRequest webwxverifyuser -After $after | Should -BeNullOrEmpty
    }
}
