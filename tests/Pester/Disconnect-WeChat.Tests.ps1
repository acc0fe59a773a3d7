Import-Module WeChatPS

Describe 'Disconnect-WeChat' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
    }

    BeforeEach {
        $session = Connect-WeChat -Name leaving -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
    }

    AfterEach {
        Remove-WeChatEmulatorFault
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterAll {
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'releases the session and keeps it saved' {
        Disconnect-WeChat
        $session.State | Should -Be 'Disconnected'
        Get-WeChatSession | Should -BeNullOrEmpty
        (Get-WeChatSession leaving -Saved -StorePath $store).Name | Should -Be 'leaving'
    }

    It 'logs out at the server and deletes what is saved' {
        Disconnect-WeChat -Logout
        $session.State | Should -Be 'LoggedOut'
        Get-WeChatEmulatorRequest webwxlogout | Should -Not -BeNullOrEmpty
        Get-WeChatSession -Saved -StorePath $store | Should -BeNullOrEmpty
    }

    It 'says that WeChat could not be told when nothing answers, and deletes what is saved all the same' {
        $null = Add-WeChatEmulatorFault webwxlogout Reset
        Disconnect-WeChat -Logout -WarningVariable warnings 3> $null
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -Match "'leaving' was deleted, but the logout request failed"
        $session.State | Should -Be 'LoggedOut'
        Get-WeChatSession -Saved -StorePath $store | Should -BeNullOrEmpty
        Remove-WeChatEmulatorFault
    }

    It 'refuses to log out a session that was released, which stays saved' {
        Disconnect-WeChat
        $after = (Get-WeChatEmulator).Requests
        { Disconnect-WeChat $session -Logout } | Should -Throw -ErrorId 'WeChat.NotConnected,WeChatPS.DisconnectWeChat'
        Get-WeChatEmulatorRequest webwxlogout -After $after | Should -BeNullOrEmpty
        (Get-WeChatSession leaving -Saved -StorePath $store).Name | Should -Be 'leaving'
    }

    It 'logs out whatever the server answers: <kind>' -ForEach @(
        @{ kind = 'Html'; with = @{} }, @{ kind = 'Empty'; with = @{} }, @{ kind = 'Status'; with = @{ Code = 502 } }, @{ kind = 'Redirect'; with = @{} }
    ) {
        $seen = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new())
        $job = Register-WeChatEvent StateChanged -MessageData $seen -Action { $null = $Event.MessageData.Add("$($EventArgs.PreviousState)>$($EventArgs.State)") }
        $fault = Add-WeChatEmulatorFault webwxlogout $kind @with
        $said = @(Disconnect-WeChat -Logout -ErrorVariable failed *>&1)
        $said | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
        $session.State | Should -Be 'LoggedOut'
        (Get-WeChatEmulator).Faults.Where{ $_.Id -eq $fault.Id }.Hits | Should -Be 1
        Get-WeChatSession -Saved -StorePath $store | Should -BeNullOrEmpty
        [IO.File]::Exists([IO.Path]::Combine($store, 'leaving', 'session.json')) | Should -BeFalse
        $clock = [Diagnostics.Stopwatch]::StartNew()
        while ($job.State -ne 'Stopped' -and $clock.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 10 }
        $job.State | Should -Be 'Stopped'
        $seen -join ' ' | Should -Be 'Online>LoggedOut'
        { Disconnect-WeChat -Logout } | Should -Throw -ErrorId 'WeChat.NotConnected,WeChatPS.DisconnectWeChat'
        $seen.Count | Should -Be 1
    }

    It 'takes sessions by pipeline, by name and by object' {
        Get-WeChatSession | Disconnect-WeChat
        Get-WeChatSession | Should -BeNullOrEmpty
        { Disconnect-WeChat -Session leaving } | Should -Throw -ErrorId 'WeChat.SessionNotFound,WeChatPS.DisconnectWeChat'
    }

    It 'does nothing with -WhatIf' {
        Disconnect-WeChat -Logout -WhatIf
        $session.State | Should -Be 'Online'
    }

    It 'says so when there is nothing to disconnect' {
        Disconnect-WeChat
        { Disconnect-WeChat } | Should -Throw -ErrorId 'WeChat.NotConnected,WeChatPS.DisconnectWeChat'
    }
}
