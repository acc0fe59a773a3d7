Import-Module WeChatPS

Describe 'Secrets' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 0.3
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $log = [IO.Path]::Combine($store, 'wire.log')
        $said = & {
            Connect-WeChat -Name secret -Endpoint $emulator.Endpoint -Login Qr -StorePath $store -LogPath $log -LogBody -Verbose -Debug
            Send-WeChatEmulatorMessage 'x' -From 王五
            Send-WeChatEmulatorMessage 'x' -From 赵六 -Group 运维群
            Send-WeChatEmulatorMessage -Kind FriendRequest -From 王五 -Text 'hello'
            Send-WeChatEmulatorMessage -From 王五 -Kind Video
            Send-WeChatEmulatorMessage -From 王五 -Kind File
            Wait-WeChatSync -Verbose -Debug
            Receive-WeChatMessage -NoWait -Verbose -Debug | Tee-Object -Variable messages
            $messages | Where-Object Kind -In Video, File | Save-WeChatMedia $folder -Verbose -Debug
            $messages[0] | Send-WeChatMessage -Text 'y' -Verbose -Debug
            Get-WeChatContact -Refresh -Verbose -Debug
            Get-WeChatGroupMember 运维群 -Verbose -Debug
            $null = Add-WeChatEmulatorFault webwxsendmsg Html -Count 3
            Send-WeChatMessage 王五 'z' -NoRetry -Verbose -Debug -ErrorAction Continue
            Get-WeChatSession
            Get-WeChatSession -Saved -StorePath $store
        } *>&1

        # what the client told the server is what nobody else may see
        $requests = Get-WeChatEmulatorRequest
        $cookies = $requests.Headers.Where{ $_ -match '^Cookie: ' } -replace '^Cookie: '
        $secrets = @(
            foreach ($match in [regex]::Matches(($requests.Body -join "`n"), '"(Skey|Sid|Uin|DeviceID)":"?([^",}]+)')) { $match.Groups[2].Value }
            foreach ($cookie in ($cookies -split '; ').Where{ $_ -match '^(wxsid|wxuin|webwx)' }) { $cookie.Substring($cookie.IndexOf('=') + 1) }
            foreach ($match in [regex]::Matches(($requests.Query -join "`n"), '(?:skey|sid|uin|pass_ticket|ticket|uuid)=([^&\s]+)')) { $match.Groups[1].Value; [Uri]::UnescapeDataString($match.Groups[1].Value) }
        ) | Where-Object { $_.Length -gt 5 } | Sort-Object -Unique
        $code = [regex]::Match(($requests.Query -join "`n"), 'uuid=([^&\s]+)').Groups[1].Value
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        foreach ($path in $store, $folder) { if ([IO.Directory]::Exists($path)) { [IO.Directory]::Delete($path, $true) } }
    }

    It 'are there to be found' {
        $secrets.Count | Should -BeGreaterThan 5
        @($said).Count | Should -BeGreaterThan 20
        # the address that a video is fetched from, with its key, is a header too
        $requests.Headers -match '^Referer: .*webwxgetvideo.*skey=' | Should -Not -BeNullOrEmpty
        ($said | Where-Object { $_ -is [Management.Automation.DebugRecord] }) -join "`n" | Should -Match 'webwxsync'
    }

    It 'are in no stream' {
        $shown = @($said | Where-Object { $_ -isnot [Management.Automation.InformationRecord] }) | Out-String -Width 4000
        foreach ($secret in $secrets) { $shown.Contains($secret) | Should -BeFalse -Because $secret }
        # the code is shown to be scanned, and nothing else of the login
        $steps = @($said | Where-Object { $_ -is [Management.Automation.InformationRecord] }) -join "`n"
        foreach ($secret in $secrets.Where{ $_ -ne $code -and $_ -ne [Uri]::UnescapeDataString($code) }) { $steps.Contains($secret) | Should -BeFalse -Because $secret }
    }

    It 'are in no output object, as JSON or as CLIXML' {
        $objects = @($said | Where-Object { $_.GetType().Namespace -eq 'WeChatPS' })
        @($objects.ForEach{ $_.GetType().Name } | Sort-Object -Unique).Count | Should -BeGreaterThan 6
        $json = ConvertTo-Json $objects -Depth 6 -WarningAction SilentlyContinue
        $clixml = [Management.Automation.PSSerializer]::Serialize($objects, 6)
        foreach ($text in $json, $clixml) {
            foreach ($secret in $secrets) { $text.Contains($secret) | Should -BeFalse -Because $secret }
        }
    }

    It 'are not in the log' {
        $text = [IO.File]::ReadAllText($log)
        $text | Should -Match 'webwxsendmsg'
        foreach ($secret in $secrets) { $text.Contains($secret) | Should -BeFalse -Because $secret }
    }

    It 'are in files of the owner alone' -Skip:$IsWindows {
        foreach ($file in [IO.Directory]::GetFiles($store, '*', 'AllDirectories')) {
            [IO.File]::GetUnixFileMode($file) | Should -Be 'UserWrite, UserRead' -Because $file
        }
    }
}
