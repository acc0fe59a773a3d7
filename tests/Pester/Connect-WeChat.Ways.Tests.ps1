Import-Module WeChatPS

# the ways into a session, and what leads from one to the next
Describe 'The ways into a session' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $file = [IO.Path]::Combine($store, 'ways', 'session.json')
        $common = @{ Name = 'ways'; Endpoint = $emulator.Endpoint; StorePath = $store; QrCode = 'None'; InformationVariable = 'shown' }
        function Save-Login {
            $null = Connect-WeChat @common -Login Qr 6> $null
            Disconnect-WeChat
        }
        function Stop-Login([int] $Code = 1100) {
            [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/kick", [Net.Http.StringContent]::new("{""code"":$Code}")).Result.IsSuccessStatusCode | Should -BeTrue
        }
        function Get-Asked([string] $Name) { @(Get-WeChatEmulatorRequest $Name -After $before).Count }
        function Get-Header($Request, [string] $Name) { $Request.Headers.Where{ $_ -like "${Name}: *" } -replace '^[^:]+: ' }
    }

    AfterEach {
        Remove-WeChatEmulatorFault
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterAll {
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    Context 'Push' {
        BeforeEach {
            Save-Login
            $before = @(Get-WeChatEmulatorRequest).Count
        }

        It 'asks the phone, says so, and shows no code' {
            $session = Connect-WeChat @common -Login Push 6> $null
            $session.State | Should -Be 'Online'
            ($shown -join '|') | Should -Match '^Confirm the login in WeChat on your phone\.\|.*Confirmed on the phone\.$'
            Get-Asked webwxpushloginurl | Should -Be 1
            Get-Asked jslogin | Should -Be 0
        }

        It 'needs a person with a code when the server does not let the phone be asked' {
            $null = Add-WeChatEmulatorFault webwxpushloginurl Ret -Code 1
            { Connect-WeChat @common -Login Push } | Should -Throw -ErrorId 'WeChat.LoginRequired,WeChatPS.ConnectWeChat'
            Get-Asked jslogin | Should -Be 0
        }

        It 'knows no phone without an earlier login' {
            { Connect-WeChat -Name never -Endpoint $emulator.Endpoint -StorePath $store -Login Push } | Should -Throw -ErrorId 'WeChat.LoginRequired,WeChatPS.ConnectWeChat'
            Get-Asked webwxpushloginurl | Should -Be 0
        }

        It 'ends when the person does not want it' {
            $null = Add-WeChatEmulatorFault login QrCancelled
            { Connect-WeChat @common -Login Push 6> $null } | Should -Throw -ErrorId 'WeChat.LoginTimeout,WeChatPS.ConnectWeChat'
            Get-Asked jslogin | Should -Be 0
        }
    }

    Context 'Desktop and Web' {
        BeforeEach { $before = @(Get-WeChatEmulatorRequest).Count }

        It 'shows the marks of the desktop client at the login page alone' {
            (Connect-WeChat @common -Login Qr -Mode Desktop 6> $null).Mode | Should -Be 'Desktop'
            $requests = Get-WeChatEmulatorRequest -After $before
            $requests.Where{ $_.Name -eq 'jslogin' }.Query | Should -Match 'mod%3Ddesktop'
            $page = $requests.Where{ $_.Name -eq 'webwxnewloginpage' }
            Get-Header $page[0] 'client-version' | Should -Be '2.0.0'
            Get-Header $page[0] 'extspam' | Should -Match '^Go8FCIkFEokFCgg'
            Get-Header $page[0] 'Referer' | Should -Be 'https://wx.qq.com/?&lang=zh_CN&target=t'
            $requests.Count | Should -BeGreaterThan 4
            foreach ($request in $requests) {
                Get-Header $request 'User-Agent' | Should -Match 'UOS' -Because $request.Name
                if ($request.Name -eq 'webwxnewloginpage') { continue }
                foreach ($mark in 'client-version', 'extspam', 'Referer') { Get-Header $request $mark | Should -BeNullOrEmpty -Because "$($request.Name) $mark" }
            }
        }

        It 'shows none of them as the web page' {
            $null = Connect-WeChat @common -Login Qr -Mode Web 6> $null
            foreach ($request in Get-WeChatEmulatorRequest -After $before) {
                Get-Header $request 'User-Agent' | Should -Match 'Windows NT' -Because $request.Name
                foreach ($mark in 'client-version', 'extspam', 'Referer') { Get-Header $request $mark | Should -BeNullOrEmpty -Because "$($request.Name) $mark" }
            }
        }
    }

    Context 'Qr' {
        BeforeEach { $before = @(Get-WeChatEmulatorRequest).Count }

        It 'shows another code when the login is cancelled on the phone' {
            $null = Add-WeChatEmulatorFault login QrCancelled -Count 1
            (Connect-WeChat @common -Login Qr 6> $null).State | Should -Be 'Online'
            ($shown -join '|') | Should -Match 'code 1 of 3.*\|Cancelled on the phone\.\|.*code 2 of 3.*\|Confirmed on the phone\.$'
            Get-Asked jslogin | Should -Be 2
        }

        It 'gives up after three codes, and saves nothing over what is saved' {
            Save-Login
            $saved = [IO.File]::ReadAllBytes($file)
            $before = @(Get-WeChatEmulatorRequest).Count
            $null = Add-WeChatEmulatorFault login QrExpired
            $failure = $null
            try { Connect-WeChat @common -Login Qr 6> $null } catch { $failure = $_ }
            $failure.FullyQualifiedErrorId | Should -Be 'WeChat.LoginTimeout,WeChatPS.ConnectWeChat'
            $shown.MessageData.Step -join ' ' | Should -Be 'QrCode Expired QrCode Expired QrCode Expired'
            Get-Asked jslogin | Should -Be 3
            Get-Asked login | Should -Be 3
            [Convert]::ToBase64String([IO.File]::ReadAllBytes($file)) | Should -Be ([Convert]::ToBase64String($saved))
        }

        It 'does not spin while the server answers <code> at once' -ForEach @(
            @{ code = 999 }, @{ code = 500 }, @{ code = 0 }, @{ code = -1 }, @{ code = 408 }, @{ code = 201 }
        ) {
            $null = Add-WeChatEmulatorFault login Ret -Code $code
            { Connect-WeChat @common -Login Qr -TimeoutSec 4 6> $null } | Should -Throw -ErrorId 'WeChat.LoginTimeout,WeChatPS.ConnectWeChat'
            Get-Asked login | Should -BeLessOrEqual 9
            Get-Asked jslogin | Should -Be 1
        }

        It 'stays with the code through a code of the server that it does not know' {
            $null = Add-WeChatEmulatorFault login Ret -Code 999 -Count 2
            (Connect-WeChat @common -Login Qr 6> $null).State | Should -Be 'Online'
            Get-Asked jslogin | Should -Be 1
        }
    }

    Context 'Auto, when the server has ended the saved session with <code>' -ForEach @(@{ code = 1100 }, @{ code = 1101 }, @{ code = 1102 }) {
        BeforeEach {
            Save-Login
            Stop-Login $code
            $before = @(Get-WeChatEmulatorRequest).Count
        }

        It 'asks the phone, after the server has said it twice' {
            (Connect-WeChat @common -NonInteractive:$false 6> $null).State | Should -Be 'Online'
            $shown.MessageData.Step[0..2] -join ' ' | Should -Be 'Resuming ResumeFailed Pushed'
            ((Get-WeChatEmulatorRequest webwxinit -After $before).Ret | Select-Object -First 2) -join ' ' | Should -Be "$code $code"
            Get-Asked jslogin | Should -Be 0
        }

        It 'shows a code when the phone may not be asked' {
            $null = Add-WeChatEmulatorFault webwxpushloginurl Ret -Code 1
            (Connect-WeChat @common -NonInteractive:$false 6> $null).State | Should -Be 'Online'
            $shown.MessageData.Step[0..2] -join ' ' | Should -Be 'Resuming ResumeFailed QrCode'
            $order = (Get-WeChatEmulatorRequest -After $before).Name | Select-Object -Unique
            ($order[0..2]) -join ' ' | Should -Be 'webwxinit webwxpushloginurl jslogin'
            # the old cookies go no further than the phone
            Get-Header (Get-WeChatEmulatorRequest jslogin -After $before)[0] 'Cookie' | Should -BeNullOrEmpty
        }

        It 'stops where nobody can be asked' {
            { Connect-WeChat @common -NonInteractive 6> $null } | Should -Throw -ErrorId 'WeChat.LoginRequired,WeChatPS.ConnectWeChat'
            (Get-WeChatEmulatorRequest -After $before).Name -join ' ' | Should -Be 'webwxinit webwxinit'
        }
    }

    Context 'Auto, in trouble that passes' {
        BeforeEach {
            Save-Login
            $before = @(Get-WeChatEmulatorRequest).Count
            $saved = [Convert]::ToBase64String([IO.File]::ReadAllBytes($file))
        }

        It 'leaves the saved session as it is: <kind>' -ForEach @(
            @{ kind = 'Status'; with = @{ Code = 502 } }, @{ kind = 'Status'; with = @{ Code = 500 } }, @{ kind = 'Reset'; with = @{} }
            @{ kind = 'Html'; with = @{} }, @{ kind = 'Empty'; with = @{} }, @{ kind = 'Truncate'; with = @{} }, @{ kind = 'Redirect'; with = @{} }
        ) {
            $null = Add-WeChatEmulatorFault webwxinit $kind @with
            { Connect-WeChat @common -NonInteractive:$false } | Should -Throw -ErrorId 'WeChat.Unreachable,WeChatPS.ConnectWeChat'
            (Get-WeChatEmulatorRequest -After $before).Name | Sort-Object -Unique | Should -Be 'webwxinit'
            [Convert]::ToBase64String([IO.File]::ReadAllBytes($file)) | Should -Be $saved
            Remove-WeChatEmulatorFault
            (Connect-WeChat @common -Login Resume).State | Should -Be 'Online'
        }
    }
}
