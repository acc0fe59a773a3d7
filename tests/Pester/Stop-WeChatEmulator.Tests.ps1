Import-Module WeChatPS

Describe 'Stop-WeChatEmulator' {
    AfterEach { Get-WeChatEmulator | Stop-WeChatEmulator }

    It 'ends the only one that runs' {
        $endpoint = (Start-WeChatEmulator).Endpoint
        Stop-WeChatEmulator
        Get-WeChatEmulator | Should -BeNullOrEmpty
        { Get-WeChatEmulator -Endpoint $endpoint } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.GetWeChatEmulator'
    }

    It 'ends the one that is piped' {
        $first = Start-WeChatEmulator
        $second = Start-WeChatEmulator
        { Stop-WeChatEmulator } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.StopWeChatEmulator'
        $first | Stop-WeChatEmulator
        (Get-WeChatEmulator).Endpoint | Should -Be $second.Endpoint
    }

    It 'ends one in another window' {
        $module = [IO.Path]::GetDirectoryName((Get-Module WeChatPS).Path)
        $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
        foreach ($word in [IO.Path]::Combine($module, 'bin', 'WeChatPS.Emulator.dll'), '--port', '0', '--quiet') { $start.ArgumentList.Add($word) }
        $start.RedirectStandardOutput = $true
        $process = [Diagnostics.Process]::Start($start)
        try {
            $endpoint = $process.StandardOutput.ReadLine() -replace '^listening on '
            (Get-WeChatEmulator -Endpoint $endpoint).ProcessId | Should -Be $process.Id
            Stop-WeChatEmulator -Endpoint $endpoint
            $process.WaitForExit(20000) | Should -BeTrue
        } finally {
            if (-not $process.HasExited) { $process.Kill() }
        }
    }

    It 'says so when none runs' {
        { Stop-WeChatEmulator } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.StopWeChatEmulator'
    }

    It 'speaks to this machine alone' {
        { Stop-WeChatEmulator -Endpoint http://example.com/ } | Should -Throw -ErrorId 'WeChat.InvalidEndpoint,WeChatPS.StopWeChatEmulator'
    }

    It 'ends nothing with -WhatIf' {
        $null = Start-WeChatEmulator
        Stop-WeChatEmulator -WhatIf
        Get-WeChatEmulator | Should -Not -BeNullOrEmpty
    }
}
