Describe 'Test-WeChatSync' {
    BeforeAll {
        Import-Module WeChatPS
        $emulator = Start-WeChatEmulator -HoldSec 60
        $server = @{ Endpoint = $emulator.Endpoint }
        $null = Connect-WeChat doctor @server -Login Qr -QrCode None -Ephemeral
    }

    AfterAll {
        Get-WeChatSession doctor | Disconnect-WeChat
        Stop-WeChatEmulator @server
    }

    AfterEach { Remove-WeChatEmulatorFault @server }

    It 'finds nothing wrong with a healthy session' {
        $findings = Test-WeChatSync -Session doctor -TimeoutSec 1
        $findings.Check -join ' ' | Should -Be 'Server Spelling Keys Hold Redirect Content Cookies Clock Connection State'
        @($findings | Where-Object Level -gt Note).Count | Should -Be 0
        Test-WeChatSync -Session doctor -TimeoutSec 1 -Quiet | Should -BeTrue
    }

    It 'says <found> with advice when synccheck suffers <kind>' -ForEach @(
        @{ kind = 'InstantZero'; check = 'Hold'; found = 'return immediately' }
        @{ kind = 'PhantomSelector'; check = 'Hold'; found = 'a fetch returns no data' }
        @{ kind = 'Redirect'; check = 'Redirect'; found = 'weixin.qq.com' }
        @{ kind = 'Html'; check = 'Content'; found = '502 Bad Gateway' }
    ) {
        $null = Add-WeChatEmulatorFault synccheck $kind @server
        $finding = Test-WeChatSync -Session doctor -TimeoutSec 40 | Where-Object Check -eq $check
        $finding.Level | Should -Be 'Problem'
        $finding.Found | Should -Match $found
        $finding.Advice | Should -Not -BeNullOrEmpty
    }

    It 'shows a line a finding with its advice below, and every finding whole as a list' {
        $null = Add-WeChatEmulatorFault synccheck InstantZero @server
        $findings = Test-WeChatSync -Session doctor -TimeoutSec 40
        $lines = @(($findings | Out-String -Width 80 -Stream) -replace '\x1B\[[0-9;]*m' | Where-Object { $_.Trim() })
        $lines[0] | Should -Match '^Level +Check +Found and advice'
        foreach ($finding in $findings.Where{ -not $_.Advice }) { $lines | Should -Contain ('{0,-10} {1,-10} {2}' -f $finding.Level, $finding.Check, $finding.Found) }
        $hold = $findings.Where{ $_.Check -eq 'Hold' }[0]
        $at = $lines.IndexOf(('{0,-10} {1,-10} {2}' -f 'Problem', 'Hold', $hold.Found))
        $at | Should -BeGreaterThan 0
        $lines[$at + 1] | Should -Match '^ {22}→ Either a proxy'
        $narrow = $findings | Out-String -Width 60
        foreach ($finding in $findings) { $narrow -replace '\s' | Should -Match ([regex]::Escape(($finding.Found + '→' * [bool]$finding.Advice + $finding.Advice) -replace '\s')) }
        ($hold | Format-List | Out-String -Width 300) -replace '\x1B\[[0-9;]*m' | Should -Match '(?m)^Advice +: Either a proxy'
    }

    It 'takes the hold that the server shows for the right one' {
        $brief = Start-WeChatEmulator -HoldSec 1
        $null = Connect-WeChat brief -Endpoint $brief.Endpoint -Login Qr -QrCode None -Ephemeral
        $findings = Test-WeChatSync -Session brief -TimeoutSec 20
        $findings.Where{ $_.Check -eq 'Hold' }.Level | Should -Be 'Ok'
        $findings.Where{ $_.Level -ge 'Warning' } | Should -BeNullOrEmpty
        Disconnect-WeChat -Session brief
        Stop-WeChatEmulator -Endpoint $brief.Endpoint
    }

    It 'checks a server without a session' {
        $findings = Test-WeChatSync @server
        $findings.Check -join ' ' | Should -Be 'Server Spelling Keys Hold Redirect Content Cookies Clock Connection State'
        $findings.Where{ $_.Level -eq 'NotChecked' }.Check -join ' ' | Should -Be 'Spelling Keys Hold Redirect Content Cookies State'
        $findings.Where{ $_.Level -eq 'NotChecked' }.Found | Should -Match 'Connect-WeChat'
        $findings.Where{ $_.Level -gt 'Note' } | Should -BeNullOrEmpty
        Test-WeChatSync @server -Quiet | Should -BeTrue
        { Test-WeChatSync -Endpoint http://example.com } | Should -Throw -ErrorId 'WeChat.InvalidEndpoint*'
    }

    It 'warns about a web server that cannot log in: <kind>' -ForEach @(
        @{ kind = 'Html'; found = 'no QR code for a login' }
        @{ kind = 'Status'; found = 'no QR code for a login \(HTTP status 503\)' }
    ) {
        $null = Add-WeChatEmulatorFault jslogin $kind @server
        $finding = (Test-WeChatSync @server)[0]
        $finding.Level | Should -Be 'Warning'
        $finding.Found | Should -Match "responds in .*$found"
        $finding.Advice | Should -Match 'Connect-WeChat -Endpoint cannot log in'
    }

    It 'says that a port does not use https, and blames no certificate' {
        # The emulator speaks TLS too, with a certificate of its own.
        (Test-WeChatSync -Endpoint "https://127.0.0.1:$($emulator.Endpoint.Port)")[0].Advice | Should -Match 'certificate'
        $plain = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $plain.Start()
        $job = Start-ThreadJob { $listener = $using:plain; $client = $listener.AcceptTcpClient(); $client.GetStream().Write([Text.Encoding]::ASCII.GetBytes("HTTP/1.1 400 Bad Request`r`n`r`n")); $client }
        try {
            $finding = (Test-WeChatSync -Endpoint "https://$($plain.LocalEndpoint)")[0]
            $finding.Level | Should -Be 'Problem'
            $finding.Found | Should -Match '^No secure connection'
            $finding.Advice | Should -Match 'does not use https on this port'
        }
        finally {
            $plain.Stop()
            $job | Remove-Job -Force
        }
    }

    It 'says nothing about a server that it did not reach' {
        $gone = Start-WeChatEmulator
        $null = Connect-WeChat gone -Endpoint $gone.Endpoint -Login Qr -QrCode None -Ephemeral
        Stop-WeChatEmulator -Endpoint $gone.Endpoint
        foreach ($findings in @(Test-WeChatSync -Endpoint $gone.Endpoint), @(Test-WeChatSync -Session gone -TimeoutSec 1)) {
            $findings[0].Level | Should -Be 'Problem'
            foreach ($check in 'Hold', 'Redirect', 'Content', 'Clock', 'Connection') { $findings.Where{ $_.Check -eq $check }.Level | Should -Be 'NotChecked' -Because $check }
        }
        Test-WeChatSync -Endpoint $gone.Endpoint -Quiet | Should -BeFalse
        Disconnect-WeChat -Session gone
    }
}
