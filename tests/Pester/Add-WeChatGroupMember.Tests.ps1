Import-Module WeChatPS

Describe 'Add-WeChatGroupMember' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1 -ContactCount 40
        $session = Connect-WeChat -Name addmember -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'adds friends by pipeline with one request, and not those who are there' {
        $group = '王五', '好友00001', '张三' | Add-WeChatGroupMember 运维群 -PassThru
        $group.MemberCount | Should -Be 7
        @(Get-WeChatEmulatorRequest webwxupdatechatroom -After $after).Count | Should -Be 1
        (Get-WeChatGroupMember 运维群 -Refresh).Name | Should -Contain '王五'
        Add-WeChatGroupMember 运维群 张三
        @(Get-WeChatEmulatorRequest webwxupdatechatroom -After $after).Count | Should -Be 1
    }

    It 'adds a friend to several groups' {
        (Add-WeChatGroupMember 运维群, 周末爬山 好友00002 -PassThru).Name -join ' ' | Should -Be '运维群 周末爬山'
    }

    It 'invites where 40 are reached' {
        $null = Get-WeChatContact 好友000* | Add-WeChatGroupMember 周末爬山 -ErrorAction Stop
        (Get-WeChatEmulatorRequest webwxupdatechatroom -Last 1).Query | Should -Match 'fun=invitemember'
    }

    It 'adds nobody with -WhatIf' {
        Add-WeChatGroupMember 运维群 好友00003 -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'refuses before anything is sent: <what>' -ForEach @(
        @{ what = 'no group'; group = '王五'; who = '张三'; id = 'ContactNotFound' }
        @{ what = 'an official account'; group = '运维群'; who = '每日天气'; id = 'ContactNotAllowed' }
        @{ what = 'somebody unknown'; group = '运维群'; who = '无名'; id = 'ContactNotFound' }
    ) {
        { Add-WeChatGroupMember $group $who -ErrorAction Stop } | Should -Throw -ErrorId "WeChat.$id,WeChatPS.AddWeChatGroupMember"
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }
}
