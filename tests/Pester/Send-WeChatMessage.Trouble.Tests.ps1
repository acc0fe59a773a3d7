Import-Module WeChatPS

# A pause of a minute and repetitions 15 s apart are played on another clock, in tests/WeChatPS.Tests.
Describe 'Send-WeChatMessage' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Directory]::CreateTempSubdirectory('wechatps-sends-').FullName
        function Assert-Paused {
            $now = Get-WeChatSession sends
            $now.State | Should -Be 'Degraded'
            $now.NextTry | Should -BeGreaterThan ([DateTimeOffset]::Now)
            $now.DegradedSince | Should -BeLessOrEqual ([DateTimeOffset]::Now)
            $now.DegradedReason | Should -Match '1205'
            $next = $now.NextTry.ToLocalTime().ToString('HH:mm:ss')
            $now | Out-String -Width 80 | Should -Match "Degraded.* 0 +0 $next"
            $now | Format-List | Out-String | Should -Match 'QueuedCount *: 0'
        }
        $session = Connect-WeChat -Name sends -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store -SendInterval 0 6> $null
    }

    BeforeEach { $after = (Get-WeChatEmulator).Requests }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        [IO.Directory]::Delete($store, $true)
    }

    It 'says what the server said (<code>)' -ForEach @(
        @{ code = -1; id = 'Refused' }, @{ code = -14; id = 'Refused' }, @{ code = 4711; id = 'Refused' }
        @{ code = 1203; id = 'AccountRestricted' }, @{ code = 1204; id = 'ReceiverNotAllowed' }
    ) {
        $null = Add-WeChatEmulatorFault webwxsendmsg Ret -Code $code -Text '操作太频繁 <b>' -Count 1
        $failure = $null
        try { $null = Send-WeChatMessage 王五 'x' -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be "WeChat.$id,WeChatPS.SendWeChatMessage"
        $failure.Exception.ServerCode | Should -Be $code
        "$failure" | Should -Match ([regex]::Escape("(code $code)"))
        "$failure" | Should -Match '操作太频繁 <b>'
        if ($id -eq 'Refused') { "$failure" | Should -Match 'webwxsendmsg' }
        @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).Count | Should -Be 1
    }

    It 'waits no longer than it may while the server wants less traffic, and after the next connect neither' {
        $null = Add-WeChatEmulatorFault webwxsendmsg Ret -Code 1205 -Count 1
        foreach ($name in '王五', '李四') {
            { Send-WeChatMessage $name 'x' -TimeoutSec 1 -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Throttled,WeChatPS.SendWeChatMessage'
        }
        @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).Count | Should -Be 1
        Assert-Paused
        Disconnect-WeChat
        $null = Connect-WeChat -Name sends -Endpoint $emulator.Endpoint -Login Resume -StorePath $store -SendInterval 0
        Assert-Paused
        { Send-WeChatMessage 王五 'x' -TimeoutSec 1 -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Throttled,WeChatPS.SendWeChatMessage'
        @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).Count | Should -Be 1
    }
}
