Describe 'Test-WeChatSync' {
    BeforeAll {
        Import-Module WeChatPS
        $emulator = Start-WeChatEmulator -HoldSec 60
        $server = @{ Endpoint = $emulator.Endpoint }
        $null = Connect-WeChat doctor @server -Login Qr -QrCode None -Ephemeral
    }

    AfterAll {
        Get-WeChatSession doctor | Disconnect-WeChat
        Stop-WeChatEmulator @server
    }

    AfterEach { Remove-WeChatEmulatorFault @server }

    It 'finds nothing wrong with a healthy session' {
        $findings = Test-WeChatSync -Session doctor -TimeoutSec 1
        $findings.Check -join ' ' | Should -Be 'Server Spelling Keys Hold Redirect Content Cookies Clock Connection State'
        @($findings | Where-Object Level -gt Note).Count | Should -Be 0
        Test-WeChatSync -Session doctor -TimeoutSec 1 -Quiet | Should -BeTrue
    }

    It 'says <found> with advice when synccheck suffers <kind>' -ForEach @(
        @{ kind = 'InstantZero'; check = 'Hold'; found = 'answered at once' }
        @{ kind = 'PhantomSelector'; check = 'Hold'; found = 'a fetch brings nothing' }
        @{ kind = 'Redirect'; check = 'Redirect'; found = 'weixin.qq.com' }
        @{ kind = 'Html'; check = 'Content'; found = '502 Bad Gateway' }
    ) {
        $null = Add-WeChatEmulatorFault synccheck $kind @server
        $finding = Test-WeChatSync -Session doctor -TimeoutSec 40 | Where-Object Check -eq $check
        $finding.Level | Should -Be 'Problem'
        $finding.Found | Should -Match $found
        $finding.Advice | Should -Not -BeNullOrEmpty
    }

    It 'shows a table that wraps, and every finding whole as a list' {
        $findings = Test-WeChatSync -Session doctor -TimeoutSec 1
        $table = $findings | Format-Table | Out-String -Width 100
        foreach ($heading in 'Level', 'Check', 'Found', 'Advice') { $table | Should -Match $heading }
        $table | Should -Not -Match '…|\.\.\.'
        $findings[1] | Format-List | Out-String -Width 300 | Should -Match 'Key_Val pairs joined by \|'
    }
}
