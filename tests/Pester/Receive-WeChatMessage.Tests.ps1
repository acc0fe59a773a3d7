Import-Module WeChatPS

Describe 'Receive-WeChatMessage' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name receiving -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $null = Receive-WeChatMessage -NoWait }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'brings messages as objects, oldest first' {
        Send-WeChatEmulatorMessage '你好 <b> & 😱' -From 王五
        Send-WeChatEmulatorMessage "@我$([char]0x2005) 看一下" -From 赵六 -Group 运维群
        $first, $second = Receive-WeChatMessage -NoWait
        $first | Should -BeOfType WeChatPS.WeChatMessage
        $first.Text | Should -Be '你好 <b> & 😱'
        $first.From.Name | Should -Be '王五'
        $first.Group | Should -BeNullOrEmpty
        $first.DeliveryCount | Should -Be 1
        $second.Group.Name | Should -Be '运维群'
        $second.Sender.Name | Should -Be '赵六-机房'
        $second.MentionsMe | Should -BeTrue
    }

    It 'waits for what comes, and stops when the pipeline has enough' {
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 3
        Receive-WeChatMessage | Select-Object -First 2 | ForEach-Object Text | Should -Be @('1', '2')
        (Receive-WeChatMessage -NoWait).Text | Should -Be '3'
    }

    It 'ends after -MaxCount and leaves what lies behind' {
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 3
        (Receive-WeChatMessage -MaxCount 2).Text -join ' ' | Should -Be '1 2'
        (Receive-WeChatMessage -NoWait).Text | Should -Be '3'
    }

    It 'ends on time without an error' {
        Receive-WeChatMessage -TimeoutSec 0.1 | Should -BeNullOrEmpty
    }

    It 'brings a message again when its handler failed, with a higher count' {
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 2
        { Receive-WeChatMessage -NoWait | ForEach-Object { throw 'no' } } | Should -Throw 'no'
        $again = Receive-WeChatMessage -NoWait
        $again.Text -join ' ' | Should -Be '1 2'
        $again.DeliveryCount -join ' ' | Should -Be '2 1'
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }

    It 'gives a message to the dead letters after five deliveries, with a warning' {
        Send-WeChatEmulatorMessage 'poison' -From 王五
        foreach ($try in 1..5) { try { Receive-WeChatMessage -NoWait | ForEach-Object { throw 'no' } } catch { $null = $_ } }
        Receive-WeChatMessage -NoWait -WarningVariable warnings 3> $null | Should -BeNullOrEmpty
        $warnings -join '' | Should -Match '5 times'
    }

    It 'chooses by sender, by group, by kind, by text and by mention' {
        Send-WeChatEmulatorMessage 'disk full' -From 王五
        Send-WeChatEmulatorMessage 'DISK ok' -From 张三 -Group 运维群
        Send-WeChatEmulatorMessage -From 张三 -Kind Image
        Send-WeChatEmulatorMessage "@我$([char]0x2005) hi" -From 赵六 -Group 运维群
        $all = @(Receive-WeChatMessage -NoWait -NoAck)
        $all.Count | Should -Be 4
        @(Receive-WeChatMessage -NoWait -NoAck -From 王五).Count | Should -Be 1
    }

    It 'filters <filter>' -ForEach @(
        @{ filter = @{ From = '王五' }; expected = 'disk full' }
        @{ filter = @{ From = '张三' }; expected = 'DISK ok|' }
        @{ filter = @{ From = '王五', '运维群' }; expected = 'disk full|DISK ok|@我 hi' }
        @{ filter = @{ Group = '运维群' }; expected = 'DISK ok|@我 hi' }
        @{ filter = @{ Kind = 'Image' }; expected = '' }
        @{ filter = @{ Match = '^disk' }; expected = 'disk full|DISK ok' }
        @{ filter = @{ Match = '(?-i)^disk' }; expected = 'disk full' }
        @{ filter = @{ MentionsMe = $true }; expected = '@我 hi' }
        @{ filter = @{ From = '张三'; Group = '运维群' }; expected = 'DISK ok' }
    ) {
        $null = Receive-WeChatMessage -NoWait
        Send-WeChatEmulatorMessage 'disk full' -From 王五
        Send-WeChatEmulatorMessage 'DISK ok' -From 张三 -Group 运维群
        Send-WeChatEmulatorMessage -From 张三 -Kind Image
        Send-WeChatEmulatorMessage "@我$([char]0x2005)hi" -From 赵六 -Group 运维群
        $found = @(Receive-WeChatMessage -NoWait @filter)
        $found.Text -replace [char]0x2005, ' ' -join '|' | Should -Be $expected
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }

    It 'leaves out own messages and the phone''s bookkeeping unless asked' {
        Send-WeChatEmulatorMessage 'from my phone' -To 王五
        Send-WeChatEmulatorMessage -From 王五 -Kind Status
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
        Send-WeChatEmulatorMessage 'from my phone' -To 王五
        (Receive-WeChatMessage -NoWait -IncludeSelf).IsFromSelf | Should -BeTrue
        Send-WeChatEmulatorMessage -From 王五 -Kind Status
        (Receive-WeChatMessage -NoWait -Kind Status).Kind | Should -Be 'Status'
        Send-WeChatEmulatorMessage -From 王五 -Kind Status
        Send-WeChatEmulatorMessage 'x' -From 王五
        Send-WeChatEmulatorMessage -From 王五 -Kind Image
        (Receive-WeChatMessage -NoWait -IncludeStatus -Kind Text).Kind | Should -Be @('Status', 'Text')
    }

    It 'chooses by what the other side is: <kind>' -ForEach @(
        @{ kind = 'Friend'; expected = 'a' }, @{ kind = 'Group'; expected = 'b' }, @{ kind = 'Official'; expected = 'c' }
        @{ kind = 'Friend', 'Official'; expected = 'ac' }
    ) {
        Send-WeChatEmulatorMessage 'a' -From 王五
        Send-WeChatEmulatorMessage 'b' -From 张三 -Group 运维群
        Send-WeChatEmulatorMessage 'c' -From 每日天气
        (Receive-WeChatMessage -NoWait -FromKind $kind).Text -join '' | Should -Be $expected
    }

    It 'chooses by a contact or a member, as objects too' {
        $member = Get-WeChatGroupMember 运维群 赵六*
        Send-WeChatEmulatorMessage 'a' -From 王五
        Send-WeChatEmulatorMessage 'b' -From 赵六 -Group 运维群
        Send-WeChatEmulatorMessage 'c' -From 张三 -Group 运维群
        (Receive-WeChatMessage -NoWait -From $member).Text | Should -Be 'b'
        Send-WeChatEmulatorMessage 'd' -From 王五
        (Receive-WeChatMessage -NoWait -From (Get-WeChatContact 王五)).Text | Should -Be 'd'
    }

    It 'brings a text byte for byte: <text>' -ForEach @(
        @{ text = '👨‍👩‍👧‍👦🏳️‍🌈🇨🇳1️⃣' }, @{ text = '<>&"'' &amp; &lt;br/&gt; <br/>' }, @{ text = "one`ntwo" }, @{ text = "a$([char]0x2005)b" }
        @{ text = 'todo:<br/>x' }, @{ text = '<span class="emoji emoji1f604"></span>' }
    ) {
        Send-WeChatEmulatorMessage $text -From 王五
        Send-WeChatEmulatorMessage $text -From 赵六 -Group 运维群
        $private, $group = Receive-WeChatMessage -NoWait
        $private.Text | Should -BeExactly $text
        $group.Text | Should -BeExactly $text
        $null = $private | Send-WeChatMessage -Text $text
        ((Get-WeChatEmulatorRequest -Name webwxsendmsg)[-1].Body | ConvertFrom-Json).Msg.Content | Should -BeExactly $text
    }

    It 'brings back what was taken back' {
        $id = Send-WeChatEmulatorMessage 'oops' -From 王五 -PassThru
        Send-WeChatEmulatorMessage -From 王五 -Kind Recall -RecalledId $id
        $null, $recall = Receive-WeChatMessage -NoWait
        $recall.Content.Original.Text | Should -Be 'oops'
        $recall | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue | Should -Match 'oops'
    }

    It 'reads the notice: <text>' -ForEach @(
        @{ text = '"张三"邀请"小明、小红"加入了群聊'; kind = 'GroupJoin'; property = 'Names'; expected = '小明、小红' }
        @{ text = '你将"小明"移出了群聊'; kind = 'GroupLeave'; property = 'RemovedBy'; expected = '你' }
        @{ text = '"张三"修改群名为“新名”'; kind = 'GroupRename'; property = 'Name'; expected = '新名' }
        @{ text = '"张三" 拍了拍我'; kind = 'Tickle'; property = 'IsMe'; expected = 'True' }
        @{ text = '收到红包，请在手机上查看'; kind = 'RedPacket'; property = 'IsSent'; expected = 'False' }
    ) {
        Send-WeChatEmulatorMessage $text -Kind System -Group 运维群
        $message = Receive-WeChatMessage -NoWait
        $message.Kind | Should -Be $kind
        $message.Content.$property -join '、' | Should -Be $expected
    }

    It 'survives ConvertTo-Json and CLIXML with every kind of content' {
        foreach ($one in 'Text', 'Image', 'Voice', 'Video', 'Emoticon', 'File', 'Link', 'Location', 'FriendRequest', 'Status') {
            Send-WeChatEmulatorMessage 'x' -From 王五 -Kind $one -FileName a.txt -Title t
        }
        Send-WeChatEmulatorMessage '"张三" 拍了拍我' -Kind System -Group 运维群
        $messages = Receive-WeChatMessage -NoWait -IncludeStatus
        $messages.Count | Should -BeGreaterOrEqual 11
        $again = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($messages, 4))
        foreach ($index in 0..($messages.Count - 1)) {
            $json = $messages[$index] | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json
            $json.Id | Should -Be $messages[$index].Id
            $again[$index].Text | Should -BeExactly $messages[$index].Text
            if ($null -ne $messages[$index].Content) { $json.Content | Should -Not -BeNullOrEmpty }
        }
    }

    It 'says in the verbose stream what it consumed' {
        Send-WeChatEmulatorMessage 'x' -From 王五 -Count 2
        $said = Receive-WeChatMessage -NoWait -Match 'nothing' -Verbose 4>&1
        $said -join "`n" | Should -Match '2 messages did not match'
    }

    It 'does not let a contact''s text hold it up' {
        Send-WeChatEmulatorMessage ('a' * 60 + '!') -From 王五
        Receive-WeChatMessage -NoWait -Match '^(a+)+$' | Should -BeNullOrEmpty
    }

    It 'survives cut connections, warns once and says when it is well again' {
        $null = Add-WeChatEmulatorFault synccheck Reset -Count 2
        Send-WeChatEmulatorMessage 'through' -From 王五
        $message = Receive-WeChatMessage -MaxCount 1 -TimeoutSec 30 -WarningVariable warnings -InformationVariable shown 3> $null 6> $null
        $message.Text | Should -Be 'through'
        @($warnings).Count | Should -Be 1
        $shown -join '' | Should -Match 'answers again'
    }

    It 'gives up when the server stays away for too long' {
        $null = Add-WeChatEmulatorFault * Reset
        { Receive-WeChatMessage -OfflineTimeoutSec 0.5 3> $null } | Should -Throw -ErrorId 'WeChat.Unreachable,WeChatPS.ReceiveWeChatMessage'
    }

    It 'refuses a second receiver' {
        Send-WeChatEmulatorMessage 'x' -From 王五
        $errors = Receive-WeChatMessage -MaxCount 1 | ForEach-Object { try { Receive-WeChatMessage -NoWait } catch { $_ } }
        $errors.FullyQualifiedErrorId | Should -Be 'WeChat.SyncInUse,WeChatPS.ReceiveWeChatMessage'
    }

    It 'knows <name> is not there before it waits' -ForEach @(
        @{ name = 'a sender'; arguments = @{ From = '无名' } }, @{ name = 'a group'; arguments = @{ Group = '王五' } }
    ) {
        { Receive-WeChatMessage @arguments } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.ReceiveWeChatMessage'
    }

    It 'refuses a bad expression' {
        { Receive-WeChatMessage -Match '[' } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,WeChatPS.ReceiveWeChatMessage'
    }
}
