Import-Module WeChatPS

# a saved session is gone on with, again and again, and its end costs nothing that waited
Describe 'A saved session' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $common = @{ Endpoint = $emulator.Endpoint; StorePath = $store; QrCode = 'None' }
        function Get-CookieName($Request) {
            $cookie = $Request.Headers.Where{ $_ -like 'Cookie: *' } -replace '^Cookie: '
            (($cookie -split '; ') -replace '=.*' | Sort-Object) -join ' '
        }
        function Get-SyncKey($Request) { [regex]::Match($Request.Body, '"SyncKey":\{.*?\}\]\}').Value }
    }

    AfterEach {
        Remove-WeChatEmulatorFault
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterAll {
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'has all of its cookies every time it is resumed, so that uploads go on' {
        $null = Connect-WeChat -Name again @common -Login Qr 6> $null
        $cookies = foreach ($time in 1..3) {
            $file = [IO.Path]::Combine($store, "$time.txt")
            [IO.File]::WriteAllText($file, "number $time")
            (Send-WeChatFile 王五 -Path $file).MessageId | Should -Not -BeNullOrEmpty
            $upload = Get-WeChatEmulatorRequest webwxuploadmedia -Last 1
            $upload.Status | Should -Be 200
            $upload.Body | Should -Match 'webwx_data_ticket'
            Get-CookieName $upload
            Disconnect-WeChat
            $before = @(Get-WeChatEmulatorRequest).Count
            (Connect-WeChat -Name again @common -Login Resume).State | Should -Be 'Online'
            Get-CookieName (Get-WeChatEmulatorRequest webwxinit -After $before)
        }
        $cookies.Count | Should -Be 6
        @($cookies | Sort-Object -Unique).Count | Should -Be 1
        foreach ($name in 'wxsid', 'wxuin', 'webwx_data_ticket', 'webwx_auth_ticket') { $cookies[0] | Should -Match "\b$name\b" }
        @(Get-WeChatEmulatorRequest jslogin).Count | Should -Be 1
    }

    It 'brings what was missed once, however often it is resumed' {
        $null = Connect-WeChat -Name missed @common -Login Qr 6> $null
        $null = Receive-WeChatMessage -NoWait
        foreach ($time in 1..2) {
            Disconnect-WeChat
            Send-WeChatEmulatorMessage "missed $time" -From 王五
            $null = Connect-WeChat -Name missed @common -Login Resume
            @(Receive-WeChatMessage -NoWait).Text -join '|' | Should -Be "missed $time"
            Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
        }
    }

    It 'that was ended is followed by a login of the same name: with a key of its own, nothing again, and what waited is still there' {
        $first = Connect-WeChat -Name ended @common -Login Qr 6> $null
        Send-WeChatEmulatorMessage 'taken' -From 王五
        (Receive-WeChatMessage -MaxCount 1).Text | Should -Be 'taken'
        Send-WeChatEmulatorMessage 'waits' -From 王五
        (Receive-WeChatMessage -MaxCount 1 -NoAck).Text | Should -Be 'waits'
        $dead = @(Get-WeChatEmulatorRequest webwxsync).ForEach{ Get-SyncKey $_ }
        Disconnect-WeChat
        $kicked = [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/kick", [Net.Http.StringContent]::new('{}')).Result
        $kicked.IsSuccessStatusCode | Should -BeTrue
        $null = Add-WeChatEmulatorFault webwxpushloginurl Ret -Code 1
        $before = @(Get-WeChatEmulatorRequest).Count
        $second = Connect-WeChat -Name ended @common -NonInteractive:$false 6> $null
        $second.User.Id | Should -Be $first.User.Id
        Send-WeChatEmulatorMessage 'new' -From 王五
        $messages = @(Receive-WeChatMessage -MaxCount 2 -TimeoutSec 60)
        $messages.ForEach{ "$($_.Text)×$($_.DeliveryCount)" } -join ' ' | Should -Be 'waits×2 new×1'
        $messages.From.Name -join ' ' | Should -Be '王五 王五'
        Receive-WeChatMessage -NoWait | Should -BeNullOrEmpty
        $syncs = @(Get-WeChatEmulatorRequest webwxsync -After $before)
        $syncs.Count | Should -BeGreaterThan 0
        $syncs.Where{ $_.Ret } | Should -BeNullOrEmpty
        foreach ($sync in $syncs) {
            Get-SyncKey $sync | Should -Not -BeNullOrEmpty
            $dead -contains (Get-SyncKey $sync) | Should -BeFalse
        }
    }
}
