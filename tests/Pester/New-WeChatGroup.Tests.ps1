Import-Module WeChatPS

Describe 'New-WeChatGroup' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name newgroup -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'makes a group that can be written to at once' {
        $group = New-WeChatGroup 张三, 李四 '三人行 & <3>'
        $group.Name | Should -Be '三人行 & <3>'
        $group.Kind | Should -Be 'Group'
        $group.MemberCount | Should -Be 3
        ($group | Send-WeChatMessage -Text 'hi').To.Name | Should -Be '三人行 & <3>'
        (Get-WeChatGroupMember $group -Refresh).Name | Should -Contain '李四'
    }

    It 'takes friends by pipeline, each once, and makes one group of them' {
        $group = Get-WeChatContact 王五, 李四, 王五 | New-WeChatGroup -Name 一群
        @($group).Count | Should -Be 1
        $group.MemberCount | Should -Be 3
        @(Get-WeChatEmulatorRequest webwxcreatechatroom -After $after).Count | Should -Be 1
    }

    It 'takes friends by pipeline and the name by position' {
        $group = Get-WeChatContact 王五, 李四 | New-WeChatGroup 两人
        "$($group.Name) $($group.MemberCount)" | Should -Be '两人 3'
        { Get-WeChatContact 王五, 李四 | New-WeChatGroup 张三 -Name x -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.NewWeChatGroup'
    }

    It 'makes nothing with -WhatIf' {
        New-WeChatGroup 张三, 李四 -WhatIf | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxcreatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'refuses before anything is sent: <what>' -ForEach @(
        @{ what = 'one friend'; who = @('张三'); id = 'TooFewMembers' }
        @{ what = 'the same friend twice'; who = '张三', '张三'; id = 'TooFewMembers' }
        @{ what = 'an official account'; who = '张三', '每日天气'; id = 'ContactNotAllowed' }
        @{ what = 'somebody unknown'; who = '张三', '李四', '无名'; id = 'ContactNotFound' }
    ) {
        { New-WeChatGroup $who -ErrorAction Stop } | Should -Throw -ErrorId "WeChat.$id,WeChatPS.NewWeChatGroup"
        Get-WeChatEmulatorRequest webwxcreatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'makes no smaller group when somebody is unknown' {
        New-WeChatGroup 张三, 李四, 无名 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxcreatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'says that the server wants less traffic' {
        Add-WeChatEmulatorFault webwxcreatechatroom Ret -Code 1205 -Count 1
        { New-WeChatGroup 张三, 李四 -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Throttled,WeChatPS.NewWeChatGroup'
    }

    It 'is completed with friends alone' {
        $line = 'New-WeChatGroup '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' | Should -Be '张三 李四 王五'
    }
}
