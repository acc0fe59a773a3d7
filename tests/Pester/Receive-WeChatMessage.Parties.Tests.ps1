Import-Module WeChatPS

Describe 'Receive-WeChatMessage: who wrote, and to whom an answer goes' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name parties -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $null = Receive-WeChatMessage -NoWait
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'asks for unknown members once, and brings the messages though the server wants less traffic' {
        # members without names: the address book, and the groups with it, cannot be read at the login
        $null = Add-WeChatEmulatorFault webwxgetcontact Status -Count 1
        $other = Connect-WeChat -Name unknown -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null 3> $null
        $null = Add-WeChatEmulatorFault webwxbatchgetcontact Ret -Code 1205
        foreach ($text in 'a', 'b', 'c') { Send-WeChatEmulatorMessage $text -From 赵六 -Group 周末爬山 }
        (Receive-WeChatMessage -NoWait -Session $other -Kind Text).Text -join '' | Should -Be 'abc'
        @(Get-WeChatEmulatorRequest webwxbatchgetcontact -After $after).Count | Should -Be 1
        $other.State | Should -Be 'Online'
        Disconnect-WeChat $other
        $null = Connect-WeChat -Name parties -Endpoint $emulator.Endpoint -Ephemeral
        (Receive-WeChatMessage -NoWait).Sender.Name | Should -Be @('赵六', '赵六', '赵六')
    }

    It 'asks nobody while a message is read' {
        Send-WeChatEmulatorMessage 'x' -From 赵六 -Group 运维群
        $message = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
        $null = $message | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
        "$($message.Group.Name) $($message.Sender.Name) $($message.Sender.NickName)" | Should -Be '运维群 赵六-机房 赵六'
        Get-WeChatEmulatorRequest webwxbatchgetcontact -After $after | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxgetcontact -After $after | Should -BeNullOrEmpty
    }

    It 'knows that nobody wrote a notice, and where it was' {
        Send-WeChatEmulatorMessage '"张三"邀请"小明"加入了群聊' -Kind System -Group 运维群
        $notice = Receive-WeChatMessage -NoWait -ErrorAction Stop
        $notice.Sender | Should -BeNullOrEmpty
        $notice.Group.Name | Should -Be '运维群'
        $notice.From.Name | Should -Be '运维群'
        ($notice | Send-WeChatMessage -Text '欢迎').To.Name | Should -Be '运维群'
    }

    It 'answers what was written on the phone where it was written, not to itself: <where>' -ForEach @(
        @{ where = '王五'; target = @{ To = '王五' } }, @{ where = '运维群'; target = @{ Group = '运维群' } }
    ) {
        Send-WeChatEmulatorMessage 'mine' @target
        $mine = Receive-WeChatMessage -NoWait -IncludeSelf
        $mine.IsFromSelf | Should -BeTrue
        ($mine | Send-WeChatMessage -Text 'more' -ErrorAction Stop).To.Name | Should -Be $where
    }

    It 'says whom it was sent to: <what>' -ForEach @(
        @{ what = 'a private message'; send = @{ From = '王五' }; to = '我'; kind = 'Self' }
        @{ what = 'a message in a group'; send = @{ From = '赵六'; Group = '运维群' }; to = '我'; kind = 'Self' }
        @{ what = 'an own one'; send = @{ To = '王五' }; to = '王五'; kind = 'Friend' }
        @{ what = 'an own one in a group'; send = @{ Group = '运维群' }; to = '运维群'; kind = 'Group' }
    ) {
        Send-WeChatEmulatorMessage 'x' @send
        $message = Receive-WeChatMessage -NoWait -IncludeSelf
        $message.To.Name | Should -Be $to
        $message.To.Kind | Should -Be $kind
    }

    It 'takes no own text for a mention, whatever is in it' {
        Send-WeChatEmulatorMessage "@我$([char]0x2005)@所有人$([char]0x2005) mail a@b.c" -Group 运维群
        (Receive-WeChatMessage -NoWait -IncludeSelf).MentionsMe | Should -BeFalse
    }

    It 'keeps in Raw what no property tells, as the server wrote it' {
        Send-WeChatEmulatorMessage -Kind Raw -From 王五 -Json '{"MsgId":"78","MsgType":1,"Content":"x","NotYetInvented":{"a":[1, 2.50,"\u4f60"]}}'
        $raw = (Receive-WeChatMessage -NoWait -IncludeSelf).Raw
        $raw | Should -Match ([regex]::Escape('"NotYetInvented":{"a":[1, 2.50,"\u4f60"]}'))
    }
}
