Import-Module WeChatPS

Describe 'Set-WeChatContact' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name setcontact -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'gives a remark, which is the name from then on, and takes it away' {
        (Set-WeChatContact 王五 -Remark '老王 & <b> 😀' -PassThru).Name | Should -Be '老王 & <b> 😀'
        (Get-WeChatContact '老王 & <b> 😀' -Refresh).NickName | Should -Be '王五'
        (Set-WeChatContact '老王 & <b> 😀' '' -PassThru).Name | Should -Be '王五'
        (Get-WeChatContact 王五 -Refresh).RemarkName | Should -BeNullOrEmpty
    }

    It 'pins several by pipeline, groups too, and keeps their remarks' {
        $pinned = Get-WeChatContact 李四, 运维群 | Set-WeChatContact -Pinned -PassThru
        $pinned.IsPinned -join ' ' | Should -Be 'True True'
        $pinned.Name -join ' ' | Should -Be '李四 运维群'
        (Get-WeChatContact 李四 -Refresh).RemarkName | Should -Be '李四'
        (Get-WeChatContact 李四).IsPinned | Should -BeTrue
        (Set-WeChatContact 李四, 运维群 -Pinned:$false -PassThru).IsPinned -join ' ' | Should -Be 'False False'
    }

    It 'pins with the remark that was given on the phone meanwhile' {
        $wang = Get-WeChatContact 王五
        $change = [Net.Http.StringContent]::new((ConvertTo-Json @{ action = 'rename'; name = '王五'; remark = '新备注' }))
        [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $change).Result.IsSuccessStatusCode | Should -BeTrue
        (Set-WeChatContact $wang -Pinned -PassThru).Name | Should -Be '新备注'
        ((Get-WeChatEmulatorRequest webwxoplog -Last 1).Body | ConvertFrom-Json).RemarkName | Should -Be '新备注'
        (Get-WeChatContact $wang.Id -Refresh).RemarkName | Should -Be '新备注'
        Set-WeChatContact $wang -Pinned:$false -Remark ''
    }

    It 'pins a conversation that has no other mark, and takes it down again' {
        $group = New-WeChatGroup 王五, 李四 -Name 便签
        (Set-WeChatContact $group -Pinned -PassThru).IsPinned | Should -BeTrue
        (Set-WeChatContact $group -Pinned:$false -PassThru).IsPinned | Should -BeFalse
        (Get-WeChatContact 便签).IsPinned | Should -BeFalse
    }

    It 'marks the conversation of a piped message as read' {
        Send-WeChatEmulatorMessage 'q' -From 王五
        Receive-WeChatMessage -NoWait | Set-WeChatContact -MarkRead
        $request = (Get-WeChatEmulatorRequest webwxstatusnotify -Last 1).Body | ConvertFrom-Json
        $request.Code | Should -Be 1
        $request.FromUserName | Should -BeExactly $session.User.UserName
        $request.ToUserName | Should -BeExactly (Get-WeChatContact 王五).UserName
    }

    It 'marks the conversation of a group as read' {
        Send-WeChatEmulatorMessage 'q' -From 赵六 -Group 运维群
        Receive-WeChatMessage -NoWait | Set-WeChatContact -MarkRead
        ((Get-WeChatEmulatorRequest webwxstatusnotify -Last 1).Body | ConvertFrom-Json).ToUserName | Should -BeExactly (Get-WeChatContact 运维群).UserName
    }

    It 'gives nothing without -PassThru and sends nothing with -WhatIf' {
        Set-WeChatContact 王五 -Remark x -Pinned -MarkRead -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxoplog -After $after | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxstatusnotify -After $after | Should -BeNullOrEmpty
        Set-WeChatContact 王五 -Pinned | Should -BeNullOrEmpty
    }

    It 'refuses before anything is sent: <what>' -ForEach @(
        @{ what = 'nothing to change'; arguments = @{ Contact = '王五' }; id = 'NothingToChange' }
        @{ what = 'nobody of that name'; arguments = @{ Contact = '无名'; Pinned = $true }; id = 'ContactNotFound' }
        @{ what = 'a remark for a group'; arguments = @{ Contact = '运维群'; Remark = 'x' }; id = 'ContactNotAllowed' }
    ) {
        { Set-WeChatContact @arguments -ErrorAction Stop } | Should -Throw -ErrorId "WeChat.$id,WeChatPS.SetWeChatContact"
        Get-WeChatEmulatorRequest webwxoplog -After $after | Should -BeNullOrEmpty
    }

    It 'goes on with the others when one is wrong' {
        $done = Set-WeChatContact 无名, 王五 -Pinned -PassThru -ErrorAction SilentlyContinue -ErrorVariable wrong
        $done.Name | Should -Be '王五'
        $wrong.Count | Should -Be 1
    }

    It 'says that it does not know when the reply is lost, and sends nothing twice' {
        Add-WeChatEmulatorFault webwxoplog LostReply -Count 1
        { Set-WeChatContact 王五 -Remark x -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.OutcomeUnknown,WeChatPS.SetWeChatContact'
        @(Get-WeChatEmulatorRequest webwxoplog -After $after).Count | Should -Be 1
        Set-WeChatContact 王五 -Remark ''
    }

    It 'is completed with contacts' {
        $line = 'Set-WeChatContact 王'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be '王五'
    }
}
