Import-Module WeChatPS

Describe 'Approve-WeChatFriendRequest' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name friends -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
    }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'makes friends of those who asked, by pipeline, who can be written to at once' {
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From 甲
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From 乙
        $friends = Receive-WeChatMessage -NoWait -Kind FriendRequest | Approve-WeChatFriendRequest -PassThru
        $friends.Name -join ' ' | Should -Be '甲 乙'
        $friends.Kind | Should -Not -Contain 'Stranger'
        (Send-WeChatMessage 甲 '欢迎').To.Name | Should -Be '甲'
    }

    It 'sends words along, and gives the friend under the new user name' {
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From 己
        $request = Receive-WeChatMessage -NoWait -Kind FriendRequest
        $friend = $request | Approve-WeChatFriendRequest -Greeting '你好，"己" <&> 😀' -PassThru
        (Get-WeChatEmulatorRequest webwxverifyuser -Last 1).Body | Should -Match ([regex]::Escape('"VerifyContent":"你好，\"己\" <&> 😀"'))
        "$($friend.Name) $($friend.Kind)" | Should -Be '己 Friend'
        $friend.UserName | Should -Not -Be $request.Content.UserName
    }

    It 'takes the greeting by position: <how>' -ForEach @(
        @{ how = 'after a piped request'; from = '子'; approve = { param($request) $request | Approve-WeChatFriendRequest '欢迎' } }
        @{ how = 'after the request'; from = '丑'; approve = { param($request) Approve-WeChatFriendRequest $request '欢迎' } }
        @{ how = 'with the request by name'; from = '寅'; approve = { param($request) Approve-WeChatFriendRequest '欢迎' -Message $request } }
    ) {
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From $from
        & $approve (Receive-WeChatMessage -NoWait -Kind FriendRequest) | Should -BeNullOrEmpty
        (Get-WeChatEmulatorRequest webwxverifyuser -Last 1).Body | Should -Match '"VerifyContent":"欢迎"'
    }

    It 'accepts a request once, however often it comes' {
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From 庚
        $request = Receive-WeChatMessage -NoWait -Kind FriendRequest
        $first = $request | Approve-WeChatFriendRequest -PassThru
        $again = $request | Approve-WeChatFriendRequest -PassThru
        $again.UserName | Should -Be $first.UserName
        @(Get-WeChatEmulatorRequest webwxverifyuser -After $after).Count | Should -Be 1
        @(Get-WeChatContact 庚).Count | Should -Be 1
    }

    It 'sends nothing with -WhatIf; the request''s line says who asks' {
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From 丙
        $request = Receive-WeChatMessage -NoWait -Kind FriendRequest
        "$request" | Should -Match '\[FriendRequest\] 丙: 你好$'
        $request | Approve-WeChatFriendRequest -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxverifyuser -After $after | Should -BeNullOrEmpty
    }

    It 'refuses another message before anything is sent' {
        Send-WeChatEmulatorMessage 'x' -From 王五
        $message = Receive-WeChatMessage -NoWait
        { $message | Approve-WeChatFriendRequest -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.NotFriendRequest,WeChatPS.ApproveWeChatFriendRequest'
        Get-WeChatEmulatorRequest webwxverifyuser -After $after | Should -BeNullOrEmpty
    }

    It 'tells the server''s refusal in its own code, and sends nothing twice' {
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From 丁
        $request = Receive-WeChatMessage -NoWait -Kind FriendRequest
        $null = Add-WeChatEmulatorFault webwxverifyuser Ret -Code -1 -Count 1
        $failure = $null
        try { $request | Approve-WeChatFriendRequest -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.Refused,WeChatPS.ApproveWeChatFriendRequest'
        $failure.Exception.ServerCode | Should -Be -1
        @(Get-WeChatEmulatorRequest webwxverifyuser -After $after).Count | Should -Be 1
        ($request | Approve-WeChatFriendRequest -PassThru).Name | Should -Be '丁'
    }

    It 'says that it does not know when the reply is lost, and sends nothing twice' {
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From 戊
        $request = Receive-WeChatMessage -NoWait -Kind FriendRequest
        Add-WeChatEmulatorFault webwxverifyuser LostReply -Count 1
        { $request | Approve-WeChatFriendRequest -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.OutcomeUnknown,WeChatPS.ApproveWeChatFriendRequest'
        @(Get-WeChatEmulatorRequest webwxverifyuser -After $after).Count | Should -Be 1
    }
}
