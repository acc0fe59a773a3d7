Import-Module WeChatPS

Describe 'Revoke-WeChatMessage' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name revoking -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'takes back what receipts are piped in' {
        $receipts = 'one', 'two' | Send-WeChatMessage -To 王五
        $receipts | Revoke-WeChatMessage | Should -BeNullOrEmpty
        $bodies = @(Get-WeChatEmulatorRequest webwxrevokemsg -After $after).Body
        $bodies.Count | Should -Be 2
        $bodies[0] | Should -Match $receipts[0].MessageId
        $bodies[0] | Should -Match $receipts[0].ClientMsgId
    }

    It 'takes back <what>' -ForEach @(
        @{ what = 'a text in a group'; send = { Send-WeChatMessage 运维群 'wrong group' } }
        @{ what = 'a file'; send = { Send-WeChatFile 王五 -Content ([byte[]](1, 2, 3)) -Name 'wrong.bin' } }
        @{ what = 'a picture in a group'; send = { Send-WeChatFile 运维群 -Content ([byte[]](0x89, 0x50, 0x4e, 0x47)) -Name 'wrong.png' } }
    ) {
        $receipt = & $send
        Revoke-WeChatMessage $receipt
        $sent = [System.Net.Http.HttpClient]::new().GetStringAsync("$($emulator.Endpoint)emulator/sent").Result | ConvertFrom-Json
        @($sent).Where{ $_.clientMsgId -eq $receipt.ClientMsgId }.revoked | Should -BeTrue
    }

    It 'is told by the receipt until when that can be done' {
        $receipt = Send-WeChatMessage 王五 'x'
        $receipt.RevocableUntil | Should -Be $receipt.Time.AddMinutes(2)
        ($receipt | Format-List | Out-String -Width 500) | Should -Match '(?m)^RevocableUntil +: '
    }

    It 'takes nothing back with -WhatIf' {
        Send-WeChatMessage 王五 'stays' | Revoke-WeChatMessage -WhatIf
        Get-WeChatEmulatorRequest webwxrevokemsg -After $after | Should -BeNullOrEmpty
    }

    It 'takes back after a new login what the one before sent' {
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $login = @{ Name = 'revokingagain'; Endpoint = $emulator.Endpoint; Login = 'Qr'; QrCode = 'None'; StorePath = $store; SendInterval = 0 }
        try {
            $again = Connect-WeChat @login 6> $null
            $receipt = Send-WeChatMessage 王五 'oops' -Session $again
            Disconnect-WeChat $again
            $again = Connect-WeChat @login 6> $null
            $receipt | Revoke-WeChatMessage
            $now = (Get-WeChatContact 王五 -Session $again).UserName
            $now | Should -Not -Be $receipt.To.UserName
            (Get-WeChatEmulatorRequest webwxrevokemsg -After $after).Body | Should -Match $now
        }
        finally {
            Disconnect-WeChat $again
            $null = Connect-WeChat -Name revoking -Endpoint $emulator.Endpoint -Ephemeral
            [IO.Directory]::Delete($store, $true)
        }
    }

    It 'says when it is too late, and asks nobody' {
        $sent = Send-WeChatMessage 王五 'old'
        $old = [WeChatPS.WeChatReceipt]::new($sent.MessageId, $sent.ClientMsgId, $sent.To, $sent.Time.AddSeconds(-121), 1, $sent.Session)
        $failure = $null
        try { Revoke-WeChatMessage $old -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.RevokeTooLate,WeChatPS.RevokeWeChatMessage'
        $failure.TargetObject | Should -Be $sent.MessageId
        Get-WeChatEmulatorRequest webwxrevokemsg -After $after | Should -BeNullOrEmpty
    }

    It 'tells the server''s refusal, and goes on with the others' {
        $receipts = 'one', 'two' | Send-WeChatMessage -To 王五
        $null = Add-WeChatEmulatorFault webwxrevokemsg Ret -Code -1 -Count 1
        $receipts | Revoke-WeChatMessage -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.FullyQualifiedErrorId | Should -Be 'WeChat.Refused,WeChatPS.RevokeWeChatMessage'
        @(Get-WeChatEmulatorRequest webwxrevokemsg -After $after).Count | Should -Be 2
    }

    It 'asks once, and says so when no answer comes' {
        $receipt = Send-WeChatMessage 王五 'x'
        $null = Add-WeChatEmulatorFault webwxrevokemsg LostReply -Count 1
        { Revoke-WeChatMessage $receipt -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Unreachable,WeChatPS.RevokeWeChatMessage'
        @(Get-WeChatEmulatorRequest webwxrevokemsg -After $after).Count | Should -Be 1
    }
}
