Import-Module WeChatPS

# Every test takes what it sends: -NoWait that finds nothing again and again is slowed down.
Describe 'Receive-WeChatMessage: what messages hold and which are chosen' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name contents -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $null = Receive-WeChatMessage -NoWait
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'adds the phone''s bookkeeping to the kinds that are asked for' {
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
        @{ text = "todo:`nx" }, @{ text = "a:`nb:`nc" }, @{ text = 'todo:<br/>x' }, @{ text = '<span class="emoji emoji1f604"></span>' }
    ) {
        Send-WeChatEmulatorMessage $text -From 王五
        Send-WeChatEmulatorMessage $text -From 赵六 -Group 运维群
        Send-WeChatEmulatorMessage $text -Group 运维群
        Send-WeChatEmulatorMessage $text -To 王五
        $private, $group, $own, $ownPrivate = Receive-WeChatMessage -NoWait -IncludeSelf
        $private.Text | Should -BeExactly $text
        $group.Text | Should -BeExactly $text
        $group.Sender.NickName | Should -Be '赵六'
        $own.Text | Should -BeExactly $text
        $own.IsFromSelf | Should -BeTrue
        $own.Group.Name | Should -Be '运维群'
        $ownPrivate.Text | Should -BeExactly $text
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
        foreach ($one in 'Text', 'Image', 'Voice', 'Video', 'Emoticon', 'File', 'Link', 'Location', 'Card', 'Call', 'FriendRequest', 'FriendSuggestion', 'Status') {
            Send-WeChatEmulatorMessage 'x' -From 王五 -Kind $one -FileName a.txt -Title t
        }
        Send-WeChatEmulatorMessage '"张三" 拍了拍我' -Kind System -Group 运维群
        $messages = Receive-WeChatMessage -NoWait -IncludeStatus
        $messages.Count | Should -BeGreaterOrEqual 14
        $again = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($messages, 4))
        foreach ($index in 0..($messages.Count - 1)) {
            $json = $messages[$index] | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json
            $json.Id | Should -Be $messages[$index].Id
            $again[$index].Text | Should -BeExactly $messages[$index].Text
            if ($null -ne $messages[$index].Content) { $json.Content | Should -Not -BeNullOrEmpty }
        }
    }
}
