# What the README shows is what works: its tour is run here as it stands there.
BeforeDiscovery {
    $tours = @(foreach ($readme in @{ File = 'README.md'; Heading = '## Sixty seconds' }, @{ File = 'README.zh-CN.md'; Heading = '## 一分钟上手' }) {
        $text = [IO.File]::ReadAllText([IO.Path]::Combine($PSScriptRoot, '..', '..', $readme.File))
        $tour = $text.Substring($text.IndexOf($readme.Heading))
        $readme.Blocks = @(foreach ($match in [regex]::Matches($tour, '(?ms)^```powershell\r?\n(.*?)^```')) { @{ Code = $match.Groups[1].Value } })
        $readme
    })
}

Describe 'The tour of <File>' -ForEach $tours {
    BeforeAll {
        Import-Module WeChatPS
        $output = @{}
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Get-WeChatEmulator | Stop-WeChatEmulator
    }

    It 'runs: <Code>' -ForEach $Blocks {
        $script:emulator = $emulator
        { $output[$Code] = . ([scriptblock]::Create($Code)) 6>$null } | Should -Not -Throw
    }

    It 'has sent what it says' {
        $sent = @($output.Values | ForEach-Object { $_ } | Where-Object { $_ -is [WeChatPS.WeChatReceipt] })
        $sent.Count | Should -BeGreaterOrEqual 4
    }
}
