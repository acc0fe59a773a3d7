Import-Module WeChatPS

Describe 'Connect-WeChat' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
    }

    AfterEach {
        Remove-WeChatEmulatorFault
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterAll {
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'draws the code black on white, shows its address and every step, and gives the session' {
        $shown = @()
        $session = Connect-WeChat -Name drawn -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -InformationVariable shown 6> $null
        $session | Should -BeOfType WeChatPS.WeChatSession
        $session.State | Should -Be 'Online'
        $session.User.Name | Should -Be '我'
        $code = @($shown.MessageData.Where{ $_.BackgroundColor -eq 'White' })
        $code.Count | Should -BeGreaterThan 15
        $code.Where{ $_.Message.Length -gt 79 -or $_.Message.Length -ne $code[0].Message.Length -or $_.ForegroundColor -ne 'Black' } | Should -BeNullOrEmpty
        $text = $shown.Where{ $_.MessageData.BackgroundColor -ne 'White' } -join '|'
        $text | Should -Match '^Scan .*code 1 of 3.*https://login\.weixin\.qq\.com/l/\S+\|Scanned\..*\|Confirmed on the phone\.$'
    }

    It 'gives a session that is connected already as it is, and says what that makes void' {
        $first = Connect-WeChat -Name there -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
        $again = @{ Name = 'there'; Endpoint = $emulator.Endpoint; StorePath = $store }
        (Connect-WeChat @again -WarningVariable quiet) | Should -Be $first
        $quiet | Should -BeNullOrEmpty
        $log = [IO.Path]::Combine($store, 'there.jsonl')
        (Connect-WeChat @again -LogPath $log -SendInterval 3 -WarningVariable warned 3> $null) | Should -Be $first
        "$warned" | Should -Match "^'there' is already connected; ignored: -SendInterval, -LogPath\. To change these settings, run Disconnect-WeChat first"
        [IO.File]::Exists($log) | Should -BeFalse
    }

    It 'writes the code to a picture of the owner alone' {
        $file = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString('N') + '.png')
        $null = Connect-WeChat -Name picture -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -QrCodePath $file -InformationVariable shown 6> $null
        ($shown -join "`n") | Should -Match ([regex]::Escape($file))
        [IO.File]::ReadAllBytes($file)[1..3] -join ' ' | Should -Be '80 78 71'
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode($file) | Should -Be 'UserWrite, UserRead' }
        [IO.File]::Delete($file)
    }

    It 'keeps the picture in the session''s folder until the login is over' {
        $null = Connect-WeChat -Name folder -Endpoint $emulator.Endpoint -Login Qr -StorePath $store -QrCode File -InformationVariable shown 6> $null
        $file = [IO.Path]::Combine($store, 'folder', 'qr.png')
        ($shown -join "`n") | Should -Match ([regex]::Escape($file))
        [IO.File]::Exists($file) | Should -BeFalse
    }

    It 'shows no code with -QrCode None' {
        $null = Connect-WeChat -Name none -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -QrCode None -InformationVariable shown 6> $null
        ($shown.Where{ $_.Tags -contains 'PSHOST' } -join '|') | Should -Be 'Scanned. Confirm the login on your phone.|Confirmed on the phone.'
    }

    It 'begins anew with another code when the login is wanted elsewhere' {
        $null = Add-WeChatEmulatorFault webwxnewloginpage LoginElsewhere -Count 1
        $session = Connect-WeChat -Name elsewhere -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -QrCode None -InformationVariable shown 6> $null
        $session.State | Should -Be 'Online'
        $where = ([uri]$emulator.Endpoint).Authority
        ($shown.Where{ $_.Tags -contains 'PSHOST' } -join '|') | Should -Match ([regex]::Escape("|Confirmed on the phone.|WeChat redirected the login to ${where}. It starts again with a new QR code.|Scanned."))
    }

    It 'resumes a saved session without a code' {
        $null = Connect-WeChat -Name saved -Endpoint $emulator.Endpoint -Login Qr -StorePath $store 6> $null
        Disconnect-WeChat
        $session = Connect-WeChat -Name saved -Endpoint $emulator.Endpoint -StorePath $store -InformationVariable shown
        $session.State | Should -Be 'Online'
        $shown.Where{ $_.Tags -contains 'PSHOST' } | Should -BeNullOrEmpty
    }

    It 'takes the endpoint from a piped emulator' {
        ($emulator | Connect-WeChat -Name piped -Login Qr -Ephemeral -QrCode None 6> $null).Endpoint | Should -Be $emulator.Endpoint.Authority
    }

    It 'asks nobody where nobody sits' {
        { Connect-WeChat -Name nobody -Endpoint $emulator.Endpoint -StorePath $store -NonInteractive } |
            Should -Throw -ErrorId 'WeChat.LoginRequired,WeChatPS.ConnectWeChat'
    }

    It 'goes on when the code expires' {
        $null = Add-WeChatEmulatorFault login QrExpired -Count 1
        $null = Connect-WeChat -Name expired -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -InformationVariable shown 6> $null
        ($shown -join '|') | Should -Match 'The QR code has expired\..*code 2 of 3'
    }

    It 'says so when the server refuses, in the server''s own words' {
        $null = Add-WeChatEmulatorFault webwxnewloginpage Refused1203 -Count 1 -Text "为了你的账号安全$([char]0x202E)"
        $failure = $null
        try { Connect-WeChat -Name refused -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -QrCode None 6> $null } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.LoginRefused,WeChatPS.ConnectWeChat'
        "$failure" | Should -Match '为了你的账号安全'
        "$failure" | Should -Not -Match "$([char]0x202E)"
        $failure.ErrorDetails.RecommendedAction | Should -Match '-Mode Desktop claims to be Tencent.s own client for UOS'
    }

    It 'says so when nothing answers, and names the remedy' {
        $failure = $null
        try { Connect-WeChat -Name away -Endpoint http://127.0.0.1:9 -Login Qr -Ephemeral 6> $null } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.Unreachable,WeChatPS.ConnectWeChat'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'refuses <name> as a session name' -ForEach @(
        @{ name = '../up' }, @{ name = '.hidden' }, @{ name = 'con' }, @{ name = 'a b' }
    ) {
        { Connect-WeChat -Name $name -Endpoint $emulator.Endpoint -StorePath $store } | Should -Throw -ErrorId 'WeChat.InvalidSessionName,WeChatPS.ConnectWeChat'
    }

    It 'refuses <endpoint> as an endpoint' -ForEach @(
        @{ endpoint = 'http://example.com/' }, @{ endpoint = 'ftp://127.0.0.1/' }, @{ endpoint = '127.0.0.1:80' }
    ) {
        { Connect-WeChat -Endpoint $endpoint -Login Qr -Ephemeral } | Should -Throw -ErrorId 'WeChat.InvalidEndpoint,WeChatPS.ConnectWeChat'
    }

    It 'refuses <proxy> as a proxy, and does not repeat what may be a password' -ForEach @(
        @{ proxy = 'hunter2' }, @{ proxy = '127.0.0.1:8080/hunter2' }, @{ proxy = 'proxy:8080/hunter2' }, @{ proxy = 'ftp://u:hunter2@proxy' }
    ) {
        $failure = $null
        try { Connect-WeChat -Name proxies -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -Proxy $proxy } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
        "$failure" | Should -Match 'http://host:port'
        "$failure" | Should -Not -Match 'hunter2'
    }

    It 'shows every request of the login with -Debug, those of a login that fails too' {
        $null = Add-WeChatEmulatorFault webwxnewloginpage Refused1203
        $lines = @(try { Connect-WeChat -Name traced -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -Debug -ErrorAction Stop 5>&1 6> $null } catch { })
        ($lines -join '|') | Should -Match 'jslogin.*login.*webwxnewloginpage'
    }

    It 'shows a server that does not respond' {
        $null = Add-WeChatEmulatorFault jslogin Hang -Count 1
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($e) Import-Module WeChatPS; Connect-WeChat -Name silent -Endpoint $e -Login Qr -Ephemeral').AddArgument($emulator.Endpoint)
            $running = $shell.BeginInvoke()
            while (-not $running.IsCompleted -and -not @($shell.Streams.Progress).Where{ $_.Activity -eq 'Connect-WeChat' }) { Start-Sleep -Milliseconds 50 }
            @($shell.Streams.Progress).Where{ $_.Activity -eq 'Connect-WeChat' }[0].StatusDescription | Should -Be "Waiting for a response from $($emulator.Endpoint)"
            $shell.Stop()
        }
        finally { $shell.Dispose() }
    }

    It 'tells a person without a saved session to log in under the same name' {
        $failure = $null
        try { Connect-WeChat -Name unsaved -Endpoint $emulator.Endpoint -StorePath $store -NonInteractive } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.LoginRequired,WeChatPS.ConnectWeChat'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'with the same -Name and -Login Qr'
    }

    It 'gives up in time' {
        $null = Add-WeChatEmulatorFault login Hang
        { Connect-WeChat -Name slow -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -QrCode None -TimeoutSec 1 6> $null } |
            Should -Throw -ErrorId 'WeChat.LoginTimeout,WeChatPS.ConnectWeChat'
    }

    It 'writes a log of the owner alone, without secrets' {
        $file = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString('N') + '.log')
        $null = Connect-WeChat -Name logged -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -QrCode None -LogPath $file -LogBody 6> $null
        Disconnect-WeChat
        $text = [IO.File]::ReadAllText($file)
        $text | Should -Match 'webwxinit'
        $secret = [regex]::Match((Get-WeChatEmulatorRequest webwxinit -Last 1).Body, '"Skey":"([^"]+)"').Groups[1].Value
        $secret | Should -Not -BeNullOrEmpty
        $text.Contains($secret) | Should -BeFalse
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode($file) | Should -Be 'UserWrite, UserRead' }
        [IO.File]::Delete($file)
    }
}
