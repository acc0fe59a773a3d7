# What the README shows is what works: its tour is run here as it stands there.
BeforeDiscovery {
    $readme = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'README.md')
    $text = [IO.File]::ReadAllText($readme)
    $tour = $text.Substring($text.IndexOf('## Sixty seconds'))
    $blocks = @(foreach ($match in [regex]::Matches($tour, '(?ms)^```powershell\r?\n(.*?)^```')) { @{ Code = $match.Groups[1].Value } })
}

Describe 'The README''s tour' {
    BeforeAll {
        Import-Module WeChatPS
        $output = @{}
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Get-WeChatEmulator | Stop-WeChatEmulator
    }

    It 'runs: <Code>' -ForEach $blocks {
        $script:emulator = $emulator
        { $output[$Code] = . ([scriptblock]::Create($Code)) 6>$null } | Should -Not -Throw
    }

    It 'has sent what it says' {
        $sent = @($output.Values | ForEach-Object { $_ } | Where-Object { $_ -is [WeChatPS.WeChatReceipt] })
        $sent.Count | Should -BeGreaterOrEqual 4
    }
}
