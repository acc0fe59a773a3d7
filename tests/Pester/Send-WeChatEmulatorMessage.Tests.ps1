Import-Module WeChatPS

Describe 'Send-WeChatEmulatorMessage' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name kinds -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $null = Receive-WeChatMessage -NoWait }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'arrives as <kind>' -ForEach @(
        @{ kind = 'Text'; arguments = @{ Text = 'x' }; property = 'Text'; expected = 'x' }
        @{ kind = 'Image'; arguments = @{}; property = 'Text'; expected = '' }
        @{ kind = 'Voice'; arguments = @{}; property = 'Text'; expected = '' }
        @{ kind = 'Video'; arguments = @{}; property = 'Text'; expected = '' }
        @{ kind = 'Emoticon'; arguments = @{}; property = 'Text'; expected = '' }
        @{ kind = 'File'; arguments = @{ FileName = '周报.txt' }; property = 'Text'; expected = '周报.txt' }
        @{ kind = 'Link'; arguments = @{ Title = '标题'; Url = 'https://example.com/a?b=c' }; property = 'Text'; expected = '标题' }
        @{ kind = 'Location'; arguments = @{ Title = '人民广场' }; property = 'Kind'; expected = 'Location' }
        @{ kind = 'Card'; arguments = @{ Card = '李四' }; property = 'Kind'; expected = 'Card' }
        @{ kind = 'FriendRequest'; arguments = @{ Text = '我是孙七' }; property = 'Text'; expected = '我是孙七' }
    ) {
        Send-WeChatEmulatorMessage -From 王五 -Kind $kind @arguments
        $message = Receive-WeChatMessage -NoWait
        $message.Kind | Should -Be $kind
        "$($message.$property)" | Should -Be $expected
    }

    It 'arrives as a notice in a group' {
        Send-WeChatEmulatorMessage '"王五"加入了群聊' -Kind System -Group 运维群
        (Receive-WeChatMessage -NoWait).Group.Name | Should -Be '运维群'
    }

    It 'takes a message back' {
        $id = Send-WeChatEmulatorMessage 'oops' -From 王五 -PassThru
        Send-WeChatEmulatorMessage -From 王五 -Kind Recall -RecalledId $id
        $first, $second = Receive-WeChatMessage -NoWait
        $first.Id | Should -Be $id
        $second.Kind | Should -Be 'Recall'
        $second.Content.MessageId | Should -Be $id
    }

    It 'brings what cannot be parsed as it is, among the others' {
        Send-WeChatEmulatorMessage -Kind Raw -From 王五 -Json '{"MsgId":"77","MsgType":{"no":1},"Content":[1,2]}'
        Send-WeChatEmulatorMessage 'after' -From 王五
        $odd, $good = Receive-WeChatMessage -NoWait
        $odd.Kind | Should -Be 'Unparsed'
        $odd.Text | Should -BeExactly ''
        $odd.Xml | Should -BeExactly ''
        $odd.Raw | Should -Match '"no":1'
        $good.Text | Should -Be 'after'
    }

    It 'numbers what it sends by the hundred, and takes texts by pipeline' {
        (Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 120 -PassThru).Count | Should -Be 120
        'a', 'b' | Send-WeChatEmulatorMessage -From 王五
        $texts = (Receive-WeChatMessage -NoWait).Text
        $texts.Count | Should -Be 122
        $texts[119..121] -join ' ' | Should -Be '120 a b'
    }

    It 'sends nothing with -WhatIf' {
        Send-WeChatEmulatorMessage 'x' -From 王五 -WhatIf
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }

    It 'says who there is when a name means nobody' {
        $failure = $null
        try { Send-WeChatEmulatorMessage 'x' -From 无名 } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.EmulatorFailed,WeChatPS.SendWeChatEmulatorMessage'
        "$failure" | Should -Match '王五'
    }
}
