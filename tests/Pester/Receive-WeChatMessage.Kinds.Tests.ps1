Import-Module WeChatPS

Describe 'Receive-WeChatMessage: every kind of message' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name everykind -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $null = Receive-WeChatMessage -NoWait
        function Send-AndReceive([hashtable] $Message) {
            $id = Send-WeChatEmulatorMessage @Message -PassThru
            $received = @(Receive-WeChatMessage -NoWait -IncludeStatus -IncludeSelf)
            $received.Count | Should -Be 1
            $received[0].Id | Should -Be $id
            $received[0]
        }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    # shows: what the one-line view has behind the name of the sender. holds: properties of Content, as text.
    It 'shows <kind>: <shows>' -ForEach @(
        @{ send = @{ Text = 'hi' }; kind = 'Text'; text = 'hi'; shows = 'hi'; content = ''; holds = @{} }
        @{ send = @{ Kind = 'Image' }; kind = 'Image'; text = ''; shows = '[Image]'; content = 'Image'; holds = @{ Width = 120; Height = 90 } }
        @{ send = @{ Kind = 'Voice'; DurationSec = 1.58 }; kind = 'Voice'; text = ''; shows = '[Voice]'; content = 'Voice'; holds = @{ Duration = '00:00:01.5800000' } }
        @{ send = @{ Kind = 'Video'; DurationSec = 6 }; kind = 'Video'; text = ''; shows = '[Video]'; content = 'Video'; holds = @{ Duration = '00:00:06'; Width = 290; Height = 512 } }
        @{ send = @{ Kind = 'Video'; MsgType = 62 }; kind = 'Video'; text = ''; shows = '[Video]'; content = 'Video'; holds = @{ Duration = '00:00:02' } }
        @{ send = @{ Kind = 'Video'; MsgType = 44 }; kind = 'Video'; text = ''; shows = '[Video]'; content = 'Video'; holds = @{} }
        @{ send = @{ Kind = 'Emoticon' }; kind = 'Emoticon'; text = ''; shows = '[Emoticon]'; content = 'Emoticon'; holds = @{ IsFromStore = 'False'; Width = 240 } }
        @{ send = @{ Kind = 'Emoticon'; ProductId = 'com.tencent.xin.emoticon.tusiji' }; kind = 'Emoticon'; text = ''; shows = '[Emoticon]'; content = 'Emoticon'; holds = @{ IsFromStore = 'True' } }
        @{ send = @{ Kind = 'File'; FileName = '周报.txt' }; kind = 'File'; text = '周报.txt'; shows = '[File] 周报.txt'; content = 'File'; holds = @{ Name = '周报.txt'; Size = 24 } }
        @{ send = @{ Kind = 'Link'; Title = 'T'; Text = 'D'; Url = 'https://example.com/?a=1&b=2' }; kind = 'Link'; text = 'T'; shows = '[Link] T'; content = 'Link'; holds = @{ Title = 'T'; Description = 'D'; Url = 'https://example.com/?a=1&b=2' } }
        @{ send = @{ Kind = 'Link'; AppMsgType = 4; Title = 'clip'; Url = 'https://example.com/v' }; kind = 'Link'; text = 'clip'; shows = '[Link] clip'; content = 'Link'; holds = @{ Url = 'https://example.com/v' } }
        @{ send = @{ Kind = 'Music'; Title = '海阔天空'; Text = 'Beyond'; Url = 'https://example.com/s.mp3' }; kind = 'Music'; text = '海阔天空'; shows = '[Music] 海阔天空'; content = 'Music'; holds = @{ Artist = 'Beyond'; DataUrl = 'https://example.com/s.mp3' } }
        @{ send = @{ Kind = 'MiniProgram'; Title = '点单'; Text = '咖啡店'; Url = 'pages/order?id=1&x=2' }; kind = 'MiniProgram'; text = '点单'; shows = '[MiniProgram] 点单'; content = 'MiniProgram'; holds = @{ Name = '咖啡店'; Page = 'pages/order?id=1&x=2' } }
        @{ send = @{ Kind = 'MiniProgram'; AppMsgType = 36; Title = '点单' }; kind = 'MiniProgram'; text = '点单'; shows = '[MiniProgram] 点单'; content = 'MiniProgram'; holds = @{ Title = '点单' } }
        @{ send = @{ Kind = 'Transfer'; Amount = 1234.5; Text = '午饭' }; kind = 'Transfer'; text = '微信转账'; shows = '[Transfer] 微信转账'; content = 'Transfer'; holds = @{ Amount = '￥1234.50'; Value = '1234.50'; Memo = '午饭' } }
        @{ send = @{ Kind = 'RedPacket' }; kind = 'RedPacket'; text = '收到红包，请在手机上查看'; shows = '[RedPacket] 收到红包，请在手机上查看'; content = 'RedPacket'; holds = @{ IsSent = 'False'; Greeting = '' } }
        @{ send = @{ Kind = 'RedPacket'; Text = '恭喜发财' }; kind = 'RedPacket'; text = '恭喜发财'; shows = '[RedPacket] 恭喜发财'; content = 'RedPacket'; holds = @{ IsSent = 'False'; Greeting = '恭喜发财' } }
        @{ send = @{ Text = '红包'; AppMsgType = 2001 }; kind = 'RedPacket'; text = '红包'; shows = '[RedPacket] 红包'; content = 'RedPacket'; holds = @{ Greeting = '红包' } }
        @{ send = @{ Kind = 'LiveLocation' }; kind = 'LiveLocation'; text = ''; shows = '[LiveLocation]'; content = 'LiveLocation'; holds = @{ HasEnded = 'False' } }
        @{ send = @{ Kind = 'System'; Text = '位置共享已经结束' }; kind = 'LiveLocation'; text = '位置共享已经结束'; shows = '[LiveLocation] 位置共享已经结束'; content = 'LiveLocation'; holds = @{ HasEnded = 'True' } }
        @{ send = @{ Kind = 'Location'; Title = '人民大道1号'; Text = '咖啡'; Latitude = -33.5; Longitude = 151.25 }; kind = 'Location'; text = '人民大道1号'; shows = '[Location] 人民大道1号'; content = 'Location'; holds = @{ Latitude = '-33.5'; Longitude = '151.25'; Address = '人民大道1号'; Name = '咖啡' } }
        @{ send = @{ MsgType = 48; Text = '<msg><location x="31.2" y="121.4" scale="16" label="Some Road 1" poiname="Cafe"/></msg>' }; kind = 'Location'; text = 'Some Road 1'; shows = '[Location] Some Road 1'; content = 'Location'; holds = @{ Latitude = '31.2'; Name = 'Cafe' } }
        @{ send = @{ Kind = 'Card'; Card = '李四' }; kind = 'Card'; text = '小四🌙'; shows = '[Card] 小四🌙'; content = 'Card'; holds = @{ Name = '小四🌙'; Gender = 'Female'; Province = '上海'; City = '浦东新区'; Signature = '模拟联系人'; IsOfficial = 'False'; Certification = '' } }
        @{ send = @{ Kind = 'Card'; Card = '每日天气' }; kind = 'Card'; text = '每日天气'; shows = '[Card] 每日天气'; content = 'Card'; holds = @{ Name = '每日天气'; IsOfficial = 'True'; Certification = '每日天气 <模拟认证>'; Gender = 'Unknown' } }
        @{ send = @{ Kind = 'Call' }; kind = 'Call'; text = ''; shows = '[Call]'; content = 'Call'; holds = @{ IsInvite = 'True'; IsVideo = 'False' } }
        @{ send = @{ MsgType = 50; Text = '<voipinvitemsg><roomid>1</roomid><invitetype>0</invitetype></voipinvitemsg>' }; kind = 'Call'; text = ''; shows = '[Call]'; content = 'Call'; holds = @{ IsVideo = 'True' } }
        @{ send = @{ MsgType = 52; Text = 'x' }; kind = 'Call'; text = ''; shows = '[Call]'; content = 'Call'; holds = @{ IsInvite = 'False'; IsVideo = '' } }
        @{ send = @{ MsgType = 53; Text = 'x' }; kind = 'Call'; text = ''; shows = '[Call]'; content = 'Call'; holds = @{ IsInvite = 'True' } }
        @{ send = @{ Kind = 'System'; Text = '你已添加了张三，<a href="weixin://findfriend">发送验证</a>' }; kind = 'System'; text = '你已添加了张三，发送验证'; shows = '你已添加了张三，发送验证'; content = ''; holds = @{} }
        @{ send = @{ Kind = 'Tickle' }; kind = 'Tickle'; text = '"张三" 拍了拍我'; shows = '[Tickle] "张三" 拍了拍我'; content = 'Tickle'; holds = @{ By = '张三'; Whom = '我'; IsMe = 'True' } }
        @{ send = @{ Kind = 'App'; AppMsgType = 8 }; kind = 'Emoticon'; text = ''; shows = '[Emoticon]'; content = 'Emoticon'; holds = @{ IsFromStore = 'False' } }
        @{ send = @{ Kind = 'App'; Title = 'T'; Text = 'D'; Url = 'https://example.com/' }; kind = 'App'; text = 'T'; shows = '[App] T'; content = 'App'; holds = @{ Type = 1; Title = 'T'; Description = 'D'; Url = 'https://example.com/' } }
    ) {
        $send.From = '张三'
        $message = Send-AndReceive $send
        $message.Kind | Should -Be $kind
        $message.Text | Should -BeExactly $text
        $message.From.Name | Should -Be '张三'
        if ($content) { $message.Content.GetType().FullName | Should -Be "WeChatPS.${content}Content" } else { $message.Content | Should -BeNullOrEmpty }
        foreach ($property in @($holds.Keys)) { [string]$message.Content.$property | Should -BeExactly ([string]$holds[$property]) }

        ($message | Out-String -Width 500).Trim() | Should -BeExactly "[$($message.Time.ToString('HH:mm'))] 张三: $shows"
        $list = $message | Format-List -Force | Out-String -Width 500
        $list | Should -Match "Kind +: $kind"
        if ($content) { $list | Should -Match "Content +: ${content}Content \{ " }
        $list | Should -Not -Match 'System\.|\[\]'
        ($message | Format-Table -Force | Out-String -Width 500) | Should -Match " $kind "

        if (-not $send.Group -and $message.MsgType -ne 10000) {
            $send.Group = '运维群'
            $inGroup = Send-AndReceive $send
            $inGroup.Group.Name | Should -Be '运维群'
            $inGroup.Sender.DisplayName | Should -Be '张三(值班)'
            $inGroup.Text | Should -BeExactly $text
            [string]$inGroup.Content | Should -BeExactly ([string]$message.Content)
        }
    }

    It 'reads what the group is told of a <kind>' -ForEach @(
        @{ kind = 'GroupJoin'; send = @{ From = '张三'; Text = '小明' }; text = '"张三"邀请"小明"加入了群聊'; holds = @{ Names = '小明'; InvitedBy = '张三' } }
        @{ kind = 'GroupJoin'; send = @{ Text = '小明、小红' }; text = '你邀请"小明、小红"加入了群聊'; holds = @{ Names = '小明 小红'; InvitedBy = '你' } }
        @{ kind = 'GroupJoin'; send = @{ From = '张三' }; text = '"张三"邀请你加入了群聊'; holds = @{ Names = '你' } }
        @{ kind = 'GroupJoin'; send = @{ Kind = 'System'; Text = '"小明"通过扫描"张三"分享的二维码加入群聊' }; text = '"小明"通过扫描"张三"分享的二维码加入群聊'; holds = @{ Names = '小明'; InvitedBy = '张三' } }
        @{ kind = 'GroupLeave'; send = @{ Text = '赵六' }; text = '你将"赵六"移出了群聊'; holds = @{ Names = '赵六'; RemovedBy = '你' } }
        @{ kind = 'GroupLeave'; send = @{ From = '张三' }; text = '你被"张三"移出群聊'; holds = @{ Names = '你'; RemovedBy = '张三' } }
        @{ kind = 'GroupLeave'; send = @{ Kind = 'System'; Text = '"赵六"退出了群聊' }; text = '"赵六"退出了群聊'; holds = @{ Names = '赵六'; RemovedBy = '' } }
        @{ kind = 'GroupRename'; send = @{ From = '张三'; Text = 'A "B" <C>' }; text = '"张三"修改群名为“A "B" <C>”'; holds = @{ Name = 'A "B" <C>'; ChangedBy = '张三' } }
        @{ kind = 'Tickle'; send = @{ From = '张三'; Text = '赵六' }; text = '"张三" 拍了拍"赵六"'; holds = @{ By = '张三'; Whom = '赵六'; IsMe = 'False' } }
        @{ kind = 'Tickle'; send = @{}; text = '我拍了拍自己'; holds = @{ By = '我'; Whom = '自己' } }
        @{ kind = 'Tickle'; send = @{ Kind = 'System'; MsgType = 10002; Text = '<sysmsg type="pat"><pat><template><![CDATA["张三" 拍了拍我]]></template></pat></sysmsg>' }; text = '"张三" 拍了拍我'; holds = @{ IsMe = 'True' } }
        @{ kind = 'RedPacket'; send = @{}; text = '发出红包，请在手机上查看'; holds = @{ IsSent = 'True' } }
    ) {
        if (-not $send.Kind) { $send.Kind = $kind }
        $send.Group = '运维群'
        $message = Send-AndReceive $send
        $message.Kind | Should -Be $kind
        $message.Text | Should -BeExactly $text
        $message.Group.Name | Should -Be '运维群'
        foreach ($property in @($holds.Keys)) { $message.Content.$property -join ' ' | Should -BeExactly $holds[$property] }
        ($message | Out-String -Width 500).Trim() | Should -BeExactly "[$($message.Time.ToString('HH:mm'))] 运维群: [$kind] $text"
        ($message | Format-List -Force | Out-String -Width 500) | Should -Not -Match 'System\.|\[\]'
    }

    It 'says who and what is quoted' {
        $id = Send-WeChatEmulatorMessage "磁盘`n<92%>" -From 张三 -Group 运维群 -PassThru
        $null = Receive-WeChatMessage -NoWait
        $quote = Send-AndReceive @{ Kind = 'Quote'; Text = "@我$([char]0x2005)"; QuotedId = $id; From = '赵六'; Group = '运维群' }
        $quote.Kind | Should -Be 'Quote'
        $quote.Text | Should -BeExactly "@我$([char]0x2005)"
        $quote.MentionsMe | Should -Be $true
        $quote.Content.QuotedMessageId | Should -Be $id
        $quote.Content.QuotedName | Should -Be '张三'
        $quote.Content.QuotedText | Should -BeExactly "磁盘`n<92%>"
        $quote.Content.QuotedKind | Should -Be 'Text'
        "$quote" | Should -Match '^\[..:..\] 运维群 · 赵六-机房: \[Quote\] @我'
    }

    It 'says what is quoted when it is a <kind>' -ForEach @(
        @{ kind = 'Image'; send = @{}; text = '' }
        @{ kind = 'Voice'; send = @{}; text = '' }
        @{ kind = 'File'; send = @{ FileName = 'a & b.txt' }; text = 'a & b.txt' }
        @{ kind = 'Link'; send = @{ Title = '<T>' }; text = '<T>' }
        @{ kind = 'Transfer'; send = @{}; text = '微信转账' }
    ) {
        $id = Send-WeChatEmulatorMessage -Kind $kind @send -From 张三 -PassThru
        $null = Receive-WeChatMessage -NoWait
        $quote = Send-AndReceive @{ Kind = 'Quote'; Text = 'ok'; QuotedId = $id; From = '张三' }
        $quote.Content.QuotedKind | Should -Be $kind
        $quote.Content.QuotedText | Should -BeExactly $text
    }

    It 'knows its own message when it is quoted' {
        $receipt = Send-WeChatMessage '今晚发布' -To 张三
        $quote = Send-AndReceive @{ Kind = 'Quote'; Text = '几点？'; QuotedId = $receipt.MessageId; From = '张三' }
        $quote.Content.QuotedMessageId | Should -Be $receipt.MessageId
        $quote.Content.QuotedName | Should -Be $session.User.NickName
        $quote.Content.QuotedText | Should -BeExactly '今晚发布'
    }

    It 'opens a piece of another conversation' {
        $lines = "张三: 磁盘 <92%> & 😱`n李四: 收到: 马上"
        $history = Send-AndReceive @{ Kind = 'ChatHistory'; Title = '群聊的聊天记录'; Text = $lines; From = '王五' }
        $history.Kind | Should -Be 'ChatHistory'
        $history.Text | Should -Be '群聊的聊天记录'
        $history.Content.Summary | Should -BeExactly $lines
        $history.Content.Items.Name | Should -Be @('张三', '李四')
        $history.Content.Items.Text | Should -BeExactly @('磁盘 <92%> & 😱', '收到: 马上')
        $history.Content.Items[0].Time | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d$'
        ($history | Format-List -Force | Out-String -Width 500) | Should -Match 'Items = 2 \}'
    }

    It 'keeps a number it does not know usable: MsgType <number>' -ForEach @(
        @{ number = 11 }, @{ number = 12 }, @{ number = 13 }, @{ number = 35 }, @{ number = 36 }, @{ number = 38 }, @{ number = 39 }, @{ number = 4711 }
    ) {
        $message = Send-AndReceive @{ MsgType = $number; Text = '<msg a="1">你好 & 😱</msg>'; From = '张三' }
        $message.Kind | Should -Be 'Unknown'
        $message.MsgType | Should -Be $number
        $message.From.Name | Should -Be '张三'
        $raw = $message.Raw | ConvertFrom-Json
        $raw.MsgType | Should -Be $number
        $raw.Content | Should -Match '^&lt;msg a=&quot;1&quot;&gt;你好 &amp; <span class="emoji emoji1f631"></span>'
        "$message" | Should -Match '张三: \[Unknown\]$'
    }

    It 'keeps a number of an app that it does not know usable: AppMsgType <number>' -ForEach @(
        @{ number = 2 }, @{ number = 7 }, @{ number = 9 }, @{ number = 10 }, @{ number = 13 }, @{ number = 16 }, @{ number = 51 }, @{ number = 100001 }, @{ number = 4711 }
    ) {
        $message = Send-AndReceive @{ Kind = 'App'; AppMsgType = $number; Title = 'T & t'; Text = 'D'; From = '张三' }
        $message.Kind | Should -Be 'App'
        $message.AppMsgType | Should -Be $number
        $message.Content.Type | Should -Be $number
        $message.Content.Title | Should -BeExactly 'T & t'
        $message.Content.Description | Should -Be 'D'
        $message.Raw | Should -Match "<type>$number|&lt;type&gt;$number&lt;"
    }

    It 'shows the bookkeeping of the phone only to those who ask: <what>' -ForEach @(
        @{ what = 'chat opened'; send = @{ Kind = 'Status'; StatusCode = 2; From = '张三' }; code = 2; chats = 1 }
        @{ what = 'chat left'; send = @{ Kind = 'Status'; StatusCode = 5; From = '张三' }; code = 5; chats = 1 }
        @{ what = 'chat read'; send = @{ Kind = 'Status'; StatusCode = 1; From = '张三' }; code = 1; chats = 1 }
        @{ what = 'client started'; send = @{ Kind = 'Status'; StatusCode = 3 }; code = 3; chats = 0 }
        @{ what = 'recent chats'; send = @{ Kind = 'Status'; StatusCode = 4 }; code = 4; chats = 7 }
        @{ what = 'notice 9999'; send = @{ Kind = 'System'; Text = 'x'; MsgType = 9999; From = '张三' }; code = 0; chats = 0 }
    ) {
        Send-WeChatEmulatorMessage @send
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
        $message = Send-AndReceive $send
        $message.Kind | Should -Be 'Status'
        $message.Content.Code | Should -Be $code
        $message.Content.UserNames.Count | Should -Be $chats
        ($message | Format-List -Force | Out-String -Width 2000) | Should -Match "StatusContent \{ Code = $code, UserNames = ( \}|@|filehelper)"
    }

    It 'says who wants to be a contact, and hides the ticket' {
        $request = Send-AndReceive @{ Kind = 'FriendRequest'; From = '孙 <七> & 😱'; Text = "我是`n<孙七>" }
        $request.Kind | Should -Be 'FriendRequest'
        $request.Text | Should -BeExactly "我是`n<孙七>"
        $request.Content.Name | Should -BeExactly '孙 <七> & 😱'
        $request.Content.Greeting | Should -BeExactly "我是`n<孙七>"
        $request.Content.Scene | Should -Be 6
        $request.Content.Gender | Should -Be 'Male'
        "$($request.Content.Province) $($request.Content.City) $($request.Content.Signature)" | Should -BeExactly '浙江 杭州 你好 & 😀'
        $request.Content.Alias | Should -Match '^wx_\w+$'
        $request.Content.PictureUrl | Should -Match '^https://example\.com/heads/wxid_\w+/0$'
        "$($request.Content.GroupId)$($request.Content.SourceName)$($request.Content.SharedBy)" | Should -BeExactly ''
        ($request | Format-List -Force | Out-String -Width 500) | Should -Not -Match 'v2_'
        "$request" | Should -Match ': \[FriendRequest\] 孙 <七> & 😱: 我是⏎<孙七>$'
    }

    It 'says where a friend request comes from: <from>' -ForEach @(
        @{ from = 'a group'; send = @{ Group = '运维群' }; scene = 14; group = '运维群'; sharer = '' }
        @{ from = 'a card'; send = @{ Card = '李四' }; scene = 17; group = ''; sharer = '小四🌙' }
    ) {
        $request = Send-AndReceive (@{ Kind = 'FriendRequest'; From = '小明'; Text = 'hi' } + $send)
        $request.Kind | Should -Be 'FriendRequest'
        $request.Group | Should -BeNullOrEmpty
        $request.Content.Scene | Should -Be $scene
        $request.Content.SourceName | Should -BeExactly $sharer
        $request.Content.SharedBy | Should -BeExactly $sharer
        $request.Content.GroupId | Should -Be $(if ($group) { (Get-WeChatContact $group).Id } else { '' })
    }

    It 'says whose card it is, with picture and WeChat id' {
        $card = (Send-AndReceive @{ Kind = 'Card'; Card = '李四'; From = '张三' }).Content
        $card.UserName | Should -Be (Get-WeChatContact 李四).UserName
        $card.Alias | Should -Match '^wx_\w+$'
        $card.PictureUrl | Should -Match '^https://example\.com/heads/wxid_\w+/0$'
    }

    It 'says whom WeChat suggests as a friend' {
        $suggestion = Send-AndReceive @{ Kind = 'FriendSuggestion'; From = '孙 <七> & 😱' }
        $suggestion.Kind | Should -Be 'FriendSuggestion'
        $suggestion.MsgType | Should -Be 40
        $suggestion.Text | Should -BeExactly '孙 <七> & 😱'
        $suggestion.From.Kind | Should -Be 'Special'
        $suggestion.Content | Should -BeOfType WeChatPS.CardContent
        "$($suggestion.Content.Name) $($suggestion.Content.Gender) $($suggestion.Content.City)" | Should -BeExactly '孙 <七> & 😱 Male 杭州'
        "$suggestion" | Should -Match ': \[FriendSuggestion\] 孙 <七> & 😱$'
        ($suggestion | Format-List | Out-String -Width 200) | Should -Match '(?m)^Kind +: FriendSuggestion$'
        (Get-WeChatContact -Refresh).Name | Should -Not -Contain '孙 <七> & 😱'
    }

    It 'says what was taken back in a group, by a member and by the account itself' {
        $id = Send-WeChatEmulatorMessage 'oops' -From 张三 -Group 运维群 -PassThru
        $null = Receive-WeChatMessage -NoWait
        $recall = Send-AndReceive @{ Kind = 'Recall'; RecalledId = $id; From = '张三'; Group = '运维群' }
        $recall.Kind | Should -Be 'Recall'
        $recall.Text | Should -BeExactly '"张三" 撤回了一条消息'
        $recall.Sender.DisplayName | Should -Be '张三(值班)'
        $recall.Content.MessageId | Should -Be $id
        $recall.Content.Original.Text | Should -Be 'oops'
        "$recall" | Should -Match '运维群 · 张三\(值班\): \[Recall\] "张三" 撤回了一条消息$'
        $own = Send-AndReceive @{ Kind = 'Recall'; RecalledId = '0'; To = '张三' }
        $own.Text | Should -BeExactly '你撤回了一条消息'
        $own.Content.MessageId | Should -Be ''
        $own.IsFromSelf | Should -Be $true
    }

    It 'has no download for a sticker from the store, and one for another' {
        $store = Send-AndReceive @{ Kind = 'Emoticon'; ProductId = 'p1'; From = '张三' }
        $failure = $null
        try { $store | Save-WeChatMedia -Path ([IO.Path]::GetTempPath()) -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Match '^WeChat\.MediaUnavailable,'
        $own = Send-AndReceive @{ Kind = 'Emoticon'; From = '张三' }
        $own.Content.Md5 | Should -Match '^[0-9a-f]{32}$'
        $folder = [IO.Directory]::CreateTempSubdirectory('WeChatPS-kinds-').FullName
        try {
            $file = $own | Save-WeChatMedia -Path $folder -PassThru
            $file.Length | Should -Be $own.Content.Size
        } finally { [IO.Directory]::Delete($folder, $true) }
    }

    It 'knows the picture inside an app by its digest' {
        $file = [IO.Path]::GetTempFileName()
        try {
            [IO.File]::WriteAllText($file, 'GIF89a')
            $message = Send-AndReceive @{ Kind = 'App'; AppMsgType = 15; Path = $file; From = '张三' }
            $message.Kind | Should -Be 'Emoticon'
            $message.Content.Md5 | Should -Be ([Convert]::ToHexString([Security.Cryptography.MD5]::HashData([IO.File]::ReadAllBytes($file))).ToLowerInvariant())
        } finally { [IO.File]::Delete($file) }
    }

    It 'brings every text in a message byte for byte: <text>' -ForEach @(
        @{ text = '👨‍👩‍👧‍👦🏳️‍🌈🇨🇳1️⃣#⃣☀' }, @{ text = '<>&"'' &amp; &lt;br/&gt; <br/>' }, @{ text = "one`ntwo" }, @{ text = "a$([char]0x2005)b$([char]0x2005)" }
        @{ text = 'todo:<br/>x' }, @{ text = '<span class="emoji emoji1f604"></span>' }, @{ text = ']]><![CDATA[' }; @{ text = " `n indented`n`n " }
    ) {
        $quoted = Send-AndReceive @{ Text = $text; From = '张三' }
        $quoted.Text | Should -BeExactly $text
        foreach ($place in @(
            @{ send = @{ Kind = 'Quote'; Text = $text; QuotedId = $quoted.Id }; at = 'Text', 'QuotedText' }
            @{ send = @{ Kind = 'Link'; Title = $text; Text = $text; Url = 'https://example.com/' }; at = 'Title', 'Description' }
            @{ send = @{ Kind = 'Music'; Title = $text; Text = $text }; at = 'Title', 'Artist' }
            @{ send = @{ Kind = 'MiniProgram'; Title = $text; Text = $text }; at = 'Title', 'Name' }
            @{ send = @{ Kind = 'App'; Title = $text; Text = $text }; at = 'Title', 'Description' }
            @{ send = @{ Kind = 'File'; FileName = $text }; at = 'Name' }
            @{ send = @{ Kind = 'Transfer'; Text = $text }; at = 'Memo' }
            @{ send = @{ Kind = 'RedPacket'; Text = $text }; at = 'Greeting' }
            @{ send = @{ Kind = 'ChatHistory'; Title = $text; Text = $text }; at = 'Title', 'Summary' }
            @{ send = @{ Kind = 'FriendRequest'; Text = $text }; at = 'Greeting' }
        )) {
            $message = Send-AndReceive ($place.send + @{ From = '张三' })
            foreach ($property in $place.at) { $message.Content.$property | Should -BeExactly $text }
        }
        $place = Send-AndReceive @{ Kind = 'Location'; Title = $text; From = '张三' }
        $place.Text | Should -BeExactly $text
        $rename = Send-AndReceive @{ Kind = 'GroupRename'; Text = $text; From = '张三'; Group = '运维群' }
        $rename.Content.Name | Should -BeExactly $text
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a quote of nothing'; send = @{ Kind = 'Quote'; Text = 'x'; QuotedId = '1'; From = '张三' }; words = 'no message has the id' }
        @{ what = 'a join without a group'; send = @{ Kind = 'GroupJoin'; Text = 'x'; From = '张三' }; words = 'needs a group' }
        @{ what = 'a join of nobody'; send = @{ Kind = 'GroupJoin'; Group = '运维群' }; words = 'needs a text' }
        @{ what = 'a rename without a name'; send = @{ Kind = 'GroupRename'; From = '张三'; Group = '运维群' }; words = 'the new name' }
    ) {
        $failure = $null
        try { Send-WeChatEmulatorMessage @send } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.EmulatorFailed,WeChatPS.SendWeChatEmulatorMessage'
        "$failure" | Should -Match $words
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }
}
