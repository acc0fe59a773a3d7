Import-Module WeChatPS

# what Connect-WeChat lets its caller say about the requests
Describe 'The requests of a session' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        function Get-Header($Request, [string] $Name) { $Request.Headers.Where{ $_ -like "${Name}: *" } -replace '^[^:]+: ' }
        # a login code as another program gets it
        function New-Code {
            $address = "$($emulator.Endpoint)jslogin?appid=wx782c26e4c19acffb&redirect_uri=https%3A%2F%2Fwx.qq.com%2Fcgi-bin%2Fmmwebwx-bin%2Fwebwxnewloginpage&fun=new&lang=zh_CN"
            [regex]::Match([Net.Http.HttpClient]::new().GetStringAsync($address).Result, 'uuid = "([^"]+)"').Groups[1].Value
        }
    }

    BeforeEach { $before = @(Get-WeChatEmulatorRequest).Count }

    AfterEach {
        Remove-WeChatEmulatorFault
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterAll {
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'call themselves what -UserAgent says, as <mode>' -ForEach @(@{ mode = 'Web' }, @{ mode = 'Desktop' }) {
        $null = Connect-WeChat -Name agent -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -Mode $mode -UserAgent 'Tester/1.0 (x)' 6> $null
        $null = Wait-WeChatSync
        $requests = Get-WeChatEmulatorRequest -After $before
        $requests.Name | Should -Contain 'synccheck'
        foreach ($request in $requests) { Get-Header $request 'User-Agent' | Should -Be 'Tester/1.0 (x)' -Because $request.Name }
    }

    It 'carry the further headers, each once, and keep their own' {
        $headers = @{ 'X-Trace' = 7; 'accept-language' = 'en'; 'client-version' = '2.0.1' }
        $null = Connect-WeChat -Name headers -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -Mode Desktop -Headers $headers 6> $null
        Send-WeChatMessage 王五 'x' | Should -Not -BeNullOrEmpty
        $requests = Get-WeChatEmulatorRequest -After $before
        foreach ($request in $requests) {
            Get-Header $request 'X-Trace' | Should -Be '7' -Because $request.Name
            Get-Header $request 'Accept-Language' | Should -Be 'en' -Because $request.Name
            Get-Header $request 'client-version' | Should -Be '2.0.1' -Because $request.Name
        }
        Get-Header $requests.Where{ $_.Name -eq 'webwxnewloginpage' }[0] 'extspam' | Should -Not -BeNullOrEmpty
        $send = $requests.Where{ $_.Name -eq 'webwxsendmsg' }[0]
        Get-Header $send 'Cookie' | Should -Match 'wxsid='
        Get-Header $send 'Content-Type' | Should -Be 'application/json; charset=utf-8'
    }

    It 'take headers from a dictionary too' {
        $headers = [Collections.Generic.Dictionary[string, string]]::new()
        $headers['X-One'] = '1'
        $null = Connect-WeChat -Name dictionary -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -Headers $headers 6> $null
        Get-Header (Get-WeChatEmulatorRequest jslogin -Last 1) 'X-One' | Should -Be '1'
    }

    It 'do not take the header <name>' -ForEach @(
        @{ name = 'Cookie' }, @{ name = 'host' }, @{ name = 'Content-Length' }, @{ name = 'Content-Type' }, @{ name = 'Connection' }, @{ name = 'Transfer-Encoding' }
        @{ name = 'Accept-Encoding' }, @{ name = 'Expect' }, @{ name = 'Range' }, @{ name = 'User-Agent' }, @{ name = 'Proxy-Authorization' }
        @{ name = 'Last-Modified' }, @{ name = 'not a name' }, @{ name = '' }, @{ name = "X`r`nCookie" }
    ) {
        $failure = $null
        try { Connect-WeChat -Name refused -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -Headers @{ $name = 'hunter2' } } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
        "$failure" | Should -Match '^-Headers cannot contain '
        "$failure" | Should -Not -Match 'hunter2'
        @(Get-WeChatEmulatorRequest).Count | Should -Be $before
    }

    It 'do not take values that would become further lines' {
        { Connect-WeChat -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -Headers @{ 'X-Trace' = "1`r`nCookie: a=b" } } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
        { Connect-WeChat -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -Headers @{ 'X-Trace' = '值' } } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
        { Connect-WeChat -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -UserAgent "a`nb" } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
        @(Get-WeChatEmulatorRequest).Count | Should -Be $before
    }

    It 'give a poll up after -PollTimeoutSec and poll anew' {
        $null = Connect-WeChat -Name hung -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -PollTimeoutSec 2 6> $null
        $null = Receive-WeChatMessage -NoWait
        $fault = Add-WeChatEmulatorFault synccheck Hang -Count 1
        $warned = @()
        (Receive-WeChatMessage -TimeoutSec 6 -WarningVariable warned 3> $null 6> $null) | Should -BeNullOrEmpty
        (Get-WeChatEmulator).Faults.Where{ $_.Id -eq $fault.Id -and $_.Hits -eq 0 } | Should -BeNullOrEmpty
        $polls = @(Get-WeChatEmulatorRequest synccheck -After $before)
        $polls[0].Fault | Should -Be 'Hang'
        $polls[0].IsAbandoned | Should -BeTrue
        $polls.Count | Should -BeGreaterThan 1
        $polls[1].Status | Should -Be 200
        ($polls[1].Time - $polls[0].Time).TotalSeconds | Should -BeGreaterOrEqual 1.9
        "$warned" | Should -Match '2 s'
    }

    It 'want a poll to last longer than WeChat holds one' {
        $failure = $null
        try { Connect-WeChat -Name short -Ephemeral -Login Qr -PollTimeoutSec 25 } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
        "$failure" | Should -Match 'at least 30 seconds'
        { Connect-WeChat -Endpoint $emulator.Endpoint -PollTimeoutSec 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,WeChatPS.ConnectWeChat'
    }

    It 'carry the device id of -DeviceId from the login on, and a resumed session keeps it' {
        $null = Connect-WeChat -Name device -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store -DeviceId e123456789012345 6> $null
        $null = Wait-WeChatSync
        Disconnect-WeChat
        $null = Connect-WeChat -Name device -Endpoint $emulator.Endpoint -StorePath $store -DeviceId e000000000000000
        $requests = Get-WeChatEmulatorRequest -After $before
        $said = [regex]::Matches(($requests.Body + $requests.Query -join "`n"), '(?i)deviceid(?:":"|=)(\w+)').ForEach{ $_.Groups[1].Value }
        $said.Count | Should -BeGreaterThan 3
        $said | Sort-Object -Unique | Should -Be 'e123456789012345'
    }

    It 'do not take the device id <id>' -ForEach @(
        @{ id = 'e12345678901234' }, @{ id = 'e1234567890123456' }, @{ id = 'E123456789012345' }, @{ id = "e123456789012345`n" }, @{ id = 'e12345678901234５' }
    ) {
        { Connect-WeChat -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -DeviceId $id } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
    }

    It 'wait for the code of -Uuid instead of asking for one' {
        $code = New-Code
        $log = [IO.Path]::Combine($store, 'uuid.log')
        $said = @(Connect-WeChat -Name uuid -Endpoint $emulator.Endpoint -Uuid $code -QrCode File -StorePath $store -LogPath $log -LogBody -Debug 5>&1 6> $null)
        $said[-1].State | Should -Be 'Online'
        $requests = Get-WeChatEmulatorRequest -After $before
        @($requests.Where{ $_.Name -eq 'jslogin' }).Count | Should -Be 1
        $requests.Where{ $_.Name -eq 'login' }[0].Query | Should -Match ([regex]::Escape("uuid=$([Uri]::EscapeDataString($code))&"))
        Disconnect-WeChat
        [IO.File]::ReadAllText($log) | Should -Match 'uuid=\*\*\*'
        foreach ($text in [IO.File]::ReadAllText($log), ($said[0..($said.Count - 2)] -join "`n")) {
            $text.Contains($code) | Should -BeFalse
            $text.Contains([Uri]::EscapeDataString($code)) | Should -BeFalse
        }
    }

    It 'go on with codes of their own when that of -Uuid is used up' {
        $null = Connect-WeChat -Name usedup -Endpoint $emulator.Endpoint -Uuid longAgo-1== -QrCode None -Ephemeral -InformationVariable said 6> $null
        ($said -join '|') | Should -Match 'code 1 of 3\)\S* https://\S+/l/longAgo-1==\|The QR code has expired\.\|.*code 2 of 3'
        @(Get-WeChatEmulatorRequest jslogin -After $before).Count | Should -Be 1
        (Get-WeChatEmulatorRequest login -After $before)[0].Query | Should -Match 'uuid=longAgo-1%3D%3D&'
    }

    It 'do not take as -Uuid what is none, nor a login without a code' {
        foreach ($wrong in 'a/b', 'https://login.weixin.qq.com/l/abc', 'a b') {
            $failure = $null
            try { Connect-WeChat -Endpoint $emulator.Endpoint -Ephemeral -Uuid $wrong } catch { $failure = $_ }
            $failure.FullyQualifiedErrorId | Should -Be 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
            "$failure" | Should -Not -Match 'a/b|/l/abc|a b'
        }
        { Connect-WeChat -Endpoint $emulator.Endpoint -Ephemeral -Uuid abc -Login Push } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.ConnectWeChat'
    }
}
