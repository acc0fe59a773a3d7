Import-Module WeChatPS

Describe 'Receive-WeChatMessage: who is called' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name mentions -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Receive-WeChatMessage -NoWait
        $space = [string][char]0x2005
        function Edit-Contact([hashtable] $Body) {
            $json = [Net.Http.StringContent]::new(($Body | ConvertTo-Json))
            $reply = [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $json).Result
            $reply.IsSuccessStatusCode | Should -BeTrue
        }
        function Receive-Text([string] $Text, [hashtable] $With = @{ From = '赵六'; Group = '运维群' }) {
            Send-WeChatEmulatorMessage $Text @With
            $message = Receive-WeChatMessage -NoWait -IncludeSelf
            $message.Text | Should -BeExactly $Text
            $message
        }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'hears at once what it is called now, as a nickname and in one group' {
        (Receive-Text "@R😄 & D${space}x").MentionsMe | Should -BeFalse
        Edit-Contact @{ action = 'rename'; name = '我'; newName = 'R😄 & D' }
        (Receive-Text "@R😄 & D${space}x").MentionsMe | Should -BeTrue
        $session.User.NickName | Should -BeExactly 'R😄 & D'
        (Receive-Text "@值班 <我> & 🌙${space}x").MentionsMe | Should -BeFalse
        Edit-Contact @{ action = 'nickname'; name = '运维群'; members = @('R😄 & D'); newName = '值班 <我> & 🌙' }
        (Receive-Text "@值班 <我> & 🌙${space}x").MentionsMe | Should -BeTrue
        (Receive-Text "@值班 <我> & 🌙${space}x" @{ From = '赵六'; Group = '周末爬山' }).MentionsMe | Should -BeFalse
    }

    It 'tells whether the account is called: <text>' -ForEach @(
        @{ text = "@R😄 & D$([char]0x2005)看一下"; me = $true }
        @{ text = '请看@R😄 & D'; me = $true }
        @{ text = "好的 @R😄 & D`n马上"; me = $true }
        @{ text = '@R😄 & D 看一下'; me = $true }
        @{ text = "a @张三(值班)$([char]0x2005)@值班 <我> & 🌙$([char]0x2005)"; me = $true }
        @{ text = "ok@R😄 & D$([char]0x2005)x"; me = $true }
        @{ text = 'mail ok@R😄 & D x'; me = $false }
        @{ text = '@R😄 & Dan hi'; me = $false }
        @{ text = "@R😄$([char]0x2005)hi"; me = $false }
        @{ text = "@张三(值班)$([char]0x2005)hi"; me = $false }
        @{ text = 'R😄 & D'; me = $false }
    ) {
        (Receive-Text $text).MentionsMe | Should -Be $me
        (Receive-Text $text @{ From = '王五' }).MentionsMe | Should -BeFalse
        (Receive-Text $text @{ Group = '运维群' }).MentionsMe | Should -BeFalse
    }

    It 'tells a longer name from its own: <text>' -ForEach @(
        @{ text = '@Rob hi'; me = $true }, @{ text = '@Robot hi'; me = $false }, @{ text = "@Robot$([char]0x2005)@Rob"; me = $true }
        @{ text = 'mail a@Rob x'; me = $false }, @{ text = '请@Rob 看'; me = $true }
    ) {
        Edit-Contact @{ action = 'rename'; name = $session.User.NickName; newName = 'Rob' }
        (Receive-Text $text).MentionsMe | Should -Be $me
        (Receive-Text $text @{ From = '王五' }).MentionsMe | Should -BeFalse
    }

    It 'tells apart who calls everybody: <text>' -ForEach @(
        @{ text = "@所有人$([char]0x2005)开会"; all = $true }, @{ text = '@所有人 开会'; all = $false }, @{ text = '所有人'; all = $false }
    ) {
        $message = Receive-Text $text
        $message.MentionsAll | Should -Be $all
        $message.MentionsMe | Should -BeFalse
        (Receive-Text $text @{ From = '王五' }).MentionsAll | Should -BeFalse
        (Receive-Text $text @{ Group = '运维群' }).MentionsAll | Should -BeFalse
    }
}
