Import-Module WeChatPS

Describe 'Connect-WeChat, a name that was another account''s' {
    BeforeAll {
        $one = Start-WeChatEmulator -HoldSec 1
        $two = Start-WeChatEmulator -HoldSec 1
        function Connect-To($emulator, [hashtable]$how) {
            Connect-WeChat -Name shared -Endpoint $emulator.Endpoint -StorePath $store -QrCode None -SendInterval 0 @how 6> $null
        }
    }

    BeforeEach {
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $null = Connect-To $one @{ Login = 'Qr' }
        $null = Receive-WeChatMessage -NoWait
        Send-WeChatEmulatorMessage 'for the first' -From 王五 -Endpoint $one.Endpoint
        $null = Receive-WeChatMessage -NoWait -NoAck
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterEach {
        Get-WeChatSession | Disconnect-WeChat
        [IO.Directory]::Delete($store, $true)
    }

    AfterAll { Get-WeChatEmulator | Stop-WeChatEmulator }

    It 'begins empty after <how>, keeps what was there under another name, and says so once' -ForEach @(
        @{ how = 'a new login' }
        @{ how = 'an exported session' }
    ) {
        $login = @{ Login = 'Qr' }
        if ($how -eq 'an exported session') {
            $other = Connect-WeChat -Name exported -Endpoint $two.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
            $login = @{ SavedSession = (Export-WeChatSession -Session $other) }
        }
        $warnings = @()
        $session = Connect-WeChat -Name shared -Endpoint $two.Endpoint -StorePath $store -QrCode None @login -WarningVariable warnings 3> $null 6> $null
        Receive-WeChatMessage -NoWait -Session $session | Should -BeNullOrEmpty
        $warnings.Count | Should -Be 1
        $aside = (Get-WeChatSession -Saved -StorePath $store).Name -like 'shared.set-aside-*'
        @($aside).Count | Should -Be 1
        "$warnings" | Should -Match ([regex]::Escape("Connect-WeChat -Name $aside"))

        $back = Connect-WeChat -Name "$aside" -Endpoint $one.Endpoint -StorePath $store -Login Resume 6> $null
        (Receive-WeChatMessage -NoWait -Session $back).Text | Should -Be 'for the first'
    }

    It 'goes on with what waits when the same account logs in' {
        $warnings = @()
        $null = Connect-WeChat -Name shared -Endpoint $one.Endpoint -StorePath $store -QrCode None -Login Qr -WarningVariable warnings 3> $null 6> $null
        (Receive-WeChatMessage -NoWait).Text | Should -Be 'for the first'
        $warnings | Should -BeNullOrEmpty
        @(Get-WeChatSession -Saved -StorePath $store).Count | Should -Be 1
    }
}
