Import-Module WeChatPS

Describe 'Get-WeChatArticle' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name articles -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'gives what official accounts sent before the login, text as it was written' {
        $all = @(Get-WeChatArticle)
        $all.Title -join '|' | Should -Be '今天有雨 ☔ & 大风 <橙色预警>|一周天气|昨日回顾'
        $all[0] | Should -BeOfType WeChatPS.WeChatArticle
        $all[0].Digest | Should -Be '带伞，少出门'
        $all[0].Url | Should -Be 'https://example.com/weather?day=2&part=1'
        $all[0].CoverUrl | Should -Be 'https://example.com/2.jpg'
        $all[0].Time | Should -BeGreaterThan ([DateTimeOffset]::Now.AddMinutes(-5))
        $all[1].Digest | Should -Be ''
    }

    It 'says from whom, as the contact that everybody else gives' {
        (Get-WeChatArticle)[0].From | Should -Be (Get-WeChatContact 每日天气)
        (Get-WeChatArticle)[0].From.Id | Should -Be (Get-WeChatContact 每日天气).Id
    }

    It 'chooses by account: <what>' -ForEach @(
        @{ what = 'a name'; articles = { Get-WeChatArticle 每日天气 }; count = 3 }
        @{ what = 'a contact'; articles = { Get-WeChatContact -Kind Official | Get-WeChatArticle }; count = 3 }
        @{ what = 'somebody who sent none'; articles = { Get-WeChatArticle -From 王五 }; count = 0 }
    ) {
        @(& $articles).Count | Should -Be $count
    }

    It 'says that nobody has the name, and goes on' {
        @(Get-WeChatArticle nobody, 每日天气 -ErrorAction SilentlyContinue -ErrorVariable failures).Count | Should -Be 3
        $failures.FullyQualifiedErrorId | Should -Be 'WeChat.ContactNotFound,WeChatPS.GetWeChatArticle'
    }

    It 'completes official accounts only' {
        (TabExpansion2 'Get-WeChatArticle ' 18).CompletionMatches.CompletionText -join ' ' | Should -Be '每日天气'
    }

    It 'asks the server for nothing' {
        $null = Get-WeChatContact
        $after = (Get-WeChatEmulator).Requests
        $null = Get-WeChatArticle
        (Get-WeChatEmulator).Requests | Should -Be $after
    }
}
