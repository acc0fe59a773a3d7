Import-Module WeChatPS

# What makes other clients spin, stop or go deaf. The session polls on by itself (-KeepAlive), so that a test can look on.
Describe 'A session in trouble' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 20
        $folder = [IO.Directory]::CreateTempSubdirectory('wechatps-trouble-').FullName
        $picture = [IO.Path]::Combine($folder, 'a.png')
        [IO.File]::WriteAllBytes($picture, [byte[]](0x89, 0x50, 0x4e, 0x47, 1, 2, 3))
        function Wait-Until([scriptblock]$Condition) {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while (-not (& $Condition)) {
                if ($clock.Elapsed.TotalSeconds -gt 60) { throw "never happened: $Condition" }
                Start-Sleep -Milliseconds 10
            }
        }
        function Invoke-Control([string]$What, [hashtable]$Body) {
            $content = [Net.Http.StringContent]::new((ConvertTo-Json $Body -Compress))
            $reply = [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/$What", $content).Result
            if (-not $reply.IsSuccessStatusCode) { throw $reply.Content.ReadAsStringAsync().Result }
        }
        function Get-SyncRequest { Get-WeChatEmulatorRequest -After $after | Where-Object Name -in synccheck, webwxsync }
    }

    BeforeEach {
        $session = Connect-WeChat -Name trouble -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 -KeepAlive 6> $null
        $null = Receive-WeChatMessage -NoWait
        Wait-Until { (Get-WeChatEmulator).OpenPolls -eq 1 }
        $after = (Get-WeChatEmulator).Requests
    }

    AfterEach {
        Get-WeChatSession | Disconnect-WeChat
        Remove-WeChatEmulatorFault
        Wait-Until { (Get-WeChatEmulator).OpenPolls -eq 0 }
    }

    AfterAll {
        Stop-WeChatEmulator
        [IO.Directory]::Delete($folder, $true)
    }

    It 'asks less and less while there is <kind> at <request>, warns once, and is well again with the first data' -ForEach @(
        @{ request = 'synccheck'; kind = 'PhantomSelector' }, @{ request = 'synccheck'; kind = 'InstantZero' }
        @{ request = 'webwxsync'; kind = 'ClockOnlyKey' }, @{ request = 'webwxsync'; kind = 'ContinueWithoutItems' }
    ) {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $null = Add-WeChatEmulatorFault $request $kind
        Send-WeChatEmulatorMessage 'before' -From 王五
        Wait-Until { $session.State -eq 'Degraded' }
        $session.DegradedSince | Should -Not -BeNullOrEmpty
        $session.DegradedReason | Should -Match 'immediately without messages'
        $session.LastError | Should -Match 'immediately without messages'

        # the one that brings the message, five in a row, each of a poll and a fetch at most, and then one a second at most
        Wait-Until { $clock.Elapsed.TotalSeconds -gt 2 }
        $asked = @(Get-SyncRequest).Count
        $asked | Should -BeLessOrEqual (13 + $clock.Elapsed.TotalSeconds)

        Remove-WeChatEmulatorFault
        Send-WeChatEmulatorMessage 'after' -From 王五
        Wait-Until { $session.State -eq 'Online' }
        $session.DegradedSince | Should -BeNullOrEmpty
        $messages = Receive-WeChatMessage -NoWait -WarningVariable warned -InformationVariable said 3> $null 6> $null
        $messages.Text -join ' ' | Should -Be 'before after'
        @($warned).Count | Should -Be 1
        @($said).Count | Should -Be 1
        "$said" | Should -Match 'responding again'
        Wait-Until { (Get-WeChatEmulator).OpenPolls -eq 1 }
    }

    It 'gets what comes while the polls go on saying nothing of use (<kind>)' -ForEach @(@{ kind = 'PhantomSelector' }, @{ kind = 'InstantZero' }) {
        $null = Add-WeChatEmulatorFault synccheck $kind
        Send-WeChatEmulatorMessage 'before' -From 王五
        Wait-Until { $session.State -eq 'Degraded' }
        Send-WeChatEmulatorMessage 'during' -From 王五
        (Receive-WeChatMessage -MaxCount 2 -TimeoutSec 60 3> $null 6> $null).Text -join ' ' | Should -Be 'before during'
    }

    It 'fetches when a poll says <selector>' -ForEach @(
        @{ selector = 3 }, @{ selector = 4 }, @{ selector = 6 }, @{ selector = 7 }, @{ selector = 99 }
    ) {
        $null = Add-WeChatEmulatorFault synccheck PhantomSelector -Code $selector -Count 1
        Send-WeChatEmulatorMessage 'first' -From 王五
        Wait-Until { $session.ReceivedCount -gt 0 -and (Get-WeChatEmulator).Faults.Count -eq 0 -and (Get-WeChatEmulator).OpenPolls -eq 1 }
        # the poll that was held, its fetch, the one with the selector, its fetch, and the one that is held now
        (Get-SyncRequest).Name -join ' ' | Should -Match 'webwxsync synccheck webwxsync synccheck$'
        (Get-SyncRequest).Where{ $_.Fault }.Name | Should -Be 'synccheck'
    }

    It 'holds a poll again after <what>' -ForEach @(
        @{ what = 'sending a picture'; script = { $null = Send-WeChatFile 王五 $picture } }
        @{ what = 'something on the phone'; script = { Invoke-Control phone @{ action = 'activity' } } }
    ) {
        & $script
        Wait-Until { @(Get-SyncRequest).Name -contains 'webwxsync' -and (Get-WeChatEmulator).OpenPolls -eq 1 }
        Start-Sleep -Seconds 1
        @(Get-SyncRequest).Count | Should -BeLessOrEqual 4
        (Get-WeChatEmulator).OpenPolls | Should -Be 1
        $session.State | Should -Be 'Online'
    }

    It 'polls on while a handler takes its time' {
        Send-WeChatEmulatorMessage '1' -From 王五
        $texts = Receive-WeChatMessage -MaxCount 3 -TimeoutSec 60 | ForEach-Object {
            if ($_.Text -eq '1') {
                foreach ($number in 2, 3) {
                    $received = $session.ReceivedCount
                    Send-WeChatEmulatorMessage "$number" -From 王五
                    Wait-Until { $session.ReceivedCount -gt $received -and (Get-WeChatEmulator).OpenPolls -eq 1 }
                }
            }
            $_.Text
        }
        $texts -join ' ' | Should -Be '1 2 3'
    }

    It 'goes on with the keys that the server exchanges' {
        $null = Send-WeChatMessage 王五 'x'
        $null = Send-WeChatFile 王五 $picture
        $key = '"Skey":"([^"]+)"'
        $ticket = 'webwx_data_ticket=([^;"\s]+)'
        $oldKey = [regex]::Match((Get-WeChatEmulatorRequest webwxsendmsg -Last 1).Body, $key).Groups[1].Value
        $oldTicket = [regex]::Match((Get-WeChatEmulatorRequest webwxuploadmedia -Last 1).Headers -join "`n", $ticket).Groups[1].Value
        Invoke-Control rotate @{ what = 'skey' }
        Invoke-Control rotate @{ what = 'dataTicket' }
        foreach ($number in 1..3) {
            Send-WeChatEmulatorMessage "$number" -From 王五
            (Receive-WeChatMessage -MaxCount 1 -TimeoutSec 60).Text | Should -Be "$number"
        }
        $null = Send-WeChatMessage 王五 'with the new one' -ErrorAction Stop
        (Send-WeChatFile 王五 $picture -ErrorAction Stop).MessageId | Should -Not -BeNullOrEmpty
        $newKey = [regex]::Match((Get-WeChatEmulatorRequest webwxsendmsg -Last 1).Body, $key).Groups[1].Value
        $newTicket = [regex]::Match((Get-WeChatEmulatorRequest webwxuploadmedia -Last 1).Headers -join "`n", $ticket).Groups[1].Value
        foreach ($secret in $oldKey, $newKey, $oldTicket, $newTicket) { $secret | Should -Not -BeNullOrEmpty }
        $newKey | Should -Not -Be $oldKey
        $newTicket | Should -Not -Be $oldTicket
        $session.State | Should -Be 'Online'
    }
}

Describe 'Receive-WeChatMessage, told by the server that' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Directory]::CreateTempSubdirectory('wechatps-codes-').FullName
    }

    BeforeEach {
        $session = Connect-WeChat -Name codes -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
    }

    AfterEach {
        Remove-WeChatEmulatorFault
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterAll {
        Stop-WeChatEmulator
        [IO.Directory]::Delete($store, $true)
    }

    It 'the session is over (<code>, twice), ends once, after one question more' -ForEach @(
        @{ code = 1100; id = 'LoggedOut'; state = 'LoggedOut' }
        @{ code = 1101; id = 'SessionExpired'; state = 'Expired' }
        @{ code = 1102; id = 'SessionExpired'; state = 'Expired' }
    ) {
        $null = Add-WeChatEmulatorFault synccheck Ret -Code $code
        $null = Add-WeChatEmulatorFault webwxsync Ret -Code $code
        Register-WeChatEvent StateChanged -SourceIdentifier ended
        $failures = foreach ($try in 1..2) { try { Receive-WeChatMessage -WarningVariable +warned 3> $null } catch { $_ } }
        $failures.FullyQualifiedErrorId | Sort-Object -Unique | Should -Be "WeChat.$id,WeChatPS.ReceiveWeChatMessage"
        $failures[0].Exception.ServerCode | Should -Be $code
        $session.State | Should -Be $state
        $null = Wait-Event ended -Timeout 30
        @(Get-Event ended).SourceEventArgs.State | Should -Be $state
        $warned | Should -BeNullOrEmpty
        (Get-WeChatEmulatorRequest -After $after).Name -join ' ' | Should -Be 'synccheck webwxsync'
        Get-Event | Remove-Event
        Get-EventSubscriber -Force | Unregister-Event -Force
    }

    It 'the session is over, by <request> and once (<code>), goes on without a word' -ForEach @(
        @{ request = 'synccheck'; code = 1100 }, @{ request = 'synccheck'; code = 1101 }, @{ request = 'synccheck'; code = 1102 }
        @{ request = 'webwxsync'; code = 1101 }
    ) {
        $null = Add-WeChatEmulatorFault $request Ret -Code $code -Count 1
        Send-WeChatEmulatorMessage 'alive' -From 王五
        (Receive-WeChatMessage -MaxCount 1 -TimeoutSec 60 -WarningVariable warned).Text | Should -Be 'alive'
        $warned | Should -BeNullOrEmpty
        $session.State | Should -Be 'Online'
        (Get-WeChatEmulatorRequest $request -After $after)[0].Ret | Should -Be $code
    }

    It 'something failed (-1), tries again and says what the server said' {
        $null = Add-WeChatEmulatorFault webwxsync Ret -Code -1 -Text '系统繁忙' -Count 1
        Send-WeChatEmulatorMessage 'later' -From 王五
        (Receive-WeChatMessage -MaxCount 1 -TimeoutSec 60 -WarningVariable warned 3> $null 6> $null).Text | Should -Be 'later'
        @($warned).Count | Should -Be 1
        foreach ($word in 'webwxsync', '-1', '系统繁忙') {
            "$warned" | Should -Match $word
            $session.LastError | Should -Match $word
        }
    }

    It 'it asks too often (1205), leaves it alone, and remembers that when it connects again' {
        Disconnect-WeChat
        $session = Connect-WeChat -Name slow -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
        $null = Add-WeChatEmulatorFault webwxsync Ret -Code 1205 -Count 1
        { Receive-WeChatMessage -NoWait 3> $null } | Should -Throw -ErrorId 'WeChat.Throttled,WeChatPS.ReceiveWeChatMessage'
        $session.State | Should -Be 'Degraded'
        Disconnect-WeChat
        $session = Connect-WeChat -Name slow -Endpoint $emulator.Endpoint -Login Resume -StorePath $store
        $after = (Get-WeChatEmulator).Requests
        { Receive-WeChatMessage -NoWait 3> $null } | Should -Throw -ErrorId 'WeChat.Throttled,WeChatPS.ReceiveWeChatMessage'
        Receive-WeChatMessage -TimeoutSec 0.5 3> $null | Should -BeNullOrEmpty
        $session.NextTry | Should -BeGreaterThan ([DateTimeOffset]::Now.AddMinutes(1))
        Get-WeChatEmulatorRequest -After $after | Should -BeNullOrEmpty
    }
}

Describe 'An account of 5,000 contacts' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1 -ContactCount 5000
        $session = Connect-WeChat -Name many -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Receive-WeChatMessage -NoWait
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'costs no question about contacts when 200 messages come' {
        $after = (Get-WeChatEmulator).Requests
        foreach ($number in 1..100) { Send-WeChatEmulatorMessage 'x' -From ('好友{0:00000}' -f (50 * $number)) }
        foreach ($member in '张三', '李四', '赵六', '孙七 <ops>') { Send-WeChatEmulatorMessage 'x' -From $member -Group 运维群 -Count 25 }
        $messages = @(Receive-WeChatMessage -NoWait)
        $messages.Count | Should -Be 200
        $messages[99].From.Name | Should -Be '好友05000'
        @($messages[0..99].From.Name | Sort-Object -Unique).Count | Should -Be 100
        @($messages[100..199].Sender.Name | Sort-Object -Unique).Count | Should -Be 4
        @(Get-WeChatEmulatorRequest -After $after | Where-Object Name -ne webwxsync) | Should -BeNullOrEmpty
        @(Get-WeChatEmulatorRequest webwxsync -After $after).Count | Should -BeLessOrEqual 6
    }
}
