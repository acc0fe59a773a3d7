Import-Module WeChatPS

# what a login says to scripts
Describe 'The steps of a login' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        function Select-Step([object[]] $Stream) { $Stream.Where{ $_ -is [Management.Automation.InformationRecord] -and $_.Tags -contains 'WeChat.Login' } }
    }

    AfterEach {
        Remove-WeChatEmulatorFault
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterAll {
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'come one by one while the login waits, with the address of the code and the picture of who scans it' {
        $seen = @{}
        $session = Connect-WeChat -Name live -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6>&1 | ForEach-Object {
            if ($_.Tags -contains 'WeChat.Login') { $seen["$($_.MessageData.Step)"] = @{ At = $_.MessageData; Asked = @((Get-WeChatEmulatorRequest webwxnewloginpage -Endpoint $emulator.Endpoint)).Count } }
            elseif ($_ -is [WeChatPS.WeChatSession]) { $_ }
        }
        $session.State | Should -Be 'Online'
        ($seen.Keys | Sort-Object) -join ' ' | Should -Be 'Confirmed QrCode Scanned'
        $code = $seen.QrCode.At
        $code | Should -BeOfType WeChatPS.WeChatLoginStep
        $code.QrCode | Should -Match '^https://login\.weixin\.qq\.com/l/[\w=-]+$'
        $code.Text | Should -Match ([regex]::Escape("code 1 of 3): $($code.QrCode)"))
        $code.Avatar | Should -BeNullOrEmpty
        $seen.Scanned.At.Avatar[0..2] -join ' ' | Should -Be '255 216 255'
        $seen.Scanned.At.QrCode | Should -BeNullOrEmpty
        $seen.Confirmed.At.Avatar | Should -BeNullOrEmpty
        # the code came while it could still be scanned
        $seen.QrCode.Asked | Should -Be 0
    }

    It 'are said once: the line for people is the record for scripts' {
        foreach ($display in 'Console', 'File', 'None') {
            $said = Connect-WeChat -Name once -Endpoint $emulator.Endpoint -Login Qr -QrCode $display -StorePath $store -InformationAction Continue 6>&1
            $lines = @($said.Where{ $_ -is [Management.Automation.InformationRecord] }.Where{ $_.MessageData.BackgroundColor -ne 'White' })
            $lines.Count | Should -Be 3 -Because $display
            @(Select-Step $lines).Count | Should -Be 3 -Because $display
            # what nobody has to see is not for the screen, unless somebody wants the stream there
            $lines[0].Tags -contains 'PSHOST' | Should -Be ($display -ne 'None') -Because $display
            $lines[1].Tags -contains 'PSHOST' | Should -BeTrue
            if ($display -eq 'File') { $lines[0].MessageData.Text | Should -Match ([regex]::Escape([IO.Path]::Combine($store, 'once', 'qr.png'))) }
            Disconnect-WeChat
        }
    }

    It 'are silent where the stream is not wanted' {
        @(Connect-WeChat -Name ignored -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -InformationAction Ignore 6>&1).Count | Should -Be 1
    }

    It 'say what goes wrong too: <kind> gives <step>' -ForEach @(
        @{ kind = 'QrExpired'; endpoint = 'login'; step = 'Expired' }, @{ kind = 'QrCancelled'; endpoint = 'login'; step = 'Cancelled' }
        @{ kind = 'LoginElsewhere'; endpoint = 'webwxnewloginpage'; step = 'SentElsewhere' }
    ) {
        $null = Add-WeChatEmulatorFault $endpoint $kind -Count 1
        $null = Connect-WeChat -Name trouble -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -InformationVariable said 6> $null
        $steps = (Select-Step $said).MessageData
        $steps.Step -contains $step | Should -BeTrue
        @($steps.Where{ $_.Step -eq 'QrCode' }.QrCode | Sort-Object -Unique).Count | Should -Be 2
    }

    It 'are there for a login without a code as well' {
        $null = Connect-WeChat -Name ladder -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
        Disconnect-WeChat
        $null = Connect-WeChat -Name ladder -Endpoint $emulator.Endpoint -StorePath $store -InformationVariable resumed 6> $null
        (Select-Step $resumed).MessageData.Step | Should -Be 'Resuming'
        Disconnect-WeChat
        $null = Connect-WeChat -Name ladder -Endpoint $emulator.Endpoint -StorePath $store -Login Push -InformationVariable pushed 6> $null
        (Select-Step $pushed).MessageData.Step -join ' ' | Should -Match '^Pushed .*Confirmed$'
    }

    It 'keep their properties in JSON and in CLIXML' {
        $null = Connect-WeChat -Name kept -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -InformationVariable said 6> $null
        $code = (Select-Step $said).MessageData.Where{ $_.Step -eq 'QrCode' }[0]
        ($code | ConvertTo-Json | ConvertFrom-Json).QrCode | Should -Be $code.QrCode
        $back = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($code))
        $back.QrCode | Should -Be $code.QrCode
        "$($back.Step)" | Should -Be 'QrCode'
    }
}
