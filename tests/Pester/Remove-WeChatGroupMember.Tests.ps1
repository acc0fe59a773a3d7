Import-Module WeChatPS

Describe 'Remove-WeChatGroupMember' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name removemember -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach {
        $group = New-WeChatGroup 张三, 李四, 王五 -Name 我的群
        $after = (Get-WeChatEmulator).Requests
    }

    AfterEach { Exit-WeChatGroup $group -Confirm:$false }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'removes members by name, and says which function it means' {
        (Remove-WeChatGroupMember 我的群 张三, 李四 -PassThru -Confirm:$false).MemberCount | Should -Be 2
        (Get-WeChatEmulatorRequest webwxupdatechatroom -After $after).Query | Should -Match 'fun=delmember'
        (Get-WeChatGroupMember 我的群 -Refresh).Name | Should -Not -Contain '张三'
    }

    It 'takes members by pipeline, who bring their group, with one request' {
        Get-WeChatGroupMember 我的群 王五, 张三 | Remove-WeChatGroupMember -Confirm:$false
        @(Get-WeChatEmulatorRequest webwxupdatechatroom -After $after).Count | Should -Be 1
        @(Get-WeChatGroupMember 我的群 -Refresh).Count | Should -Be 2
    }

    It 'takes members of the group they were taken from, though another is called the same' {
        $namesake = New-WeChatGroup 张三, 李四, 王五 -Name 我的群
        try {
            $members = $group, $namesake | Get-WeChatGroupMember -Name 王五
            $members[0].GroupId | Should -Be $members[1].GroupId
            $members[0] -eq $members[1] | Should -BeFalse
            $members[1] | Remove-WeChatGroupMember -Confirm:$false
            (Get-WeChatGroupMember $group -Refresh).Name | Should -Contain '王五'
            (Get-WeChatGroupMember $namesake -Refresh).Name | Should -Not -Contain '王五'
        }
        finally { Exit-WeChatGroup $namesake -Confirm:$false }
    }

    It 'takes <form>' -ForEach @(
        @{ form = 'a group by pipeline and a member by position'; remove = { $group | Remove-WeChatGroupMember 王五 -Confirm:$false } }
        @{ form = 'a group by pipeline and members by position'; remove = { $group | Remove-WeChatGroupMember 王五, 李四 -Confirm:$false } }
        @{ form = 'a group by pipeline and a member by name'; remove = { $group | Remove-WeChatGroupMember -Member 王五 -Confirm:$false } }
        @{ form = 'a group by pipeline and a contact by position'; remove = { $group | Remove-WeChatGroupMember (Get-WeChatContact 王五) -Confirm:$false } }
        @{ form = 'a contact by pipeline and a group by position'; remove = { Get-WeChatContact 王五 | Remove-WeChatGroupMember $group -Confirm:$false } }
        @{ form = 'a name by pipeline and a group by name'; remove = { '王五' | Remove-WeChatGroupMember -Group $group -Confirm:$false } }
    ) {
        & $remove
        @(Get-WeChatEmulatorRequest webwxupdatechatroom -After $after).Count | Should -Be 1
        $names = (Get-WeChatGroupMember $group -Refresh).Name
        $names | Should -Not -Contain '王五'
        $names | Should -Contain '张三'
    }

    It 'says that members are missing where a group is all there is' {
        { $group | Remove-WeChatGroupMember -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.RemoveWeChatGroupMember'
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'asks before it removes' {
        # nobody can answer here
        { Remove-WeChatGroupMember 我的群 张三 -ErrorAction Stop } | Should -Throw
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'removes nobody with -WhatIf' {
        Remove-WeChatGroupMember 我的群 张三 -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'refuses before anything is sent: <what>' -ForEach @(
        @{ what = 'somebody who is not in it'; arguments = @{ Group = '我的群'; Member = '赵六' }; id = 'ContactNotFound' }
        @{ what = 'the account itself'; arguments = @{ Group = '我的群'; Member = '我' }; id = 'ContactNotAllowed' }
        @{ what = 'no group named'; arguments = @{ Member = '张三' }; id = 'ContactNotFound' }
        @{ what = 'a member of somebody else''s group'; arguments = @{ Group = '运维群'; Member = '张三' }; id = 'NotGroupOwner' }
        @{ what = 'no group'; arguments = @{ Group = '王五'; Member = '张三' }; id = 'ContactNotFound' }
    ) {
        { Remove-WeChatGroupMember @arguments -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId "WeChat.$id,WeChatPS.RemoveWeChatGroupMember"
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'knows whose group it is, where WeChat says so' {
        (Get-WeChatContact 我的群).IsOwner | Should -Be $true
        $null = Get-WeChatGroupMember 运维群
        (Get-WeChatContact 运维群).IsOwner | Should -Be $false
        (Get-WeChatContact 王五).IsOwner | Should -BeNullOrEmpty
    }

    It 'is completed with the members of the group' {
        $line = 'Remove-WeChatGroupMember 我的群 王'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be '王五'
        $line = 'Remove-WeChatGroupMember -Group 我的群 -Member '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' | Should -Be '张三 李四 王五'
    }
}
