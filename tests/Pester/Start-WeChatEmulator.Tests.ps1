Import-Module WeChatPS

Describe 'Start-WeChatEmulator' {
    AfterEach { Get-WeChatEmulator | Stop-WeChatEmulator }

    It 'listens on this machine alone, with contacts to talk to' {
        $emulator = Start-WeChatEmulator
        $emulator | Should -BeOfType WeChatPS.WeChatEmulatorStatus
        $emulator.Endpoint.Host | Should -Be '127.0.0.1'
        $emulator.ProcessId | Should -Be $PID
        $emulator.Contacts | Should -Contain '王五'
    }

    It 'has as many contacts as asked' {
        (Start-WeChatEmulator -ContactCount 100).Contacts.Count | Should -BeGreaterThan 100
    }

    It 'says so when the port is taken' {
        $emulator = Start-WeChatEmulator
        { Start-WeChatEmulator -Port $emulator.Endpoint.Port } |
            Should -Throw "*port $($emulator.Endpoint.Port)*omit -Port*" -ErrorId 'WeChat.EmulatorFailed,WeChatPS.StartWeChatEmulator'
    }

    It 'names another host with -RedirectHost, for clients that use the real ones' {
        $emulator = Start-WeChatEmulator -RedirectHost wx2.qq.com
        $code = Invoke-RestMethod "$($emulator.Endpoint)jslogin?appid=wx782c26e4c19acffb&fun=new"
        $null = $code -match 'uuid = "(.+)"'
        $login = foreach ($turn in 1..3) { Invoke-RestMethod "$($emulator.Endpoint)cgi-bin/mmwebwx-bin/login?tip=0&uuid=$([uri]::EscapeDataString($Matches[1]))" }
        $login -join "`n" | Should -Match 'window\.redirect_uri="https://wx2\.qq\.com/cgi-bin/'
        { Start-WeChatEmulator -RedirectHost 'wx2.qq.com/x' } |
            Should -Throw '*redirect host*wx2.qq.com/x*' -ErrorId 'WeChat.EmulatorFailed,WeChatPS.StartWeChatEmulator'
    }

    It 'starts nothing with -WhatIf' {
        Start-WeChatEmulator -WhatIf | Should -BeNullOrEmpty
        Get-WeChatEmulator | Should -BeNullOrEmpty
    }

    It 'lets a contact answer with -Echo' {
        $emulator = Start-WeChatEmulator -HoldSec 1 -Echo 王五
        $null = Connect-WeChat -Name echo -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Send-WeChatMessage 王五 '喂'
        (Receive-WeChatMessage -MaxCount 1 -TimeoutSec 20).Text | Should -Be '喂'
        Disconnect-WeChat
    }

    It 'lets the contacts write with -Chatty' {
        $emulator = Start-WeChatEmulator -HoldSec 1 -Chatty
        $null = Connect-WeChat -Name chatty -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        (Receive-WeChatMessage -MaxCount 1 -TimeoutSec 20).Text | Should -Not -BeNullOrEmpty
        Disconnect-WeChat
    }
}
