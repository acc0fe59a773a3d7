Import-Module WeChatPS

Describe 'Add-WeChatGroupMember' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1 -ContactCount 40
        $session = Connect-WeChat -Name addmember -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        function Invoke-Emulator([string] $What, [hashtable] $Command) {
            $body = [Net.Http.StringContent]::new((ConvertTo-Json $Command -Compress))
            $reply = [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/$What", $body).Result
            if (-not $reply.IsSuccessStatusCode) { throw $reply.Content.ReadAsStringAsync().Result }
        }
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

    It 'takes <form>' -ForEach @(
        @{ form = 'a group by pipeline and a friend by position'; who = '好友00006'; add = { $group | Add-WeChatGroupMember 好友00006 } }
        @{ form = 'a group by pipeline and friends by position'; who = '好友00008'; add = { $group | Add-WeChatGroupMember 好友00007, 好友00008 } }
        @{ form = 'a group by pipeline and a friend by name'; who = '好友00009'; add = { $group | Add-WeChatGroupMember -Member 好友00009 } }
        @{ form = 'a message from the group by pipeline'; who = '好友00010'; add = { $message | Add-WeChatGroupMember 好友00010 } }
        @{ form = 'a friend by pipeline and a group by position'; who = '好友00011'; add = { Get-WeChatContact 好友00011 | Add-WeChatGroupMember 运维群 } }
        @{ form = 'a friend by pipeline and a group by name'; who = '好友00012'; add = { Get-WeChatContact 好友00012 | Add-WeChatGroupMember -Group $group } }
        @{ form = 'both by position'; who = '好友00013'; add = { Add-WeChatGroupMember $group 好友00013 } }
    ) {
        $group = Get-WeChatContact 运维群
        $null = Receive-WeChatMessage -NoWait
        Send-WeChatEmulatorMessage 'x' -From 赵六 -Group 运维群
        $message = Receive-WeChatMessage -NoWait | Select-Object -Last 1
        & $add
        @(Get-WeChatEmulatorRequest webwxupdatechatroom -After $after).Count | Should -Be 1
        (Get-WeChatGroupMember 运维群 -Refresh).Name | Should -Contain $who
    }

    It 'adds a friend to every group that is piped, with one request for each' {
        (Get-WeChatContact 运维群, 周末爬山 | Add-WeChatGroupMember 好友00014 -PassThru).Name -join ' ' | Should -Be '运维群 周末爬山'
        @(Get-WeChatEmulatorRequest webwxupdatechatroom -After $after).Count | Should -Be 2
    }

    It 'invites where 40 are reached: says who is only invited, and counts nobody before he joins' {
        $before = @(Get-WeChatGroupMember 周末爬山 -Refresh).Count
        $group = Get-WeChatContact 好友000* | Add-WeChatGroupMember 周末爬山 -PassThru -InformationVariable said 6> $null
        (Get-WeChatEmulatorRequest webwxupdatechatroom -Last 1).Query | Should -Match 'fun=invitemember'
        "$said" | Should -Match "Invited to '周末爬山'.*好友00040"
        $group.InvitedMembers -contains '好友00040' | Should -BeTrue
        $group.MemberCount | Should -Be $before
        @(Get-WeChatGroupMember 周末爬山 -Refresh).Count | Should -Be $before

        Invoke-Emulator contact @{ action = 'join'; name = '周末爬山'; members = @('好友00040') }
        (Get-WeChatGroupMember 周末爬山 -Refresh).Name -contains '好友00040' | Should -BeTrue
        (Get-WeChatContact 周末爬山).InvitedMembers -contains '好友00040' | Should -BeFalse
        (Get-WeChatContact 周末爬山).InvitedMembers -contains '好友00039' | Should -BeTrue
    }

    It 'says nothing about who is added' {
        $group = Add-WeChatGroupMember 运维群 好友00004 -PassThru -InformationVariable said
        $said | Should -BeNullOrEmpty
        $group.InvitedMembers | Should -BeNullOrEmpty
    }

    It 'goes by the size that WeChat says: <function> for the fourth where groups from <size> on are large' -ForEach @(
        @{ size = 4; function = 'invitemember'; invited = '王五' }, @{ size = 5; function = 'addmember'; invited = '' }
    ) {
        Invoke-Emulator settings @{ inviteStartCount = $size }
        Invoke-Emulator contact @{ action = 'add'; kind = 'group'; name = "小组$size"; members = @('张三', '李四') }
        $other = Connect-WeChat -Name "size$size" -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $group = Add-WeChatGroupMember "小组$size" 王五 -PassThru -Session $other 6> $null
        Disconnect-WeChat $other
        $null = Connect-WeChat -Name addmember -Endpoint $emulator.Endpoint -Ephemeral
        Invoke-Emulator settings @{ inviteStartCount = 40 }
        (Get-WeChatEmulatorRequest webwxupdatechatroom -Last 1).Query | Should -Match "fun=$function"
        $group.InvitedMembers -join ' ' | Should -Be $invited
    }

    It 'adds nobody with -WhatIf' {
        Add-WeChatGroupMember 运维群 好友00003 -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }

    It 'refuses before anything is sent: <what>' -ForEach @(
        @{ what = 'no group'; group = '王五'; who = '张三'; id = 'ContactNotFound' }
        @{ what = 'a group among friends'; group = '运维群'; who = '张三', '周末爬山'; id = 'ContactNotAllowed' }
        @{ what = 'an official account'; group = '运维群'; who = '每日天气'; id = 'ContactNotAllowed' }
        @{ what = 'somebody unknown'; group = '运维群'; who = '无名'; id = 'ContactNotFound' }
    ) {
        { Add-WeChatGroupMember $group $who -ErrorAction Stop } | Should -Throw -ErrorId "WeChat.$id,WeChatPS.AddWeChatGroupMember"
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }
}
