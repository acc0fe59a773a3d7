Import-Module WeChatPS

Describe 'Get-WeChatContact' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1 -ContactCount 30
        $session = Connect-WeChat -Name contacts -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        function Set-Phone($Change) {
            $body = [System.Net.Http.StringContent]::new(($Change | ConvertTo-Json))
            $null = [System.Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $body).Result
            $null = Receive-WeChatMessage -NoWait -Session contacts
        }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'lists the address book, the account first' {
        $all = Get-WeChatContact
        $all[0].Kind | Should -Be 'Self'
        $all.Name | Should -Contain '运维群'
        $all.Name | Should -Contain '好友00030'
        $all[0] | Should -BeOfType WeChatPS.WeChatContact
    }

    It 'finds <name> with <pattern>' -ForEach @(
        @{ pattern = '王*'; name = '王五' }, @{ pattern = '王五'; name = '王五' }, @{ pattern = '小四🌙'; name = '李四' }
        @{ pattern = '?四'; name = '李四' }, @{ pattern = 'FILEHELPER'; name = '文件传输助手' }
    ) {
        (Get-WeChatContact $pattern).Name | Should -Be $name
    }

    It 'chooses by kind' {
        (Get-WeChatContact -Kind Official).Name | Should -Be '每日天气'
        (Get-WeChatContact -Kind Group).IsGroup | Should -Not -Contain $false
        (Get-WeChatContact -Kind Special, Self).Count | Should -Be 2
    }

    It 'takes names by pipeline' {
        ('王五', '李四' | Get-WeChatContact).Name -join ' ' | Should -Be '王五 李四'
    }

    It 'asks the server again only with -Refresh' {
        $null = Get-WeChatContact
        $after = (Get-WeChatEmulator).Requests
        $null = Get-WeChatContact
        Get-WeChatEmulatorRequest webwxgetcontact -After $after | Should -BeNullOrEmpty
        $null = Get-WeChatContact -Refresh
        Get-WeChatEmulatorRequest webwxgetcontact -After $after | Should -Not -BeNullOrEmpty
    }

    It 'lists the recent conversations, the latest first' {
        $atLogin = (Get-WeChatContact -Recent).Name
        $atLogin[0] | Should -Be '文件传输助手'
        $atLogin | Should -Not -Contain '好友00030'
        Send-WeChatEmulatorMessage 'hi' -From 好友00030
        Send-WeChatEmulatorMessage 'hi' -From 赵六 -Group 运维群
        $null = Receive-WeChatMessage -NoWait
        $null = Send-WeChatMessage 王五 'hi'
        (Get-WeChatContact -Recent | Select-Object -First 4).Name -join ' ' | Should -Be "王五 运维群 好友00030 $($atLogin[0])"
        @(Get-WeChatContact -Recent).Count | Should -Be ($atLogin.Count + 1)
    }

    It 'chooses among the recent conversations' {
        (Get-WeChatContact -Recent -Kind Special).Name | Should -Be '文件传输助手'
        (Get-WeChatContact 运维* -Recent).Name | Should -Be '运维群'
        Get-WeChatContact 好友00029 -Recent -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.ContactNotFound,WeChatPS.GetWeChatContact'
        "$failure" | Should -Be "There is no recent chat with '好友00029'."
    }

    It 'follows changes on the phone without -Refresh' {
        Set-Phone @{ action = 'add'; name = '新朋友'; kind = 'friend' }
        (Get-WeChatContact 新朋友).Kind | Should -Be 'Friend'
        Set-Phone @{ action = 'rename'; name = '新朋友'; remark = '老同学' }
        (Get-WeChatContact 老同学).NickName | Should -Be '新朋友'
        Set-Phone @{ action = 'delete'; name = '新朋友' }
        Get-WeChatContact 老同学 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'knows groups that are not saved to the address book' {
        $book = (Invoke-WeChatRequest 'webwxgetcontact?seq=0&skey={skey}').Content.MemberList.NickName
        $book | Should -Contain '运维群'
        $book | Should -Not -Contain '周末爬山'
        (Get-WeChatContact 周末爬山).Kind | Should -Be 'Group'
    }

    It 'knows a contact by the same id after the next login, with another picture too' {
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        function Connect-Again {
            $null = Connect-WeChat -Name again -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
            $null = Receive-WeChatMessage -NoWait -Session again
            Get-WeChatContact 王五 -Session again
        }
        $first = Connect-Again
        Disconnect-WeChat again
        # as with every change, the address of the picture is another one then
        Set-Phone @{ action = 'rename'; name = '王五' }
        $second = Connect-Again
        $receipt = Send-WeChatMessage $first.Id 'still you' -Session again
        Disconnect-WeChat again
        $null = Connect-WeChat -Name contacts -Endpoint $emulator.Endpoint -Ephemeral
        [IO.Directory]::Delete($store, $true)
        $receipt.To.UserName | Should -Be $second.UserName
        $second.UserName | Should -Not -Be $first.UserName
        $first.HasStableId | Should -BeTrue
        $second.Id | Should -Be $first.Id
    }

    It 'reads flags as bits: <name>' -ForEach @(
        @{ name = '订阅号24'; kind = 'Official'; verify = 24; flag = 0; says = 'IsVerified' }
        @{ name = '团队56'; kind = 'Official'; verify = 56; flag = 0; says = 'IsVerified' }
        @{ name = '服务号136'; kind = 'Official'; verify = 136; flag = 2048; says = 'IsPinned' }
        @{ name = '置顶星标'; kind = 'Friend'; verify = 0; flag = 2115; says = 'IsPinned IsStarred' }
        @{ name = '免打扰'; kind = 'Friend'; verify = 0; flag = 515; says = 'IsMuted' }
        @{ name = '黑名单'; kind = 'Friend'; verify = 0; flag = 11; says = 'IsBlocked' }
    ) {
        Set-Phone @{ action = 'add'; name = $name; kind = $kind; contactFlag = $flag; verifyFlag = $verify }
        foreach ($refresh in $false, $true) {
            $contact = Get-WeChatContact $name -Refresh:$refresh
            $contact.Kind | Should -Be $kind
            'IsPinned', 'IsStarred', 'IsMuted', 'IsBlocked', 'IsVerified' | Where-Object { $contact.$_ } | Should -Be ($says -split ' ')
        }
        Set-Phone @{ action = 'delete'; name = $name }
    }

    It 'finds <name> by pinyin with <pattern>' -ForEach @(
        @{ pattern = 'zhang*'; name = '张三' }, @{ pattern = 'WANGWU'; name = '王五' }, @{ pattern = 'lisi'; name = '李四' }, @{ pattern = 'xiaos?'; name = '李四' }
    ) {
        (Get-WeChatContact $pattern).Name | Should -Be $name
    }

    It 'is spelt in Latin letters, for sorting and completion, and never means somebody by that' {
        (Get-WeChatContact 张三, 王五, 李四 | Sort-Object Pinyin).Name -join ' ' | Should -Be '李四 王五 张三'
        $line = 'Send-WeChatMessage zh'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be '张三'
        { Send-WeChatMessage zhangsan 'x' -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.SendWeChatMessage'
    }

    It 'finds nothing for a wildcard without an error, and says so for a name' {
        Get-WeChatContact 没有* | Should -BeNullOrEmpty
        { Get-WeChatContact 没有 -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.GetWeChatContact'
    }

    It 'is completed from what is loaded' {
        $line = 'Get-WeChatContact -Name 文'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be '文件传输助手'
        $line = 'Receive-WeChatMessage -Group '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' | Should -Be '周末爬山 运维群'
        $line = 'Send-WeChatMessage -Session c'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'contacts'
    }
}
