Import-Module WeChatPS

Describe 'Several sessions: everything goes through the one it came from' {
    BeforeAll {
        $first = Start-WeChatEmulator -HoldSec 1
        $second = Start-WeChatEmulator -HoldSec 1
        function Get-Question($emulator, $session) {
            Send-WeChatEmulatorMessage 'question' -From 王五 -Endpoint $emulator.Endpoint
            Receive-WeChatMessage -NoWait -Session $session | Select-Object -Last 1
        }
    }

    BeforeEach {
        $one = Connect-WeChat -Name one -Endpoint $first.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $two = Connect-WeChat -Name two -Endpoint $second.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $a = Get-Question $first $one
        $b = Get-Question $second $two
        $afterFirst = (Get-WeChatEmulator -Endpoint $first.Endpoint).Requests
        $afterSecond = (Get-WeChatEmulator -Endpoint $second.Endpoint).Requests
    }

    AfterEach { Get-WeChatSession | Disconnect-WeChat }

    AfterAll { Get-WeChatEmulator | Stop-WeChatEmulator }

    It 'passes messages on, each by its own session' {
        ($a, $b | Send-WeChatMessage -To 张三 -Forward).Session -join ' ' | Should -Be 'one two'
        (Send-WeChatMessage -To 张三 -Forward -Message $a, $b).Session -join ' ' | Should -Be 'one two'
    }

    It 'answers messages that -To names, each by its own session' {
        (Send-WeChatMessage -To $a, $b -Text 'answer').Session -join ' ' | Should -Be 'one two'
    }

    It 'takes back what several sessions sent' {
        $receipts = (Send-WeChatMessage 王五 'oops' -Session one), (Send-WeChatMessage 王五 'oops' -Session two)
        Revoke-WeChatMessage -Receipt $receipts
        @(Get-WeChatEmulatorRequest webwxrevokemsg -After $afterFirst -Endpoint $first.Endpoint).Count | Should -Be 1
        @(Get-WeChatEmulatorRequest webwxrevokemsg -After $afterSecond -Endpoint $second.Endpoint).Count | Should -Be 1
    }

    It 'changes contacts of several sessions' {
        Set-WeChatContact -Contact $a, $b -MarkRead
        @(Get-WeChatEmulatorRequest webwxstatusnotify -After $afterFirst -Endpoint $first.Endpoint).Count | Should -Be 1
        @(Get-WeChatEmulatorRequest webwxstatusnotify -After $afterSecond -Endpoint $second.Endpoint).Count | Should -Be 1
    }

    It 'lets no other account do it when that session is gone: <name>' -ForEach @(
        @{ name = 'an answer'; cmdlet = 'SendWeChatMessage'; act = { $a | Send-WeChatMessage -Text 'answer' -ErrorAction Stop } }
        @{ name = 'a forward'; cmdlet = 'SendWeChatMessage'; act = { $a | Send-WeChatMessage -To 王五 -Forward -ErrorAction Stop } }
        @{ name = 'a -To'; cmdlet = 'SendWeChatMessage'; act = { Send-WeChatMessage -To $a -Text 'answer' -ErrorAction Stop } }
        @{ name = 'a mark'; cmdlet = 'SetWeChatContact'; act = { $a | Set-WeChatContact -MarkRead -ErrorAction Stop } }
        @{ name = 'a revocation'; cmdlet = 'RevokeWeChatMessage'; act = { $receipt | Revoke-WeChatMessage -ErrorAction Stop } }
        @{ name = 'saving'; cmdlet = 'SaveWeChatMedia'; act = { $a | Save-WeChatMedia -ErrorAction Stop } }
        @{ name = 'approving'; cmdlet = 'ApproveWeChatFriendRequest'; act = { $a | Approve-WeChatFriendRequest -ErrorAction Stop } }
    ) {
        $receipt = Send-WeChatMessage 王五 'oops' -Session one
        Disconnect-WeChat one
        $failure = $null
        try { $null = & $act } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be "WeChat.NotConnected,WeChatPS.$cmdlet"
        "$failure" | Should -Match "'one'.*Connect-WeChat -Name one.*-Session"
        Get-WeChatEmulatorRequest -After $afterSecond -Endpoint $second.Endpoint |
            Where-Object Name -In webwxsendmsg, webwxrevokemsg, webwxstatusnotify, webwxverifyuser | Should -BeNullOrEmpty
    }

    It 'uses another session when -Session says so' {
        Disconnect-WeChat one
        ($a | Send-WeChatMessage -To 王五 -Forward -Session two).Session | Should -Be 'two'
    }
}
