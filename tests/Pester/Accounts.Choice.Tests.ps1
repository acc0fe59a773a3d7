Import-Module WeChatPS

# Nothing may leave from an account that nobody meant.
Describe 'The account that is meant' {
    BeforeAll {
        $mine = Start-WeChatEmulator -HoldSec 1
        $other = Start-WeChatEmulator -HoldSec 1
        $inMemory = @{ QrCode = 'None'; Ephemeral = $true; SendInterval = 0 }
        function Get-SentCount($emulator) {
            @([Net.Http.HttpClient]::new().GetStringAsync("$($emulator.Endpoint)emulator/sent").Result | ConvertFrom-Json).Count
        }
        function Get-Failure([scriptblock]$Act) {
            try { $null = & $Act } catch { return $_ }
        }
    }

    BeforeEach { $sent = (Get-SentCount $mine), (Get-SentCount $other) }

    AfterEach { Get-WeChatSession | Disconnect-WeChat }

    AfterAll { Get-WeChatEmulator | Stop-WeChatEmulator }

    Context 'one name, one session' {
        BeforeAll { $store = [IO.Directory]::CreateTempSubdirectory('wechatps-choice-').FullName }

        AfterAll { [IO.Directory]::Delete($store, $true) }

        It 'goes on with a session in memory when it is connected again' {
            $first = Connect-WeChat -Name one -Endpoint $mine.Endpoint -Login Qr @inMemory 6> $null
            Connect-WeChat -Name ONE -Endpoint $mine.Endpoint -Ephemeral | Should -Be $first
            @(Get-WeChatSession).Count | Should -Be 1
        }

        It 'replaces a session in memory by a new login, and says which messages that loses' {
            $first = Connect-WeChat -Name one -Endpoint $mine.Endpoint -Login Qr @inMemory 6> $null
            $null = Receive-WeChatMessage -NoWait
            Send-WeChatEmulatorMessage 'pending' -From 王五 -Endpoint $mine.Endpoint
            $null = Receive-WeChatMessage -NoWait -NoAck
            $second = Connect-WeChat -Name one -Endpoint $mine.Endpoint -Login Qr @inMemory -WarningVariable warnings 3> $null 6> $null
            $first.State | Should -Be 'Disconnected'
            Get-WeChatSession | Should -Be $second
            "$warnings" | Should -Match "'one'.*1 pending"
        }

        It 'refuses the name to <what> while it is connected, and leaves that session alone' -ForEach @(
            @{ what = 'another server'; how = { Connect-WeChat -Name one -Endpoint $other.Endpoint -StorePath $store -Login Qr -QrCode None } }
            @{ what = 'another folder'; how = { Connect-WeChat -Name one -Endpoint $mine.Endpoint -StorePath (Join-Path $store 'more') -Login Qr -QrCode None } }
            @{ what = 'a session in memory'; how = { Connect-WeChat -Name One -Endpoint $mine.Endpoint @inMemory } }
        ) {
            $first = Connect-WeChat -Name one -Endpoint $mine.Endpoint -StorePath $store -Login Qr -QrCode None 6> $null
            $failure = Get-Failure { & $how 6> $null }
            $failure.FullyQualifiedErrorId | Should -Be 'WeChat.SessionInUse,WeChatPS.ConnectWeChat'
            "$failure" | Should -Match ([regex]::Escape($store))
            "$failure" | Should -Match 'in this process.*current session.*-Endpoint, -StorePath and -Ephemeral'
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Disconnect-WeChat.*-Name'
            Get-WeChatSession | Should -Be $first
            $first.State | Should -Be 'Online'
        }
    }

    Context 'a message that was kept while another account took over the name of its session' {
        BeforeEach {
            $null = Connect-WeChat -Name bot -Endpoint $mine.Endpoint -Login Qr @inMemory 6> $null
            $null = Receive-WeChatMessage -NoWait
            Send-WeChatEmulatorMessage 'question' -From 王五 -Endpoint $mine.Endpoint
            $kept = Receive-WeChatMessage -NoWait
            $receipt = Send-WeChatMessage filehelper 'oops'
            Disconnect-WeChat
            $null = Connect-WeChat -Name bot -Endpoint $other.Endpoint -Login Qr @inMemory 6> $null
            $asked = (Get-WeChatEmulator -Endpoint $other.Endpoint).Requests
        }

        It 'is not handled by that account: <name>' -ForEach @(
            @{ name = 'an answer'; cmdlet = 'SendWeChatMessage'; act = { $kept | Send-WeChatMessage -Text 'answer' } }
            @{ name = 'an answer, the session by name'; cmdlet = 'SendWeChatMessage'; act = { $kept | Send-WeChatMessage -Text 'answer' -Session bot } }
            @{ name = 'a -To'; cmdlet = 'SendWeChatMessage'; act = { Send-WeChatMessage -To $kept -Text 'answer' } }
            @{ name = 'a forward'; cmdlet = 'SendWeChatMessage'; act = { $kept | Send-WeChatMessage -To 王五 -Forward } }
            @{ name = 'a file'; cmdlet = 'SendWeChatFile'; act = { $kept | Send-WeChatFile -Content ([byte[]](1, 2)) -Name 'a.bin' } }
            @{ name = 'a revocation'; cmdlet = 'RevokeWeChatMessage'; act = { $receipt | Revoke-WeChatMessage } }
            @{ name = 'a mark'; cmdlet = 'SetWeChatContact'; act = { $kept | Set-WeChatContact -MarkRead } }
            @{ name = 'a friend'; cmdlet = 'AddWeChatFriend'; act = { $kept | Add-WeChatFriend } }
            @{ name = 'an acknowledgment'; cmdlet = 'CompleteWeChatMessage'; act = { $kept | Complete-WeChatMessage } }
        ) {
            $failure = Get-Failure $act
            $failure.FullyQualifiedErrorId | Should -Be "WeChat.NotConnected,WeChatPS.$cmdlet"
            "$failure" | Should -Match "'bot'.*-Session"
            Get-WeChatEmulatorRequest -After $asked -Endpoint $other.Endpoint |
                Where-Object Name -Match '^webwx(send|revoke|upload|statusnotify|verifyuser)' | Should -BeNullOrEmpty
        }

        It 'is answered by the account that the caller names by another session' {
            $null = Connect-WeChat -Name mine -Endpoint $mine.Endpoint -Login Qr @inMemory 6> $null
            ($kept | Send-WeChatMessage -Text 'answer' -Session mine).Session | Should -Be 'mine'
        }

        It 'is answered when its own account is back under the name' {
            Disconnect-WeChat
            $null = Connect-WeChat -Name bot -Endpoint $mine.Endpoint -Login Qr @inMemory 6> $null
            ($kept | Send-WeChatMessage -Text 'answer').To.Name | Should -Be '王五'
        }
    }

    Context 'when the current session is gone' {
        BeforeEach {
            $null = Connect-WeChat -Name one -Endpoint $mine.Endpoint -Login Qr @inMemory 6> $null
            $null = Connect-WeChat -Name two -Endpoint $other.Endpoint -Login Qr @inMemory 6> $null
        }

        It 'sends nothing from the only other one after <how>' -ForEach @(
            @{ how = 'Disconnect-WeChat'; act = { Disconnect-WeChat } }
            @{ how = 'Disconnect-WeChat by name'; act = { Disconnect-WeChat two } }
            @{ how = 'a logout'; act = { Disconnect-WeChat -Logout } }
            @{ how = 'a login that failed'; act = { try { Connect-WeChat -Name three -Endpoint $mine.Endpoint -Login Resume -Ephemeral } catch { } } }
        ) {
            & $act
            $failure = Get-Failure { Send-WeChatMessage filehelper 'for two' }
            $failure.FullyQualifiedErrorId | Should -Be 'WeChat.AmbiguousSession,WeChatPS.SendWeChatMessage'
            "$failure" | Should -Match "'t(wo|hree)'.*one"
            $failure.ErrorDetails.RecommendedAction | Should -Match '-Session'
            (Get-SentCount $mine), (Get-SentCount $other) -join ' ' | Should -Be ($sent -join ' ')
            (Send-WeChatMessage filehelper 'for one' -Session one).Session | Should -Be 'one'
        }

        It 'disconnects no other when it is disconnected twice' {
            Disconnect-WeChat
            (Get-Failure { Disconnect-WeChat }).FullyQualifiedErrorId | Should -Be 'WeChat.AmbiguousSession,WeChatPS.DisconnectWeChat'
            (Get-WeChatSession).Name | Should -Be 'one'
        }

        It 'goes on with the current one when another was disconnected' {
            Disconnect-WeChat one
            (Send-WeChatMessage filehelper 'for two').Session | Should -Be 'two'
        }

        It 'takes another one for current when Connect-WeChat names it' {
            Disconnect-WeChat
            $null = Connect-WeChat -Name one -Endpoint $mine.Endpoint -Ephemeral
            (Send-WeChatMessage filehelper 'for one').Session | Should -Be 'one'
        }
    }
}
