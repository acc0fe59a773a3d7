Import-Module WeChatPS

Describe 'Send-WeChatMessage -Text' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name texts -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        function Get-Sent {
            @([Net.Http.HttpClient]::new().GetStringAsync("$($emulator.Endpoint)emulator/sent").Result | ConvertFrom-Json | ForEach-Object text)
        }
    }

    BeforeEach { $before = @(Get-Sent).Count }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'sends <what>' -ForEach @(
        @{ what = 'numbers'; text = { 1, 2.5, 3L, 4d }; sent = '1|2.5|3|4' }
        @{ what = 'a date'; text = { [datetime]'2026-12-01 08:00' }; sent = '12/01/2026 08:00:00' }
        @{ what = 'a time span'; text = { [timespan]'00:01:00' }; sent = '00:01:00' }
        @{ what = 'a boolean'; text = { $true }; sent = 'True' }
        @{ what = 'a value of an enum'; text = { [DayOfWeek]::Friday }; sent = 'Friday' }
        @{ what = 'a character'; text = { [char]'x' }; sent = 'x' }
        @{ what = 'an id'; text = { [guid]::Empty }; sent = '00000000-0000-0000-0000-000000000000' }
        @{ what = 'a version'; text = { [version]'1.2' }; sent = '1.2' }
        @{ what = 'a text that is being built'; text = { [Text.StringBuilder]::new('built') }; sent = 'built' }
        @{ what = 'an error by its message'; text = { try { throw 'boom' } catch { $_ } }; sent = 'boom' }
        @{ what = 'a warning by its message'; text = { & { Write-Warning 'careful' } 3>&1 }; sent = 'careful' }
        @{ what = 'the lines of Out-String'; text = { 'a', 'b' | Out-String -Stream }; sent = 'a|b' }
        @{ what = 'a formatted object'; text = { ([pscustomobject]@{ a = 1 } | Format-List | Out-String).Trim() }; sent = 'a : 1' }
        @{ what = 'an object with a text of its own'; text = { [pscustomobject]@{ a = 1 } | Add-Member ScriptMethod ToString { "a is $($this.a)" } -Force -PassThru }; sent = 'a is 1' }
    ) {
        & $text | Send-WeChatMessage -To 王五 | Out-Null
        $null = Send-WeChatMessage 王五 (& $text)
        @(Get-Sent)[$before..999] -join '|' | Should -Be "$sent|$sent"
    }

    It 'refuses <what>, and says what to do' -ForEach @(
        @{ what = 'a hashtable'; object = { @{ a = 1 } }; type = 'Hashtable' }
        @{ what = 'an empty hashtable'; object = { @{} }; type = 'Hashtable' }
        @{ what = 'a custom object'; object = { [pscustomobject]@{ a = 1 } }; type = 'PSCustomObject' }
        @{ what = 'selected properties'; object = { Get-Date | Select-Object Year }; type = 'PSCustomObject' }
        @{ what = 'a process'; object = { Get-Process -Id $PID }; type = 'Process' }
        @{ what = 'an exception'; object = { [InvalidOperationException]::new('boom') }; type = 'InvalidOperationException' }
        @{ what = 'an XML document'; object = { [xml]'<a>1</a>' }; type = 'XmlDocument' }
        @{ what = 'a group of objects'; object = { 1 | Group-Object }; type = 'GroupInfo' }
        @{ what = 'a secure string'; object = { [Security.SecureString]::new() }; type = 'SecureString' }
        @{ what = 'what came back from CLIXML'; object = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-Process -Id $PID))) }; type = 'PSCustomObject' }
    ) {
        $it = & $object
        { , $it | Send-WeChatMessage -To 王五 -ErrorAction Stop } | Should -Throw "*a $type has none*Out-String*"
        { Send-WeChatMessage 王五 $it } | Should -Throw "*a $type has none*Out-String*"
        { Send-WeChatMessage 王五 'text', $it } | Should -Throw "*a $type has none*Out-String*"
        @(Get-Sent).Count | Should -Be $before
    }

    It 'refuses <what>, whose path would be sent, and names Send-WeChatFile' -ForEach @(
        @{ what = 'a file'; object = { [IO.FileInfo]::new('a.txt') } }
        @{ what = 'a folder'; object = { Get-Item -LiteralPath $PSScriptRoot } }
    ) {
        $it = & $object
        { $it | Send-WeChatMessage -To 王五 -ErrorAction Stop } | Should -Throw '*file or folder*Send-WeChatFile*FullName*'
        { Send-WeChatMessage 王五 $it } | Should -Throw '*file or folder*Send-WeChatFile*FullName*'
        @(Get-Sent).Count | Should -Be $before
    }

    It 'refuses what a Format cmdlet gives' {
        Get-Date | Format-Table | Send-WeChatMessage -To 王五 -ErrorAction SilentlyContinue -ErrorVariable failures
        "$failures" | Should -Match 'Out-String'
        @(Get-Sent).Count | Should -Be $before
    }

    It 'refuses <what>, which are sent with -Content' -ForEach @(
        @{ what = 'bytes'; script = { Send-WeChatMessage 王五 ([byte[]](1, 2)) } }
        @{ what = 'piped bytes'; script = { [byte[]](1, 2) | Send-WeChatMessage -To 王五 -ErrorAction Stop } }
    ) {
        $script | Should -Throw '*Send-WeChatFile -Content*'
        @(Get-Sent).Count | Should -Be $before
    }

    It 'refuses $null' {
        { Send-WeChatMessage 王五 $null } | Should -Throw
        { $null | Send-WeChatMessage -To 王五 -ErrorAction Stop } | Should -Throw
        @(Get-Sent).Count | Should -Be $before
    }

    It 'goes on after an object that is refused' {
        $receipts = 'a', @{ b = 1 }, 'c' | Send-WeChatMessage -To 王五 -ErrorAction SilentlyContinue -ErrorVariable failures
        @($receipts).Count | Should -Be 2
        @($failures).Count | Should -Be 1
    }
}
