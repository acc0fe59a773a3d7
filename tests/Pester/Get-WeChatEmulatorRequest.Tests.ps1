Import-Module WeChatPS

Describe 'Get-WeChatEmulatorRequest' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 0.3
        $session = Connect-WeChat -Name requests -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'lists what the client asked, in order' {
        $all = Get-WeChatEmulatorRequest
        $all[0] | Should -BeOfType WeChatPS.WeChatEmulatorRequest
        $all[0].Name | Should -Be 'jslogin'
        $all.Number -join ' ' | Should -Be ((1..$all.Count) -join ' ')
        $all.Status | Should -Not -Contain 404
    }

    It 'chooses by name, by number and the newest' {
        (Get-WeChatEmulatorRequest webwxinit).Method | Should -Be 'POST'
        (Get-WeChatEmulatorRequest -After 2)[0].Number | Should -Be 3
        @(Get-WeChatEmulatorRequest -Last 2).Count | Should -Be 2
        Get-WeChatEmulatorRequest nothing | Should -BeNullOrEmpty
    }

    It 'tells headers, body and outcome' {
        $request = Get-WeChatEmulatorRequest webwxinit
        $request.Headers -match '^User-Agent: Mozilla' | Should -Not -BeNullOrEmpty
        $request.Body | Should -Match 'BaseRequest'
        $request.Ret | Should -Be 0
        $request.Elapsed | Should -BeOfType TimeSpan
    }

    It 'names the fault that struck' {
        $null = Add-WeChatEmulatorFault synccheck Empty -Count 1
        try { $null = Wait-WeChatSync 3> $null 6> $null } catch { $null = $_ }
        (Get-WeChatEmulatorRequest synccheck)[0].Fault | Should -Be 'Empty'
    }
}
