Import-Module WeChatPS

Describe 'Remove-WeChatSession' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
    }

    BeforeEach {
        foreach ($name in 'one', 'two') {
            $null = Connect-WeChat -Name $name -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
            Disconnect-WeChat
        }
    }

    AfterEach { Get-WeChatSession | Disconnect-WeChat }

    AfterAll {
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'deletes a saved session with all it left, and no other' {
        Remove-WeChatSession one -StorePath $store -Confirm:$false
        (Get-WeChatSession -Saved -StorePath $store).Name | Should -Be 'two'
        $left = [IO.Directory]::GetFiles([IO.Path]::Combine($store, 'one')).ForEach{ [IO.Path]::GetFileName($_) }
        $left | Should -Be 'session.lock'
    }

    It 'takes wildcards, and what Get-WeChatSession -Saved lists' {
        Remove-WeChatSession o* -StorePath $store -Confirm:$false
        (Get-WeChatSession -Saved -StorePath $store).Name | Should -Be 'two'
        Get-WeChatSession -Saved -StorePath $store | Remove-WeChatSession -Confirm:$false
        Get-WeChatSession -Saved -StorePath $store | Should -BeNullOrEmpty
        Remove-WeChatSession * -StorePath $store -Confirm:$false
    }

    It 'does nothing with -WhatIf' {
        Remove-WeChatSession * -StorePath $store -WhatIf
        @(Get-WeChatSession -Saved -StorePath $store).Count | Should -Be 2
    }

    It 'asks before it deletes' {
        # nobody can answer here
        { Remove-WeChatSession one -StorePath $store -ErrorAction Stop } | Should -Throw
        @(Get-WeChatSession -Saved -StorePath $store).Count | Should -Be 2
    }

    It 'refuses a live session and says what to do' {
        $null = Connect-WeChat -Name one -Endpoint $emulator.Endpoint -StorePath $store -NonInteractive
        $failure = $null
        try { Get-WeChatSession one | Remove-WeChatSession -StorePath $store -Confirm:$false -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.SessionInUse,WeChatPS.RemoveWeChatSession'
        "$failure" | Should -Match 'Disconnect-WeChat -Logout'
        @(Get-WeChatSession -Saved -StorePath $store).Count | Should -Be 2
    }

    It 'does not ask about one that is not there' {
        { Remove-WeChatSession nobody -StorePath $store -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.SessionNotFound,WeChatPS.RemoveWeChatSession'
        Remove-WeChatSession nobody -StorePath $store -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.Count | Should -Be 1
    }

    It 'says so when there is none, and goes on with the next' {
        Remove-WeChatSession nobody, ../two, one -StorePath $store -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.FullyQualifiedErrorId -join ' ' | Should -Be 'WeChat.SessionNotFound,WeChatPS.RemoveWeChatSession WeChat.InvalidSessionName,WeChatPS.RemoveWeChatSession'
        (Get-WeChatSession -Saved -StorePath $store).Name | Should -Be 'two'
    }
}
