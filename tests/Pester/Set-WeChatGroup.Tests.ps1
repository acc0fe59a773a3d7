Import-Module WeChatPS

Describe 'Set-WeChatGroup' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name setgroup -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'renames a group, for its members too' {
        (Set-WeChatGroup 周末爬山 -Name '周末 <骑车> 🚲' -PassThru).Name | Should -Be '周末 <骑车> 🚲'
        (Get-WeChatGroupMember '周末 <骑车> 🚲' 王五).GroupName | Should -Be '周末 <骑车> 🚲'
        Get-WeChatContact '周末 <骑车> 🚲' | Set-WeChatGroup -Name 周末爬山 | Should -BeNullOrEmpty
    }

    It 'takes a group by pipeline and the name by position' {
        ($group = Get-WeChatContact 周末爬山 | Set-WeChatGroup 周日爬山 -PassThru).Name | Should -Be '周日爬山'
        { $group | Set-WeChatGroup 张三 -Name x -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.SetWeChatGroup'
        ($group | Set-WeChatGroup 周末爬山 -PassThru).Name | Should -Be '周末爬山'
    }

    It 'changes nothing with -WhatIf' {
        Set-WeChatGroup 运维群 -Name x -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'refuses before anything is sent: <what>' -ForEach @(
        @{ what = 'an empty name'; group = '运维群'; name = ' '; id = 'EmptyName' }
        @{ what = 'somebody who is no group'; group = '王五'; name = 'x'; id = 'ContactNotFound' }
    ) {
        { Set-WeChatGroup $group -Name $name -ErrorAction Stop } | Should -Throw -ErrorId "WeChat.$id,WeChatPS.SetWeChatGroup"
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'names the HTTP status of an error page' {
        Add-WeChatEmulatorFault webwxupdatechatroom Status -Count 1
        { Set-WeChatGroup 运维群 -Name 运维群 -ErrorAction Stop } | Should -Throw '*HTTP status 503*' -ErrorId 'WeChat.OutcomeUnknown,WeChatPS.SetWeChatGroup'
    }

    It 'says how to list the groups when a contact is no group' {
        { Set-WeChatGroup 王五 -Name x -ErrorAction Stop } | Should -Throw '*not a group*Get-WeChatContact -Kind Group*'
    }

    It 'says that it does not know when the reply is lost' {
        Add-WeChatEmulatorFault webwxupdatechatroom LostReply -Count 1
        { Set-WeChatGroup 运维群 -Name 运维群 -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.OutcomeUnknown,WeChatPS.SetWeChatGroup'
        @(Get-WeChatEmulatorRequest webwxupdatechatroom -After $after).Count | Should -Be 1
    }
}
