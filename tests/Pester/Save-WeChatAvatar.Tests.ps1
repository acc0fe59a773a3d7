Import-Module WeChatPS

Describe 'Save-WeChatAvatar' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name avatars -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N')) }

    AfterEach {
        Remove-WeChatEmulatorFault
        if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'saves contacts, groups and official accounts from the pipeline, each under its name' {
        $files = Get-WeChatContact -Kind Friend, Group, Official | Save-WeChatAvatar $folder -PassThru
        $files | ForEach-Object { $_ | Should -BeOfType System.IO.FileInfo }
        $files.Name | Should -Contain '张三.jpg'
        $files.Name | Should -Contain '运维群.jpg'
        $files.Name | Should -Contain '每日天气.jpg'
    }

    It 'saves the members of a group, strangers too, with names made harmless' {
        $files = Get-WeChatGroupMember 运维群 | Save-WeChatAvatar $folder -PassThru
        $files.Name | Should -Contain '孙七 _ops_.jpg'
        @($files.Name | Sort-Object -Unique).Count | Should -Be @(Get-WeChatGroupMember 运维群).Count
    }

    It 'saves the account''s own, and whoever a message is from' {
        (Get-WeChatContact -Kind Self | Save-WeChatAvatar $folder -PassThru).Name | Should -Be '我.jpg'
        $null = Receive-WeChatMessage -NoWait
        Send-WeChatEmulatorMessage 'x' -From 王五
        Send-WeChatEmulatorMessage 'x' -From 赵六 -Group 运维群
        (Receive-WeChatMessage -NoWait | Save-WeChatAvatar $folder -PassThru).Name -join ' ' | Should -Be '王五.jpg 运维群.jpg'
    }

    It 'names the group of a member, though another is called the same' {
        $groups = 1..2 | ForEach-Object { New-WeChatGroup 张三, 李四 -Name 同名 }
        $members = $groups | Get-WeChatGroupMember -Name 张三 -Refresh
        $after = (Get-WeChatEmulator).Requests
        $members | Save-WeChatAvatar $folder
        $keys = (Get-WeChatEmulatorRequest webwxgeticon -After $after).Query | ForEach-Object { if ($_ -match 'chatroomid=([^&]+)') { $Matches[1] } }
        @($keys | Sort-Object -Unique).Count | Should -Be 2
        $groups | Exit-WeChatGroup -Confirm:$false
    }

    It 'takes names, and a file to save as' {
        $file = Save-WeChatAvatar -Contact 王五 -Path ([IO.Path]::Combine($folder, 'w.jpeg')) -Thumbnail -PassThru
        $file.Name | Should -Be 'w.jpeg'
        (Get-WeChatEmulatorRequest -Name webwxgeticon)[-1].Query | Should -Not -Match 'type=big'
    }

    It 'asks again when nothing comes at first' {
        $null = Add-WeChatEmulatorFault webwxgeticon Empty -Count 1
        (Save-WeChatAvatar -Contact 王五 $folder -PassThru).Length | Should -BeGreaterThan 0
    }

    It 'says who is not there, and saves the others' {
        $file = Save-WeChatAvatar -Contact 无名, 王五 $folder -PassThru -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'WeChat.ContactNotFound,WeChatPS.SaveWeChatAvatar'
        $file.Name | Should -Be '王五.jpg'
    }

    It 'leaves no file when a page comes instead' {
        $null = Add-WeChatEmulatorFault webwxgeticon Html
        Save-WeChatAvatar -Contact 王五 $folder -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'WeChat.ProtocolError,WeChatPS.SaveWeChatAvatar'
        [IO.Directory]::GetFileSystemEntries($folder) | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf' {
        Save-WeChatAvatar -Contact 王五 $folder -PassThru -WhatIf | Should -BeNullOrEmpty
        [IO.Directory]::Exists($folder) | Should -BeFalse
    }
}
