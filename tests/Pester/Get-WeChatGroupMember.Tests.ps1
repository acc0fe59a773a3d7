Import-Module WeChatPS

Describe 'Get-WeChatGroupMember' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name members -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        function Invoke-Phone([hashtable] $Change) {
            $body = [Net.Http.StringContent]::new((ConvertTo-Json $Change -Compress))
            $reply = [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $body).Result
            if (-not $reply.IsSuccessStatusCode) { throw $reply.Content.ReadAsStringAsync().Result }
        }
        function Get-Asked([long] $After) {
            @(Get-WeChatEmulatorRequest webwxbatchgetcontact -After $After).ForEach{ ($_.Body | ConvertFrom-Json).Count } -join ' '
        }
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
        $null = Connect-WeChat -Name members -Endpoint $emulator.Endpoint -Ephemeral
    }

    It 'tells with -Detailed what those show of themselves who are no contacts, and asks for each once' {
        (Get-WeChatGroupMember 运维群 赵六).City | Should -BeNullOrEmpty
        $after = (Get-WeChatEmulator).Requests
        $zhao = Get-WeChatGroupMember 运维群 赵六 -Detailed
        "$($zhao.Gender) $($zhao.Province) $($zhao.City) $($zhao.Signature) $($zhao.Name)" | Should -Be 'Male 广东 深圳 机房里 & 电话旁 赵六-机房'
        Get-Asked $after | Should -Be '1'

        $all = Get-WeChatGroupMember 运维群 -Detailed
        $all.City -join '|' | Should -Be '浦东新区|浦东新区|深圳|成都|'
        $all[0].Signature | Should -Be '模拟联系人'
        (Get-WeChatGroupMember 运维群 孙七*).Gender | Should -Be 'Female'
        $null = Get-WeChatGroupMember 运维群 -Detailed
        Get-Asked $after | Should -Be '1 1'
        $null = Get-WeChatGroupMember 运维群 -Detailed -Refresh
        Get-Asked $after | Should -Be '1 1 1 2'
    }

    It 'asks for fifty of them with a request' {
        Invoke-Phone @{ action = 'add'; kind = 'group'; name = '大群'; members = @(1..120 | ForEach-Object { "路人$_" }) }
        $null = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
        @(Get-WeChatGroupMember 大群 -Detailed).Count | Should -Be 121
        # the group itself, for the key without which its members say nothing, and then they
        Get-Asked $after | Should -Be '1 50 50 20'
    }

    It 'knows the others when the server refuses one of them' {
        $null = Add-WeChatEmulatorFault webwxbatchgetcontact Ret -Contact 赵六
        $other = Connect-WeChat -Name halves -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Get-WeChatGroupMember 运维群 -Session $other
        $after = (Get-WeChatEmulator).Requests
        (Get-WeChatGroupMember 运维群 -Detailed -Session $other).City -join '|' | Should -Be '浦东新区|浦东新区||成都|'
        Get-Asked $after | Should -Be '2 1 1'
        $null = Get-WeChatGroupMember 运维群 -Detailed -Session $other
        Get-Asked $after | Should -Be '2 1 1'
        Remove-WeChatEmulatorFault
        (Get-WeChatGroupMember 运维群 赵六 -Detailed -Refresh -Session $other).City | Should -Be '深圳'
        Disconnect-WeChat $other
        $null = Connect-WeChat -Name members -Endpoint $emulator.Endpoint -Ephemeral
    }

    It 'is completed with the members of the group' {
        $line = 'Get-WeChatGroupMember 运维群 赵'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be "'赵六-机房'"
        $line = 'Get-WeChatGroupMember -Group 周末爬山 -Name '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' | Should -Be '李队 王五 赵六'
    }

    It 'says so when <name> is no group' -ForEach @(@{ name = '王五' }, @{ name = '无名群' }) {
        { Get-WeChatGroupMember $name -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.GetWeChatGroupMember'
    }
}
