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

    It 'sends a raw reply byte for byte, with pauses, and ends the connection as told' {
        $reply = "HTTP/1.1 200 Ünsinn`r`n", "A: b`r`n`r`n", 300, 'x', [byte[]](0xff, 0), 10
        (Add-WeChatEmulatorFault jslogin Raw -Reply $reply -Count 1).Kind | Should -Be 'Raw'
        $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $emulator.Endpoint.Port)
        try {
            $stream = $client.GetStream()
            $stream.Write([Text.Encoding]::ASCII.GetBytes("GET /jslogin HTTP/1.1`r`nHost: x`r`n`r`n"))
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $all = [IO.MemoryStream]::new()
            $stream.CopyTo($all)
            $watch.ElapsedMilliseconds | Should -BeGreaterThan 250
            [byte[]]$expected = [Text.Encoding]::UTF8.GetBytes("HTTP/1.1 200 Ünsinn`r`nA: b`r`n`r`nx") + 0xff + 0
            [Convert]::ToHexString($all.ToArray()) | Should -Be ([Convert]::ToHexString($expected))
        } finally { $client.Dispose() }
        (Get-WeChatEmulatorRequest -Last 1).Fault | Should -Be 'Raw'
    }

    It 'loses nothing to a raw reply that ends with <end>' -ForEach @(@{ end = 'Close' }, @{ end = 'Reset' }, @{ end = 'KeepAlive' }) {
        $null = Add-WeChatEmulatorFault webwxsync Raw -Reply "HTTP/1.1 200 OK`r`nContent-Length: 2`r`n`r`n{}" -End $end -Count 1
        Send-WeChatEmulatorMessage 'raw' -From 王五
        @(Receive-WeChatMessage -Match 'raw' -MaxCount 1 -TimeoutSec 30 3> $null 6> $null).Count | Should -Be 1
    }

    It 'refuses a raw fault without a reply, a reply of another kind, and a piece that is no piece' {
        { Add-WeChatEmulatorFault synccheck Raw } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.AddWeChatEmulatorFault'
        { Add-WeChatEmulatorFault synccheck Reset -Reply 'x' } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.AddWeChatEmulatorFault'
        { Add-WeChatEmulatorFault synccheck Raw -Reply 'x', (Get-Date) } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.AddWeChatEmulatorFault'
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
