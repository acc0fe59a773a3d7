Import-Module WeChatPS

Describe 'Register-WeChatEvent' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        function Wait-Until([scriptblock]$Condition) {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while (-not (& $Condition)) {
                if ($clock.Elapsed.TotalSeconds -gt 60) { throw "never happened: $Condition" }
                Start-Sleep -Milliseconds 10
            }
        }
    }

    BeforeEach {
        # the session is free when the last action has returned
        function Receive-WhenFree {
            [CmdletBinding()] param()
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while ($true) {
                try { return Receive-WeChatMessage -NoWait }
                catch { if ($clock.Elapsed.TotalSeconds -gt 20 -or $_.FullyQualifiedErrorId -notmatch 'SyncInUse') { throw } }
                Start-Sleep -Milliseconds 10
            }
        }
        $session = Connect-WeChat -Name events -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $null = Receive-WeChatMessage -NoWait
        $seen = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new())
    }

    AfterEach {
        Get-EventSubscriber -Force | Unregister-Event -Force
        Get-Event | Remove-Event
        Get-WeChatSession | Disconnect-WeChat
        Remove-WeChatEmulatorFault
    }

    AfterAll { Stop-WeChatEmulator }

    It 'runs the action for each message, in order, and takes it when the action has returned' {
        $job = Register-WeChatEvent Message -SourceIdentifier bot -MessageData $seen -Action {
            $null = $Event.MessageData.Add("$($EventArgs.Message.Text) $($Sender.Name)")
            "took $($EventArgs.Message.Text)"
        }
        $job | Should -BeOfType System.Management.Automation.PSEventJob
        $job.Name | Should -Be 'bot'
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 5
        Wait-Until { $seen.Count -eq 5 }
        $seen -join '|' | Should -Be '1 events|2 events|3 events|4 events|5 events'
        Wait-Until { $session.PendingCount -eq 0 }
        Unregister-Event bot
        $job.Output -join '|' | Should -Be 'took 1|took 2|took 3|took 4|took 5'
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
    }

    It 'answers from within the action' {
        $null = Register-WeChatEvent -Action { $EventArgs.Message | Send-WeChatMessage -Text 'on it' }
        Send-WeChatEmulatorMessage 'disk?' -From 王五
        Wait-Until { @(Get-WeChatEmulatorRequest webwxsendmsg).Where{ $_.Body -match 'on it' }.Count -eq 1 }
    }

    It 'chooses messages as Receive-WeChatMessage does' {
        $null = Register-WeChatEvent Message -From 王五 -Match '^a' -MessageData $seen -Action { $null = $Event.MessageData.Add($EventArgs.Message.Text) }
        'b1', 'a2' | Send-WeChatEmulatorMessage -From 王五
        Send-WeChatEmulatorMessage 'a3' -From 张三
        Send-WeChatEmulatorMessage 'a4' -From 王五
        Wait-Until { $seen.Count -eq 2 }
        $seen -join ' ' | Should -Be 'a2 a4'
        { Register-WeChatEvent StateChanged -From 王五 } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.RegisterWeChatEvent'
        { Register-WeChatEvent Message -From nobody } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.RegisterWeChatEvent'
    }

    It 'queues events where there is no action, at most 100 at a time' {
        Register-WeChatEvent Message -SourceIdentifier queue | Should -BeNullOrEmpty
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 120
        (Wait-Event queue -Timeout 60).SourceEventArgs.Message.Text | Should -Be '1'
        Wait-Until { @(Get-Event queue -ErrorAction Ignore).Count -eq 100 }
        Wait-Until { $session.ReceivedCount -ge 120 }
        @(Get-Event queue -ErrorAction Ignore).Count | Should -Be 100
        Get-Event queue | Remove-Event
        Wait-Until { @(Get-Event queue -ErrorAction Ignore).Count -eq 20 }
        (Get-Event queue)[-1].SourceEventArgs.Message.Text | Should -Be '120'
    }

    It 'ends after -MaxTriggerCount events; what lies behind stays' {
        $job = Register-WeChatEvent Message -MaxTriggerCount 2 -MessageData $seen -Action { $null = $Event.MessageData.Add($EventArgs.Message.Text) }
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 3
        Wait-Until { $job.State -eq 'Stopped' }
        $seen -join ' ' | Should -Be '1 2'
        $rest = Receive-WhenFree
        $rest.Text | Should -Be '3'
    }

    It 'can be ended by its own action, whose message is taken' {
        $null = Register-WeChatEvent Message -SourceIdentifier once -MessageData $seen -Action {
            $null = $Event.MessageData.Add($EventArgs.Message.Text)
            Unregister-Event once
        }
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 2
        Wait-Until { $seen.Count -eq 1 }
        $rest = Receive-WhenFree
        $rest.Text | Should -Be '2'
    }

    It 'ends with an action that throws; its message comes first next time' {
        $job = Register-WeChatEvent Message -Action { throw 'no' }
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 2
        $rest = Receive-WhenFree -WarningVariable warned
        "$(@($rest).ForEach{ "$($_.Text)×$($_.DeliveryCount)" })" | Should -Be '1×2 2×1'
        "$warned" | Should -Match 'its action failed'
        "$($job.Error)" | Should -Match 'no'
    }

    It 'leaves messages in the inbox with -NoAck' {
        $null = Register-WeChatEvent Message -NoAck -SourceIdentifier noack -MessageData $seen -Action { $null = $Event.MessageData.Add($EventArgs.Message) }
        Send-WeChatEmulatorMessage '{n}' -From 王五 -Count 3
        Wait-Until { $seen.Count -eq 3 }
        Unregister-Event noack
        $seen[1] | Complete-WeChatMessage
        $rest = Receive-WeChatMessage -NoWait
        "$($rest.Text)" | Should -Be '1 3'
    }

    It 'is the one receiver' {
        $null = Register-WeChatEvent Message -Action { }
        { Receive-WeChatMessage -NoWait } | Should -Throw -ErrorId 'WeChat.SyncInUse,WeChatPS.ReceiveWeChatMessage'
        { Register-WeChatEvent Message -Action { } } | Should -Throw -ErrorId 'WeChat.SyncInUse,WeChatPS.RegisterWeChatEvent'
    }

    It 'refuses a name that is taken, and one of the engine''s' {
        $null = Register-WeChatEvent StateChanged -SourceIdentifier twice -Action { }
        { Register-WeChatEvent StateChanged -SourceIdentifier twice -Action { } } | Should -Throw -ErrorId 'WeChat.SubscriberExists,WeChatPS.RegisterWeChatEvent'
        { Register-WeChatEvent StateChanged -SourceIdentifier PowerShell.Exiting } | Should -Throw
        Disconnect-WeChat
        { Register-WeChatEvent Message } | Should -Throw -ErrorId 'WeChat.NotConnected,WeChatPS.RegisterWeChatEvent'
    }

    It 'hides with -SupportEvent' {
        Register-WeChatEvent StateChanged -SourceIdentifier hidden -SupportEvent -Action { } | Should -BeNullOrEmpty
        Get-EventSubscriber | Should -BeNullOrEmpty
        (Get-EventSubscriber -Force).SourceIdentifier | Should -Be 'hidden'
    }

    It 'tells every change of state once, in order, and ends with the session' {
        $changes = Register-WeChatEvent StateChanged -MessageData $seen -Action { $null = $Event.MessageData.Add("$($EventArgs.PreviousState)>$($EventArgs.State)") }
        $notices = Register-WeChatEvent Notice -SourceIdentifier said
        $null = Add-WeChatEmulatorFault synccheck Reset -Count 2
        $null = Register-WeChatEvent Message -Action { }
        Wait-Until { $seen.Count -eq 2 }
        Disconnect-WeChat
        Wait-Until { $changes.State -eq 'Stopped' }
        $seen -join ' ' | Should -Be 'Online>Degraded Degraded>Online Online>Disconnected'
        $notices | Should -BeNullOrEmpty
        $said = (Get-Event said).SourceEventArgs
        $said[0].IsWarning | Should -BeTrue
        $said[0].Text | Should -Match 'not responding correctly'
        $said[1].IsWarning | Should -BeFalse
    }

    It 'tells that the phone ended the session' {
        Register-WeChatEvent StateChanged -SourceIdentifier ended
        $null = Register-WeChatEvent Message -Action { }
        $body = [Net.Http.StringContent]::new('{"action":"logout"}')
        [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/phone", $body).Result.IsSuccessStatusCode | Should -BeTrue
        (Wait-Event ended -Timeout 60).SourceEventArgs.State | Should -Be 'LoggedOut'
    }
}

Describe 'Connect-WeChat -KeepAlive' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        function Wait-Until([scriptblock]$Condition) {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while (-not (& $Condition)) {
                if ($clock.Elapsed.TotalSeconds -gt 60) { throw "never happened: $Condition" }
                Start-Sleep -Milliseconds 10
            }
        }
    }

    AfterEach { Get-WeChatSession | Disconnect-WeChat }

    AfterAll { Stop-WeChatEmulator }

    It 'gathers messages while nobody receives' {
        $session = Connect-WeChat -Name kept -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -KeepAlive 6> $null
        $session.KeepsAlive | Should -BeTrue
        Send-WeChatEmulatorMessage 'gathered' -From 王五
        Wait-Until { $session.PendingCount -gt 0 -and $session.ReceivedCount -gt 0 }
        (Receive-WeChatMessage -NoWait).Text | Should -Be 'gathered'
        Send-WeChatEmulatorMessage 'again' -From 王五
        Wait-Until { $session.PendingCount -gt 0 }
        (Receive-WeChatMessage -MaxCount 1).Text | Should -Be 'again'
    }

    It 'polls once at a time, whoever receives, waits or looks' {
        $session = Connect-WeChat -Name kept -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -KeepAlive 6> $null
        $null = Receive-WeChatMessage -NoWait
        Wait-Until { (Get-WeChatEmulator).OpenPolls -eq 1 }
        $null = Wait-WeChatSync -TimeoutSec 0.2
        $null = Register-WeChatEvent Message -SourceIdentifier polls -Action { }
        foreach ($look in 1..40) {
            (Get-WeChatEmulator).OpenPolls | Should -BeLessOrEqual 1
            if ($look -eq 20) { Unregister-Event polls }
            Start-Sleep -Milliseconds 5
        }
        Disconnect-WeChat
        Wait-Until { (Get-WeChatEmulator).OpenPolls -eq 0 }
    }

    It 'is turned on for a session that is connected already' {
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $session = Connect-WeChat -Name later -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
        $session.KeepsAlive | Should -BeFalse
        (Connect-WeChat -Name later -Endpoint $emulator.Endpoint -StorePath $store -KeepAlive) -eq $session | Should -BeTrue
        $session.KeepsAlive | Should -BeTrue
        Wait-Until { (Get-WeChatEmulator).OpenPolls -eq 1 }
        Disconnect-WeChat
        [IO.Directory]::Delete($store, $true)
    }

    It 'ends with the session, and says why to whoever comes next' {
        $session = Connect-WeChat -Name over -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -KeepAlive 6> $null
        $body = [Net.Http.StringContent]::new('{"action":"logout"}')
        $null = [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/phone", $body).Result
        Wait-Until { $session.State -eq 'LoggedOut' }
        { Send-WeChatMessage 王五 'x' -WarningVariable script:warned -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'WeChat.LoggedOut,WeChatPS.SendWeChatMessage'
        "$warned" | Should -Match 'was ended on the phone'
    }
}
