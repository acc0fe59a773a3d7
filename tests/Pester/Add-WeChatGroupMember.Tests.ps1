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
        @{ what = 'an official account'; group = '运维群'; who = '每日天气'; id = 'ContactNotAllowed' }
        @{ what = 'somebody unknown'; group = '运维群'; who = '无名'; id = 'ContactNotFound' }
    ) {
        { Add-WeChatGroupMember $group $who -ErrorAction Stop } | Should -Throw -ErrorId "WeChat.$id,WeChatPS.AddWeChatGroupMember"
        Get-WeChatEmulatorRequest webwxupdatechatroom -After $after | Should -BeNullOrEmpty
    }
}
