Import-Module WeChatPS

Describe 'Add-WeChatEmulatorFault' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 0.3
        $session = Connect-WeChat -Name faults -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach { $null = Receive-WeChatMessage -NoWait 3> $null 6> $null }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'says what it set up' {
        $fault = Add-WeChatEmulatorFault webwxsync Status -Code 502 -Count 3 -DelayMs 10
        $fault | Should -BeOfType WeChatPS.WeChatEmulatorFault
        "$($fault.Request) $($fault.Kind) $($fault.Code) $($fault.Remaining) $($fault.Hits)" | Should -Be 'webwxsync Status 502 3 0'
        $fault.Delay.TotalMilliseconds | Should -Be 10
        (Get-WeChatEmulator).Faults.Id | Should -Be $fault.Id
    }

    It 'loses nothing to <kind> at <request>' -ForEach @(
        @{ request = 'synccheck'; kind = 'Reset' }, @{ request = 'synccheck'; kind = 'Empty' }, @{ request = 'synccheck'; kind = 'Html' }
        @{ request = 'synccheck'; kind = 'Status' }, @{ request = 'synccheck'; kind = 'ZeroStatus' }, @{ request = 'synccheck'; kind = 'Redirect' }
        @{ request = 'synccheck'; kind = 'LostReply' }, @{ request = 'synccheck'; kind = 'PhantomSelector' }, @{ request = 'synccheck'; kind = 'InstantZero' }
        @{ request = 'webwxsync'; kind = 'Reset' }, @{ request = 'webwxsync'; kind = 'Truncate' }, @{ request = 'webwxsync'; kind = 'LostReply' }
        @{ request = 'webwxsync'; kind = 'WrongCharset' }, @{ request = 'webwxsync'; kind = 'InvalidUtf8' }, @{ request = 'webwxsync'; kind = 'Html' }
        @{ request = 'webwxsync'; kind = 'GarbageItem' }, @{ request = 'webwxsync'; kind = 'Duplicate' }
        @{ request = 'webwxsync'; kind = 'MissingKeys' }, @{ request = 'webwxsync'; kind = 'WrongKeyCount' }
        @{ request = 'webwxsync'; kind = 'ClockOnlyKey' }, @{ request = 'webwxsync'; kind = 'ContinueWithoutItems' }
        @{ request = 'webwxsync'; kind = 'NumericFileSize' }
    ) {
        $fault = Add-WeChatEmulatorFault $request $kind -Count 1
        Send-WeChatEmulatorMessage 'safe' -From 王五
        $messages = @(Receive-WeChatMessage -Match 'safe' -MaxCount 1 -TimeoutSec 30 3> $null 6> $null)
        $messages.Count | Should -Be 1
        (Get-WeChatEmulator).Faults.Where{ $_.Id -eq $fault.Id -and $_.Hits -eq 0 } | Should -BeNullOrEmpty
        @(Receive-WeChatMessage -NoWait -Match 'safe' 3> $null 6> $null).Count | Should -Be 0
    }

    It 'strikes only what is said of one contact' {
        $fault = Add-WeChatEmulatorFault webwxsendmsg Ret -Code 1204 -Contact 王五
        $fault.Contact | Should -Be '王五'
        Send-WeChatMessage 张三 'x' | Should -Not -BeNullOrEmpty
        { Send-WeChatMessage 王五 'x' -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ReceiverNotAllowed,WeChatPS.SendWeChatMessage'
        (Get-WeChatEmulator).Faults.Hits | Should -Be 1
    }

    It 'adds nothing with -WhatIf' {
        Add-WeChatEmulatorFault synccheck Reset -WhatIf | Should -BeNullOrEmpty
        (Get-WeChatEmulator).Faults.Count | Should -Be 0
    }

    It 'completes the names of requests' {
        $line = 'Add-WeChatEmulatorFault webwxsendm'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'webwxsendmsg', 'webwxsendmsgimg'
    }

    It 'knows every name that completion offers' {
        $line = 'Add-WeChatEmulatorFault '
        $names = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText.Trim("'")
        $names.Count | Should -BeGreaterThan 20
        foreach ($name in $names) { (Add-WeChatEmulatorFault $name Reset).Request | Should -Be $name }
    }

    It 'refuses what it does not know' {
        { Add-WeChatEmulatorFault nonsense Reset } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.AddWeChatEmulatorFault'
        { Add-WeChatEmulatorFault synccheck Reset -Contact nobody } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.AddWeChatEmulatorFault'
        { Add-WeChatEmulatorFault synccheck Nonsense } | Should -Throw -ErrorId 'ParameterArgumentValidationError,WeChatPS.AddWeChatEmulatorFault'
    }
}
