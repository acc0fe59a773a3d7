Import-Module WeChatPS

Describe 'Send-WeChatMessage in groups, and with what others wrote' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name forwarding -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $space = [string][char]0x2005
        function Get-Sent([string] $Endpoint) { (Get-WeChatEmulatorRequest $Endpoint -Last 1).Body | ConvertFrom-Json }
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'mentions <what>' -ForEach @(
        @{ what = 'a name'; mention = { '赵六' } }
        @{ what = 'a member'; mention = { Get-WeChatGroupMember 运维群 赵六 } }
        @{ what = 'whoever wrote a message'; mention = { Send-WeChatEmulatorMessage 'q' -From 赵六 -Group 运维群; Receive-WeChatMessage -NoWait } }
    ) {
        $null = Send-WeChatMessage 运维群 '看一下' -Mention (& $mention)
        $message = (Get-Sent webwxsendmsg).Msg
        $message.Content | Should -Be "@赵六-机房${space}看一下"
        $message.MsgSource | Should -Match ([regex]::Escape((Get-WeChatGroupMember 运维群 赵六).UserName))
        $message.MsgSource | Should -Match ([regex]::Escape($message.ToUserName))
    }

    It 'calls a member by a name that all can see, never by the remark' {
        $null = Send-WeChatMessage 运维群 '看一下' -Mention 小四🌙
        $null = Send-WeChatMessage 运维群 '看一下' -Mention 李四
        $null = Send-WeChatMessage 周末爬山 '看一下' -Mention 李四
        $sent = [Net.Http.HttpClient]::new().GetStringAsync("$($emulator.Endpoint)emulator/sent").Result | ConvertFrom-Json
        $sent[-3..-1].text | Should -BeExactly @("@小四🌙${space}看一下", "@小四🌙${space}看一下", "@李队${space}看一下")
        foreach ($request in Get-WeChatEmulatorRequest webwxsendmsg -Last 3) { $request.Body | Should -Not -Match '李四' }
    }

    It 'leaves a mention where the text has it, by either name' -ForEach '赵六', '赵六-机房' {
        $null = Send-WeChatMessage 运维群 "好的 @$_${space}马上" -Mention 赵六
        (Get-Sent webwxsendmsg).Msg.Content | Should -Be "好的 @$_${space}马上"
        (Get-Sent webwxsendmsg).Msg.MsgSource | Should -Not -BeNullOrEmpty
    }

    It 'mentions whoever wrote, in an answer' {
        Send-WeChatEmulatorMessage '@我 disk?' -From 赵六 -Group 运维群
        Receive-WeChatMessage -NoWait | ForEach-Object { $_ | Send-WeChatMessage -Text 'on it' -Mention $_ } | Should -Not -BeNullOrEmpty
        (Get-Sent webwxsendmsg).Msg.Content | Should -Be "@赵六-机房${space}on it"
    }

    It 'mentions everybody but itself' {
        $null = Send-WeChatMessage 运维群 '开会' -MentionAll
        $message = (Get-Sent webwxsendmsg).Msg
        $message.Content | Should -Be "@所有人${space}开会"
        $named = [regex]::Match($message.MsgSource, '<atusername>(.*)</atusername>').Groups[1].Value -split ','
        $self = (Get-WeChatContact -Kind Self).UserName
        ($named | Sort-Object) -join ' ' | Should -Be (((Get-WeChatGroupMember 运维群).UserName | Where-Object { $_ -ne $self } | Sort-Object) -join ' ')
    }

    It 'completes -Mention with the members of the group, by the names they use there: <line>' -ForEach @(
        @{ line = 'Send-WeChatMessage 运维群 看一下 -Mention '; expected = "'张三(值班)' 李四 '赵六-机房' '孙七 <ops>'" }
        @{ line = 'Send-WeChatMessage -To 运维群 -Text x -Mention 赵六'; expected = "'赵六-机房'" }
        @{ line = 'Send-WeChatMessage -To 运维群 -Text x -Mention ops'; expected = "'孙七 <ops>'" }
        @{ line = 'Send-WeChatMessage 周末爬山, 运维群 x -Mention 王五, 李'; expected = '李队' }
        @{ line = '$group = Get-WeChatContact 运维群; Send-WeChatMessage -InputObject $group -Text x -Mention 张'; expected = "'张三(值班)'" }
        @{ line = 'Send-WeChatMessage 王五 x -Mention '; expected = '' }
        @{ line = 'Send-WeChatMessage 无名群 x -Mention '; expected = '' }
        @{ line = 'Send-WeChatMessage 运维群 x -Session nobody -Mention '; expected = '' }
    ) {
        $group = Get-WeChatContact 运维群
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' | Should -Be $expected
        Get-WeChatEmulatorRequest webwxbatchgetcontact -After $after | Should -BeNullOrEmpty
    }

    It 'completes a member whose name another one is known by with an id, which is understood' {
        function Set-Remark([string] $Name, [string] $Remark) {
            $body = [System.Net.Http.StringContent]::new((@{ action = 'rename'; name = $Name; remark = $Remark } | ConvertTo-Json))
            $null = [System.Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $body).Result
            $null = Get-WeChatContact -Refresh
        }
        Set-Remark 李四 赵六-机房
        $line = 'Send-WeChatMessage 运维群 x -Mention 赵六'
        $texts = @((TabExpansion2 $line $line.Length).CompletionMatches.CompletionText)
        foreach ($text in $texts) { $null = & ([scriptblock]::Create("Send-WeChatMessage 运维群 x -Mention $text")) }
        $sources = @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).ForEach{ ($_.Body | ConvertFrom-Json).Msg.MsgSource }
        Set-Remark 赵六-机房 李四
        $texts.Count | Should -Be 2
        $texts | Should -Not -Contain "'赵六-机房'"
        foreach ($text in $texts) { $sources -match [regex]::Escape($text.Trim("'")) | Should -Not -BeNullOrEmpty }
    }

    It 'refuses to mention <what>' -ForEach @(
        @{ what = 'a stranger'; to = '运维群'; who = '无名' }
        @{ what = 'somebody outside a group'; to = '王五'; who = '王五' }
    ) {
        { Send-WeChatMessage $to 'x' -Mention $who -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.SendWeChatMessage'
        Get-WeChatEmulatorRequest webwxsendmsg -After $after | Should -BeNullOrEmpty
    }

    It 'passes on <what>' -ForEach @(
        @{ what = 'a text'; send = { Send-WeChatEmulatorMessage "a <b> & 😀`nb" -From 张三 }; endpoint = 'webwxsendmsg'; type = 1; content = "^a <b> & 😀`nb$" }
        @{ what = 'a picture'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Image }; endpoint = 'webwxsendmsgimg'; type = 3; content = '<img length="' }
        @{ what = 'a video'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Video }; endpoint = 'webwxsendvideomsg'; type = 43; content = '<videomsg ' }
        @{ what = 'a sticker'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Emoticon }; endpoint = 'webwxsendemoticon'; type = 47; content = '^$' }
        @{ what = 'a file'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind File -FileName 'a & b.txt' }; endpoint = 'webwxsendappmsg'; type = 6; content = '^<appmsg .*<title>a &amp; b.txt</title>.*</appmsg>$' }
        @{ what = 'a link'; send = { Send-WeChatEmulatorMessage 'about' -From 张三 -Kind Link -Title 'A <page>' -Url 'https://example.com/?a=1&b=2' }; endpoint = 'webwxsendappmsg'; type = 5; content = '^<appmsg .*<title>A &lt;page&gt;</title>.*<url>https://example.com/\?a=1&amp;b=2</url>.*</appmsg>$' }
        @{ what = 'a short video'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Video -MsgType 62 }; endpoint = 'webwxsendvideomsg'; type = 43; content = '<videomsg ' }
        @{ what = 'a song'; send = { Send-WeChatEmulatorMessage 'by' -From 张三 -Kind Music -Title Song -Url 'https://example.com/s.mp3' }; endpoint = 'webwxsendappmsg'; type = 3; content = '^<appmsg .*<title>Song</title>.*<dataurl>https://example.com/s.mp3</dataurl>' }
        @{ what = 'a mini program'; send = { Send-WeChatEmulatorMessage 'shop' -From 张三 -Kind MiniProgram -Title Buy -Url 'pages/a.html' }; endpoint = 'webwxsendappmsg'; type = 33; content = '<pagepath>pages/a.html</pagepath>' }
        @{ what = 'a piece of history'; send = { Send-WeChatEmulatorMessage "张三: a`n李四: b" -From 张三 -Kind ChatHistory }; endpoint = 'webwxsendappmsg'; type = 19; content = '<recorditem>' }
        @{ what = 'any other app message'; send = { Send-WeChatEmulatorMessage 'b' -From 张三 -Kind App -AppMsgType 51 -Title Channel }; endpoint = 'webwxsendappmsg'; type = 51; content = '<title>Channel</title>' }
        @{ what = 'a place'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Location -Title 人民广场 }; endpoint = 'webwxsendmsg'; type = 48; content = '<location .*label="人民广场"' }
        @{ what = 'a place as phones write it'; send = { Send-WeChatEmulatorMessage '<msg><location x="31.2" y="121.4" label="外滩"/></msg>' -From 张三 -MsgType 48 }; endpoint = 'webwxsendmsg'; type = 48; content = '^<msg><location x="31.2" y="121.4" label="外滩" ?/></msg>$' }
        @{ what = 'the words of a quote'; send = { $quoted = Send-WeChatEmulatorMessage 'q' -From 李四 -PassThru; Send-WeChatEmulatorMessage 'I agree' -From 李四 -Kind Quote -QuotedId $quoted }; endpoint = 'webwxsendmsg'; type = 1; content = '^I agree$' }
        @{ what = 'a text from a group'; send = { Send-WeChatEmulatorMessage 'todo:' -From 赵六 -Group 运维群 }; endpoint = 'webwxsendmsg'; type = 1; content = '^todo:$' }
    ) {
        & $send
        $receipt = Receive-WeChatMessage -NoWait | Select-Object -Last 1 | Send-WeChatMessage -To 王五 -Forward
        $receipt.To.Name | Should -Be '王五'
        $request = Get-Sent $endpoint
        $request.Scene | Should -Be 2
        $request.Msg.Type | Should -Be $type
        $request.Msg.Content | Should -Match $content
        $request.Msg.ClientMsgId | Should -Be $receipt.ClientMsgId
    }

    It 'sends a sticker by its MD5' {
        $md5 = '0123456789ABCDEF' * 2
        (Send-WeChatMessage 王五, 运维群 -Emoticon $md5).To.Name -join ' ' | Should -Be '王五 运维群'
        $message = (Get-Sent webwxsendemoticon).Msg
        $message.Type | Should -Be 47
        $message.EMoticonMd5 | Should -BeExactly $md5.ToLowerInvariant()
        $message.ToUserName | Should -Be (Get-WeChatContact 运维群).UserName
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 0
    }

    It 'answers a sticker with the same one' {
        Send-WeChatEmulatorMessage -From 赵六 -Group 运维群 -Kind Emoticon
        $sticker = Receive-WeChatMessage -NoWait
        ($sticker | Send-WeChatMessage -Emoticon $sticker.Content.Md5).To.Name | Should -Be '运维群'
        (Get-Sent webwxsendemoticon).Msg.EMoticonMd5 | Should -Be $sticker.Content.Md5
    }

    It 'refuses as a sticker what is no MD5: <_>' -ForEach 'smile', ('x' * 32), ('0' * 33), '' {
        { Send-WeChatMessage 王五 -Emoticon $_ } | Should -Throw '*To send an image file, use Send-WeChatFile.*'
        Get-WeChatEmulatorRequest webwxsendemoticon -After $after | Should -BeNullOrEmpty
    }

    It 'passes on what it sent itself, each copy under an identity of its own' {
        $first = Send-WeChatMessage 王五 'news'
        $copies = $first | Send-WeChatMessage -To 李四, 运维群 -Forward
        ($copies.To.Name) -join ' ' | Should -Be '李四 运维群'
        @($first.ClientMsgId, $copies.ClientMsgId | ForEach-Object { $_ } | Select-Object -Unique).Count | Should -Be 3
    }

    It 'passes on a file that it sent itself without uploading it again' {
        $path = [System.IO.Path]::GetTempFileName()
        [System.IO.File]::WriteAllText($path, 'hello')
        $first = Send-WeChatFile 王五 $path
        ($first | Send-WeChatMessage -To 李四 -Forward).To.Name | Should -Be '李四'
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 1
        @(Get-WeChatEmulatorRequest webwxsendappmsg -After $after).Count | Should -Be 2
        [System.IO.File]::Delete($path)
    }

    It 'reads what each copy is answered with' {
        Send-WeChatEmulatorMessage 'y' -From 张三
        $null = Add-WeChatEmulatorFault webwxsendmsg Ret -Code 1204 -Count 1
        $receipts = Receive-WeChatMessage -NoWait | Send-WeChatMessage -To 王五, 李四 -Forward -ErrorAction SilentlyContinue -ErrorVariable failures
        $receipts.To.Name | Should -Be '李四'
        $failures.FullyQualifiedErrorId | Should -Be 'WeChat.ReceiverNotAllowed,WeChatPS.SendWeChatMessage'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a voice recording'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Voice } }
        @{ what = 'a notice'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind System -Text 'x' } }
        @{ what = 'a sticker of the store'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Emoticon -ProductId com.tencent.x } }
        @{ what = 'a name card'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Card -Card 李四 } }
        @{ what = 'a transfer of money'; send = { Send-WeChatEmulatorMessage 'lunch' -From 张三 -Kind Transfer -Amount 20 } }
        @{ what = 'a red packet'; send = { Send-WeChatEmulatorMessage 'luck' -From 张三 -Kind RedPacket } }
        @{ what = 'a live place'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind LiveLocation } }
        @{ what = 'a call'; send = { Send-WeChatEmulatorMessage -From 张三 -Kind Call } }
    ) {
        & $send
        { Receive-WeChatMessage -NoWait | Send-WeChatMessage -To 王五 -Forward -ErrorAction Stop } |
            Should -Throw -ErrorId 'WeChat.NotForwardable,WeChatPS.SendWeChatMessage'
    }

    It 'passes nothing on with -WhatIf' {
        Send-WeChatEmulatorMessage 'x' -From 张三
        Receive-WeChatMessage -NoWait | Send-WeChatMessage -To 王五 -Forward -WhatIf | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxsendmsg -After $after | Should -BeNullOrEmpty
    }
}
