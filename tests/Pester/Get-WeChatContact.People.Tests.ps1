Import-Module WeChatPS

Describe 'People' {
    BeforeAll {
        function Invoke-Phone([hashtable] $Change) {
            $body = [Net.Http.StringContent]::new((ConvertTo-Json $Change -Compress))
            $reply = [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $body).Result
            if (-not $reply.IsSuccessStatusCode) { throw $reply.Content.ReadAsStringAsync().Result }
        }
        function Connect-Again {
            Get-WeChatSession | Disconnect-WeChat
            Connect-WeChat -Name people -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store -SendInterval 0 6> $null
        }
    }

    BeforeEach {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $session = Connect-Again
    }

    AfterEach {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'are the same ones by their ids after the next login, for -To, -From and names' {
        $before = Get-WeChatContact 王五
        $group = Get-WeChatContact 运维群
        $before.Id | Should -BeLike 'wxid_*'
        $group.Id | Should -BeLike '*@chatroom'
        $before.HasStableId | Should -BeTrue

        $null = Connect-Again
        (Get-WeChatContact $before.Id).UserName | Should -Not -Be $before.UserName
        (Get-WeChatContact $before.Id).Name | Should -Be '王五'
        (Send-WeChatMessage -To $before.Id -Text 'by id').To.Name | Should -Be '王五'
        # an object of the earlier login means the person too
        ($before | Send-WeChatMessage -Text 'by object').To.Name | Should -Be '王五'
        (Get-WeChatGroupMember $group.Id).Count | Should -Be 5
        Send-WeChatEmulatorMessage 'from somebody else' -From 张三
        Send-WeChatEmulatorMessage 'from him' -From 王五
        (Receive-WeChatMessage -NoWait -From $before.Id).Text | Should -Be 'from him'
    }

    It 'have a fingerprint that lasts where the server gave no id' {
        $guessed = @(Get-WeChatContact | Where-Object { -not $_.HasStableId })
        $guessed.Count | Should -BeGreaterThan 0
        $guessed.Id | ForEach-Object { $_ | Should -BeLike 'fp_*' }
        $null = Connect-Again
        foreach ($one in $guessed) { (Get-WeChatContact $one.Id).Name | Should -Be $one.Name }
    }

    It 'change while the session lives, without being asked for' {
        $null = Get-WeChatContact
        $after = (Get-WeChatEmulator).Requests
        Invoke-Phone @{ action = 'rename'; name = '王五'; newName = '王五郎' }
        Invoke-Phone @{ action = 'rename'; name = '张三'; remark = '老张' }
        Invoke-Phone @{ action = 'add'; name = '新同事'; kind = 'friend' }
        Invoke-Phone @{ action = 'delete'; name = '周末爬山' }
        $null = Receive-WeChatMessage -NoWait
        (Get-WeChatContact 王五郎).NickName | Should -Be '王五郎'
        (Get-WeChatContact 老张).NickName | Should -Be '张三'
        (Get-WeChatContact 新同事).Kind | Should -Be 'Friend'
        (Get-WeChatContact -Kind Group).Name | Should -Be '运维群'
        Get-WeChatEmulatorRequest webwxgetcontact -After $after | Should -BeNullOrEmpty
    }

    It 'in a group have the names that they use there, and a group that is in no address book is there' {
        (Get-WeChatGroupMember 运维群).Name -contains '赵六-机房' | Should -BeTrue
        (Get-WeChatGroupMember 周末爬山).Count | Should -Be 4
    }

    It 'who join a group later have a name in their first message, and can be called by it' {
        $null = Get-WeChatGroupMember 运维群
        Invoke-Phone @{ action = 'join'; name = '运维群'; members = @('钱八') }
        Send-WeChatEmulatorMessage '大家好' -From 钱八 -Group 运维群
        $message = Receive-WeChatMessage -NoWait
        $message.Sender.Name | Should -Be '钱八'
        $message.From.Kind | Should -Be 'Stranger'
        (Send-WeChatMessage 运维群 '欢迎' -Mention 钱八).To.Name | Should -Be '运维群'
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }

    It 'whose name looks like a broken pattern are found by it' {
        Invoke-Phone @{ action = 'add'; name = '[abc'; kind = 'friend' }
        (Get-WeChatContact '[abc' -Refresh).NickName | Should -Be '[abc'
        { Get-WeChatContact '[abd' -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.GetWeChatContact'
        { Get-WeChatSession '[abd' -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.SessionNotFound,WeChatPS.GetWeChatSession'
        { Remove-WeChatSession '[abd' -StorePath ([IO.Path]::GetTempPath()) -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.InvalidSessionName,WeChatPS.RemoveWeChatSession'
    }

    It 'who share a name with somebody are completed by an id, unless the name is a remark' {
        Invoke-Phone @{ action = 'add'; name = '小明'; kind = 'friend' }
        Invoke-Phone @{ action = 'add'; name = '小明'; kind = 'friend'; remark = '明明' }
        Invoke-Phone @{ action = 'add'; name = '阿强'; kind = 'friend' }
        Invoke-Phone @{ action = 'add'; name = '强哥'; kind = 'friend'; remark = '阿强' }
        $null = Get-WeChatContact -Refresh
        foreach ($line in 'Send-WeChatMessage -To 小明', 'Send-WeChatMessage -To 明明', 'Send-WeChatMessage -To 阿强', 'Send-WeChatMessage -To 强哥') {
            foreach ($match in (TabExpansion2 $line $line.Length).CompletionMatches) {
                $to = (Send-WeChatMessage -To $match.CompletionText.Trim("'") -Text 'x').To
                $match.ToolTip | Should -Match ([regex]::Escape($to.Id))
            }
        }
        $line = 'Send-WeChatMessage -To 小明'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Not -Contain '小明'
        $line = 'Send-WeChatMessage -To 阿强'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain '阿强'
    }

    It 'who are gone from the address book are gone after -Refresh, though nobody said so' {
        Invoke-Phone @{ action = 'add'; name = '过客'; kind = 'friend' }
        (Get-WeChatContact 过客 -Refresh).Kind | Should -Be 'Friend'
        # nobody polls: only the address book can tell
        Invoke-Phone @{ action = 'delete'; name = '过客' }
        Get-WeChatContact 过客 -Refresh -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        (Get-WeChatContact 王五).Kind | Should -Be 'Friend'
        (Get-WeChatContact 运维群).Kind | Should -Be 'Group'
    }

    It 'of a new group have names in its first message, whoever they are' {
        Invoke-Phone @{ action = 'add'; kind = 'group'; name = '新群'; members = @('周九', '王五') }
        Send-WeChatEmulatorMessage '第一条' -From 周九 -Group 新群
        $message = Receive-WeChatMessage -NoWait
        "$($message.Group.Name) $($message.Sender.Name)" | Should -Be '新群 周九'
        ($message | Send-WeChatMessage -Text '收到').To.Name | Should -Be '新群'
    }
}
