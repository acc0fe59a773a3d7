Import-Module WeChatPS

Describe 'Deny-WeChatFriendRequest' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name denying -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
        Send-WeChatEmulatorMessage '你好' -Kind FriendRequest -From 丁
        $request = Receive-WeChatMessage -NoWait -Kind FriendRequest
    }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'turns a request down, which is over then' {
        $request | Deny-WeChatFriendRequest -Confirm:$false | Should -BeNullOrEmpty
        (Get-WeChatEmulatorRequest webwxverifyuser -Last 1).Body | Should -Match '"Opcode":4'
        { $request | Approve-WeChatFriendRequest -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Refused,WeChatPS.ApproveWeChatFriendRequest'
    }

    It 'asks before it denies' {
        # nobody can answer here
        { $request | Deny-WeChatFriendRequest -ErrorAction Stop } | Should -Throw
        Get-WeChatEmulatorRequest webwxverifyuser -After $after | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf' {
        $request | Deny-WeChatFriendRequest -WhatIf
        Get-WeChatEmulatorRequest webwxverifyuser -After $after | Should -BeNullOrEmpty
    }

    It 'refuses another message before anything is sent' {
        Send-WeChatEmulatorMessage 'x' -From 王五
        $message = Receive-WeChatMessage -NoWait
        { $message | Deny-WeChatFriendRequest -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.NotFriendRequest,WeChatPS.DenyWeChatFriendRequest'
        Get-WeChatEmulatorRequest webwxverifyuser -After $after | Should -BeNullOrEmpty
    }

    It 'says that it does not know when the reply is lost, and sends nothing twice' {
        Add-WeChatEmulatorFault webwxverifyuser LostReply -Count 1
        { $request | Deny-WeChatFriendRequest -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.OutcomeUnknown,WeChatPS.DenyWeChatFriendRequest'
        @(Get-WeChatEmulatorRequest webwxverifyuser -After $after).Count | Should -Be 1
    }
}
