Import-Module WeChatPS

Describe 'Send-WeChatMessage, whom objects and ids mean' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        function Connect-Again {
            Get-WeChatSession | Disconnect-WeChat
            Connect-WeChat -Name identity -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store -SendInterval 0 6> $null
        }
        function Set-PhoneContact([hashtable]$change) {
            $body = [Net.Http.StringContent]::new(($change | ConvertTo-Json -Compress), [Text.Encoding]::UTF8, 'application/json')
            [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $body).Result.IsSuccessStatusCode | Should -BeTrue
        }
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $session = Connect-Again
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        [IO.Directory]::Delete($store, $true)
    }

    It 'mentions somebody by <what>' -ForEach @(@{ what = 'id' }, @{ what = 'user name' }, @{ what = 'contact' }) {
        $li = Get-WeChatContact 李四
        $who = switch ($what) { 'id' { $li.Id } 'user name' { $li.UserName } default { $li } }
        $null = Send-WeChatMessage 运维群 'hey' -Mention $who
        (Get-WeChatEmulatorRequest webwxsendmsg -After $after).Body | Should -Match "@小四🌙.*$($li.UserName)"
    }

    It 'mentions nobody whose name merely is the id of somebody who is not there' {
        $wang = Get-WeChatContact 王五
        { Send-WeChatMessage 运维群 'hey' -Mention $wang.Id -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.SendWeChatMessage'
        Get-WeChatEmulatorRequest webwxsendmsg -After $after | Should -BeNullOrEmpty
    }

    It 'mentions a contact of an earlier login' {
        $li = Get-WeChatContact 李四
        $session = Connect-Again
        (Send-WeChatMessage 运维群 'hey' -Mention $li).To.Name | Should -Be '运维群'
        (Get-WeChatContact 李四).UserName | Should -Not -Be $li.UserName
    }

    It 'does not send to somebody who calls himself by the id of a contact that is gone' {
        $wang = Get-WeChatContact 王五
        Set-PhoneContact @{ action = 'delete'; name = '王五' }
        Set-PhoneContact @{ action = 'add'; kind = 'friend'; name = $wang.Id }
        $session = Connect-Again
        $after = (Get-WeChatEmulator).Requests
        $failures = @()
        $wang | Send-WeChatMessage -Text 'secret' -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        Send-WeChatMessage $wang.Id 'secret' -ErrorAction SilentlyContinue -ErrorVariable +failures | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId -join ' ' | Should -Be 'WeChat.ContactNotFound,WeChatPS.SendWeChatMessage WeChat.ContactNotFound,WeChatPS.SendWeChatMessage'
        Get-WeChatEmulatorRequest webwxsendmsg -After $after | Should -BeNullOrEmpty
    }
}
