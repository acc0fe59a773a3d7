Import-Module WeChatPS

# Messages as the server or an old phone may write them, which the emulator does not write by itself.
Describe 'Receive-WeChatMessage: as it comes over the wire' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name wire -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $null = Receive-WeChatMessage -NoWait
        function Send-Raw([hashtable] $Fields, [string] $From = '张三') {
            $item = @{ MsgId = '{msgid}'; FromUserName = '{from}'; ToUserName = '{self}'; MsgType = 1; Content = ''; CreateTime = 1700000000 }
            foreach ($name in @($Fields.Keys)) { $item[$name] = $Fields[$name] }
            Send-WeChatEmulatorMessage -Kind Raw -From $From -Json ($item | ConvertTo-Json -Depth 4)
        }
        function Receive-Raw([hashtable] $Fields) {
            Send-Raw $Fields
            $received = @(Receive-WeChatMessage -NoWait -IncludeStatus)
            $received.Count | Should -Be 1
            $received[0]
        }
        function Get-Escaped([string] $Xml) { $Xml.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;') }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'gives the session''s key away nowhere' {
        $url = 'https://wx.example/cgi-bin/get?a=1&skey=@crypt_1a2b_3c4d5e&b=2'
        $message = Receive-Raw @{
            MsgType = 49; AppMsgType = 5; FileName = 'T'; Url = $url
            Content = Get-Escaped "<msg><appmsg><title>T</title><url>$($url.Replace('&', '&amp;'))</url><skey>@crypt_1a2b_3c4d5e</skey></appmsg></msg>"
        }
        $message.Content.Url | Should -BeExactly 'https://wx.example/cgi-bin/get?a=1&skey=&b=2'
        ($message.Raw | ConvertFrom-Json).Url | Should -BeExactly 'https://wx.example/cgi-bin/get?a=1&skey=&b=2'
        ($message.Raw | ConvertFrom-Json).Content | Should -Match 'skey=&amp;amp;b=2'
        ([xml]$message.Xml).msg.appmsg.url | Should -BeExactly 'https://wx.example/cgi-bin/get?a=1&skey=&b=2'
        $file = [IO.Path]::GetTempFileName()
        try {
            $message | Export-Clixml $file -Depth 4
            foreach ($text in $message.Raw, $message.Xml, ($message | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue), [IO.File]::ReadAllText($file), ($message | Format-List -Force | Out-String -Width 2000)) {
                $text | Should -Not -Match 'crypt_|3c4d5e'
                $text | Should -Match 'T'
            }
        } finally { [IO.File]::Delete($file) }
    }

    It 'knows a map by its address alone' {
        $message = Receive-Raw @{ Url = 'http://apis.map.qq.com/uri/v1/geocoder?coord=-33.5,151.25'; Content = '人民大道1号:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&amp;msgid=1&amp;pictype=location' }
        $message.Kind | Should -Be 'Location'
        $message.Text | Should -BeExactly '人民大道1号'
        "$($message.Content.Latitude) $($message.Content.Longitude)" | Should -Be '-33.5 151.25'
        $message.Content.Url | Should -BeExactly 'http://apis.map.qq.com/uri/v1/geocoder?coord=-33.5,151.25'
    }

    It 'knows the link to a map that older phones send, and nothing that only names it' {
        $link = 'http://weixin.qq.com/cgi-bin/redirectforward?args=YXBpcy5tYXA%3D&x=1'
        Send-WeChatEmulatorMessage $link -From 张三
        Send-WeChatEmulatorMessage $link -From 赵六 -Group 运维群
        Send-WeChatEmulatorMessage "看 $link" -From 张三
        $place, $inGroup, $text = Receive-WeChatMessage -NoWait
        $place.Kind, $inGroup.Kind, $text.Kind -join ' ' | Should -Be 'Location Location Text'
        $place.Text, $place.Content.Url, $inGroup.Text, $inGroup.Content.Url | Should -BeExactly @($link, $link, $link, $link)
        $place.Content.Latitude | Should -BeNullOrEmpty
        $text.Text | Should -BeExactly "看 $link"
        $null = $place | Send-WeChatMessage -To 王五 -Forward -ErrorAction Stop
        ((Get-WeChatEmulatorRequest webwxsendmsg -Last 1).Body | ConvertFrom-Json).Msg.Content | Should -BeExactly $link
    }

    It 'knows an app by the type in its XML: <type>' -ForEach @(
        @{ type = 5; kind = 'Link' }, @{ type = 6; kind = 'File' }, @{ type = 57; kind = 'Quote' }, @{ type = 2000; kind = 'Transfer' }, @{ type = 4711; kind = 'App' }
    ) {
        $message = Receive-Raw @{ MsgType = 49; Content = Get-Escaped "<msg><appmsg><title>T &amp; t</title><type>$type</type></appmsg></msg>" }
        $message.Kind | Should -Be $kind
        $message.Text | Should -BeExactly 'T & t'
        if ($kind -eq 'App') { $message.Content.Type | Should -Be $type }
    }

    It 'stays readable when its XML is not: <xml>' -ForEach @(
        @{ xml = '<msg><appmsg><title>cut' }, @{ xml = 'no XML' }, @{ xml = '' }, @{ xml = '<!DOCTYPE msg [<!ENTITY a "aaaa">]><msg><appmsg><title>&a;</title></appmsg></msg>' }
    ) {
        $app = Receive-Raw @{ MsgType = 49; AppMsgType = 5; FileName = 'T &amp; t'; Url = 'https://example.com/'; Content = Get-Escaped $xml }
        "$($app.Kind) $($app.Text) $($app.Content.Url) $($app.Xml)" | Should -BeExactly 'Link T & t https://example.com/ '
        $place = Receive-Raw @{ MsgType = 48; Content = Get-Escaped $xml }
        $place.Kind | Should -Be 'Location'
        $place.Text | Should -BeExactly ''
        $place.Content.Latitude | Should -BeNullOrEmpty
        $map = Receive-Raw @{ SubMsgType = 48; Content = '人民大道1号:<br/>/cgi-bin/x'; OriContent = $xml; Url = 'http://apis.map.qq.com/uri/v1/geocoder?coord=31.2,121.4' }
        "$($map.Kind) $($map.Text) $($map.Content.Latitude)" | Should -Be 'Location 人民大道1号 31.2'
        foreach ($type in 3, 34, 37, 40, 42, 43, 47, 50, 10002) {
            $other = Receive-Raw @{ MsgType = $type; Content = Get-Escaped $xml }
            $other.Kind | Should -Not -BeIn @('Unknown', 'Unparsed')
            $other.Xml | Should -BeExactly ''
            $other | Format-List -Force | Out-String | Should -Not -BeNullOrEmpty
        }
    }

    It 'has its XML for what has no property: <kind>' -ForEach @(
        @{ kind = 'Link'; send = @{ Title = 'T & <t>'; Text = "a`n😱" }; read = { param($xml) $xml.msg.appmsg.title }; value = 'T & <t>' }
        @{ kind = 'Image'; send = @{}; read = { param($xml) $xml.msg.img.hdlength }; value = '0' }
        @{ kind = 'Voice'; send = @{}; read = { param($xml) $xml.msg.voicemsg.voiceformat }; value = '4' }
        @{ kind = 'Card'; send = @{ Card = '李四' }; read = { param($xml) $xml.msg.nickname }; value = '小四🌙' }
        @{ kind = 'Location'; send = @{ Text = 'Cafe & Bar' }; read = { param($xml) $xml.msg.location.poiname }; value = 'Cafe & Bar' }
        @{ kind = 'Call'; send = @{}; read = { param($xml) $xml.voipinvitemsg.status }; value = '1' }
        @{ kind = 'Recall'; send = @{ RecalledId = '7' }; read = { param($xml) $xml.sysmsg.type }; value = 'revokemsg' }
        @{ kind = 'FriendRequest'; send = @{ Text = 'hi' }; read = { param($xml) $xml.msg.brandlist.ver }; value = '680000000' }
    ) {
        Send-WeChatEmulatorMessage -From 张三 -Kind $kind @send
        $message = Receive-WeChatMessage -NoWait
        & $read ([xml]$message.Xml) | Should -BeExactly $value
    }

    It 'has no XML where there is none: <what>' -ForEach @(
        @{ what = 'a text'; send = @{ Text = '<b>x</b>' } }, @{ what = 'a notice'; send = @{ Text = '<b>x</b>'; Kind = 'System' } }, @{ what = 'an unknown type'; send = @{ Text = 'x'; MsgType = 4711 } }
    ) {
        Send-WeChatEmulatorMessage -From 张三 @send
        (Receive-WeChatMessage -NoWait).Xml | Should -BeExactly ''
    }

    It 'takes its own request, which the phone made, for bookkeeping' {
        Send-Raw @{ MsgType = 37; FromUserName = 'fmessage'; RecommendInfo = @{ UserName = '{self}'; NickName = '我'; Ticket = 'v2_x' } }
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
        (Receive-Raw @{ MsgType = 37; FromUserName = 'fmessage'; RecommendInfo = @{ UserName = '{self}'; NickName = '我' } }).Kind | Should -Be 'Status'
        (Receive-Raw @{ MsgType = 37; FromUserName = 'fmessage'; RecommendInfo = @{ UserName = '@other'; NickName = '他' } }).Kind | Should -Be 'FriendRequest'
    }
}
