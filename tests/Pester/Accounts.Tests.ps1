Import-Module WeChatPS

Describe 'Two accounts in one process' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1 -Account 我, 小明
        $store = [IO.Directory]::CreateTempSubdirectory('wechatps-accounts-').FullName
        function Connect-Both([hashtable]$How) {
            foreach ($name in 'mine', 'ming') {
                Connect-WeChat -Name $name -Endpoint $emulator.Endpoint -StorePath $store -SendInterval 0 @How 6> $null
            }
        }
        # which account sent what
        function Get-Sent {
            $http = [Net.Http.HttpClient]::new()
            $status = $http.GetStringAsync("$($emulator.Endpoint)emulator/status").Result | ConvertFrom-Json
            $sent = $http.GetStringAsync("$($emulator.Endpoint)emulator/sent").Result | ConvertFrom-Json
            foreach ($message in $sent) { "$($status.sessions.Where{ $_.sid -eq $message.sid }.account) $($message.to) $($message.text)" }
        }
        $mine, $ming = Connect-Both @{ Login = 'Qr'; QrCode = 'None' }
    }

    BeforeEach { foreach ($one in $mine, $ming) { $null = Receive-WeChatMessage -NoWait -Session $one } }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        [IO.Directory]::Delete($store, $true)
    }

    It 'are logged in by their phones in turn' {
        $emulator.Accounts -join ' ' | Should -Be '我 小明'
        $mine.User.Name | Should -Be '我'
        $ming.User.Name | Should -Be '小明'
        $mine.User.Id | Should -Not -Be $ming.User.Id
    }

    It 'receive only what is theirs' {
        Send-WeChatEmulatorMessage 'to me' -From 王五
        Send-WeChatEmulatorMessage 'to Ming' -From 王五 -Account 小明
        Send-WeChatEmulatorMessage 'to his group' -From 赵六 -Group 运维群 -Account 小明
        (Receive-WeChatMessage -NoWait -Session ming).Text -join '|' | Should -Be 'to Ming|to his group'
        (Receive-WeChatMessage -NoWait -Session mine).Text | Should -Be 'to me'
    }

    It 'know somebody else each by the same nickname' {
        $one = Get-WeChatContact 王五 -Session mine
        $other = Get-WeChatContact 王五 -Session ming
        $one.Name | Should -Be $other.Name
        $one.Id | Should -Not -Be $other.Id
        $one.UserName | Should -Not -Be $other.UserName
    }

    It 'are told apart by -Session' {
        (Send-WeChatMessage 王五 'by name' -Session ming).Session | Should -Be 'ming'
        (Send-WeChatMessage 王五 'by object' -Session $mine).Session | Should -Be 'mine'
        @(Get-Sent)[-2, -1] -join '|' | Should -Be '小明 王五 by name|我 王五 by object'
    }

    It 'answer each what each was asked, wherever the pipeline comes from' {
        Send-WeChatEmulatorMessage 'q' -From 王五
        Send-WeChatEmulatorMessage 'q' -From 张三 -Account 小明
        $questions = foreach ($one in $mine, $ming) { Receive-WeChatMessage -NoWait -Session $one }
        $receipts = $questions | Send-WeChatMessage -Text 'a'
        $receipts.Session -join ' ' | Should -Be 'mine ming'
        @(Get-Sent)[-2, -1] -join '|' | Should -Be '我 王五 a|小明 张三 a'
    }

    It 'have names of their own, and others are refused' {
        { Send-WeChatEmulatorMessage 'x' -From 王五 -Account 小红 } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.SendWeChatEmulatorMessage'
        { Start-WeChatEmulator -Account 小红, 小红 } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.StartWeChatEmulator'
    }

    It 'are saved side by side, and what comes meanwhile waits for the one it was sent to' {
        Get-WeChatSession | Disconnect-WeChat
        (Get-WeChatSession -Saved -StorePath $store).Name -join ' ' | Should -Be 'mine ming'
        Send-WeChatEmulatorMessage 'for me' -From 王五
        Send-WeChatEmulatorMessage 'for Ming' -From 王五 -Account 小明
        $mine, $ming = Connect-Both @{ Login = 'Resume' }
        "$($mine.User.Name) $($ming.User.Name)" | Should -Be '我 小明'
        (Receive-WeChatMessage -NoWait -Session ming).Text | Should -Be 'for Ming'
        (Receive-WeChatMessage -NoWait -Session mine).Text | Should -Be 'for me'
    }
}
