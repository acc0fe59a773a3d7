Import-Module WeChatPS

Describe 'Get-WeChatGroupMember' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name members -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'lists a group''s members with the names they use there' {
        $members = Get-WeChatGroupMember 运维群
        $members.Count | Should -Be 5
        $members.Name | Should -Contain '张三(值班)'
        $members.Name | Should -Contain '孙七 <ops>'
        $members[0].GroupName | Should -Be '运维群'
        $members[0] | Should -BeOfType WeChatPS.WeChatGroupMember
    }

    It 'takes groups and messages by pipeline, and wildcards for names' {
        @(Get-WeChatContact -Kind Group | Get-WeChatGroupMember).Count | Should -BeGreaterThan 5
        Send-WeChatEmulatorMessage 'x' -From 赵六 -Group 运维群
        (Receive-WeChatMessage -NoWait | Get-WeChatGroupMember -Name 赵*).NickName | Should -Be '赵六'
    }

    It 'asks the server again only with -Refresh' {
        $null = Get-WeChatGroupMember 运维群
        $after = (Get-WeChatEmulator).Requests
        @(Get-WeChatGroupMember 运维群).Count | Should -Be 5
        Get-WeChatEmulatorRequest webwxbatchgetcontact -After $after | Should -BeNullOrEmpty
        @(Get-WeChatGroupMember 运维群 -Refresh).Count | Should -Be 5
        @(Get-WeChatEmulatorRequest webwxbatchgetcontact -After $after).Count | Should -Be 1
    }

    It 'gives each group its own members, whatever the order of the server''s answer' {
        (Get-WeChatGroupMember 周末爬山).Name -join ' ' | Should -Be '李队 王五 赵六 我'
        (Get-WeChatGroupMember 运维群).NickName -join ' ' | Should -Be '张三 小四🌙 赵六 孙七 <ops> 我'
    }

    It 'knows the others when the server refuses one group, and asks for that one only when told to' {
        $null = Add-WeChatEmulatorFault webwxbatchgetcontact Ret -Contact 周末爬山
        $other = Connect-WeChat -Name refused -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        (Get-WeChatGroupMember 运维群 -Session $other).Name | Should -Contain '孙七 <ops>'
        $after = (Get-WeChatEmulator).Requests
        $null = Get-WeChatContact -Refresh -Session $other
        $null = Get-WeChatGroupMember 周末爬山 -Session $other
        @(Get-WeChatEmulatorRequest webwxbatchgetcontact -After $after).Count | Should -Be 1
        { Get-WeChatGroupMember 周末爬山 -Refresh -Session $other -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Refused,WeChatPS.GetWeChatGroupMember'
        Remove-WeChatEmulatorFault
        (Get-WeChatGroupMember 周末爬山 -Refresh -Session $other).NickName | Should -Contain '赵六'
        Disconnect-WeChat $other
    }

    It 'says so when <name> is no group' -ForEach @(@{ name = '王五' }, @{ name = '无名群' }) {
        { Get-WeChatGroupMember $name -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.GetWeChatGroupMember'
    }
}
