Import-Module WeChatPS

Describe 'The bots among the examples' {
    BeforeAll {
        $examples = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'examples')
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name bots -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        function Get-Answer { Get-WeChatEmulatorRequest -Name webwxsendmsg | ForEach-Object { ($_.Body | ConvertFrom-Json).Msg.Content } }
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        $said = @(Get-Answer).Count
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'EchoBot answers friends with what they wrote, and nobody else' {
        Send-WeChatEmulatorMessage '你好 <b> & 😱' -From 王五
        Send-WeChatEmulatorMessage 'in a group' -From 张三 -Group 运维群
        Send-WeChatEmulatorMessage "两`n行" -From 张三
        $receipts = & ([IO.Path]::Combine($examples, 'EchoBot.ps1')) -MaxCount 2 -TimeoutSec 60
        $receipts.To.Name | Should -Be @('王五', '张三')
        @(Get-Answer)[$said..($said + 1)] | Should -Be @('你好 <b> & 😱', "两`n行")
    }

    It 'CommandBot runs functions for friends and for who addresses it in a group, and survives what fails' {
        Send-WeChatEmulatorMessage '/help' -From 王五
        Send-WeChatEmulatorMessage 'no command' -From 王五
        Send-WeChatEmulatorMessage '/dice 1' -From 王五
        Send-WeChatEmulatorMessage '/DICE 3' -From 王五
        Send-WeChatEmulatorMessage '/dice' -From 张三 -Group 运维群
        Send-WeChatEmulatorMessage '/dice' -From 每日天气
        Send-WeChatEmulatorMessage "@我$([char]0x2005)/members" -From 张三 -Group 运维群
        Send-WeChatEmulatorMessage '/nothing $(throw 1); Stop-WeChatEmulator' -From 王五
        $receipts = & ([IO.Path]::Combine($examples, 'CommandBot.ps1')) -MaxCount 5 -TimeoutSec 60
        @($receipts).Count | Should -Be 5
        $receipts[3].To.Name | Should -Be '运维群'
        $answers = @(Get-Answer)[$said..($said + 4)]
        $answers[0] -split "`n" | Should -Contain '/dice: rolls a die with 6 sides, or as many as you say'
        $answers[1] | Should -Be '/dice: a die has at least two sides'
        $answers[2] | Should -Match '^[123]$'
        $answers[3] | Should -Be "$(@(Get-WeChatGroupMember 运维群).Count) in 运维群"
        $answers[4] | Should -Be 'I do not know /nothing. Ask /help.'
    }

    It 'CommandBot listens only to whom it is told to' {
        Send-WeChatEmulatorMessage '/time' -From 张三
        Send-WeChatEmulatorMessage '/time' -From 王五
        $receipt = & ([IO.Path]::Combine($examples, 'CommandBot.ps1')) -From 王五 -MaxCount 1 -TimeoutSec 60
        $receipt.To.Name | Should -Be '王五'
        @(Get-Answer)[-1] | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d'
    }
}
