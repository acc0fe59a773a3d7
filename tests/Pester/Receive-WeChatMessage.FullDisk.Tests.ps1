Import-Module WeChatPS

# A disk of 16 MB in a mount namespace of its own, which is gone with the process that made it.
BeforeDiscovery {
    $canMount = $IsLinux -and (Get-Command unshare -ErrorAction Ignore) -and $(& unshare -m true *> $null; $LASTEXITCODE -eq 0)
}

Describe 'Receive-WeChatMessage, on a disk that fills up' {
    BeforeAll {
        $folder = [IO.Directory]::CreateTempSubdirectory('wechatps-disk-').FullName
        $emulator = Start-WeChatEmulator -HoldSec 5
        . ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'tools', 'build', 'engine.ps1'))
        $engine = Get-EngineCommand
        $module = (Get-Module WeChatPS).Path
    }

    AfterAll {
        Stop-WeChatEmulator
        [IO.Directory]::Delete($folder, $true)
    }

    It 'delivers the 6,000 messages that are there, says once what it cannot record, and goes on when there is space' -Skip:(-not $canMount) {
        $script = Join-Path $folder 'receive.ps1'
        Set-Content -LiteralPath $script @"
`$ErrorActionPreference = 'Stop'
function Fill { & sh -c "cat /dev/zero >> '$folder/store/other'" 2> `$null }
function Until([scriptblock] `$what) {
    `$end = [DateTime]::UtcNow.AddSeconds(120)
    while (-not (& `$what)) { if ([DateTime]::UtcNow -gt `$end) { throw "waited in vain: `$what" }; Start-Sleep -Milliseconds 100 }
}
Import-Module '$module'
`$session = Connect-WeChat -Name full -Endpoint $($emulator.Endpoint) -StorePath '$folder/store' -Login Qr -QrCode None -KeepAlive 6> `$null
`$text = 'x' * 600
1..6000 | ForEach-Object { "`$_ `$text" } | Send-WeChatEmulatorMessage -From 王五 -Endpoint $($emulator.Endpoint)
Until { `$session.PendingCount -ge 6000 }
Fill
`$numbers = [Collections.Generic.List[int]]::new()
Receive-WeChatMessage -From 王五 -MaxCount 6000 -TimeoutSec 120 -WarningVariable warned -WarningAction SilentlyContinue | ForEach-Object {
    `$numbers.Add(`$_.Text.Split(' ')[0])
    if (`$_.DeliveryCount -ne 1) { "message `$(`$numbers.Count) was delivered `$(`$_.DeliveryCount) times" }

    # Somebody else takes the space that the inbox has given up.
    if (`$numbers.Count -eq 1000) { Fill }
}
"in order: `$(-not (Compare-Object `$numbers (1..6000) -SyncWindow 0))"
"warned: `$(@(`$warned -match 'cannot be recorded').Count)"
Remove-Item '$folder/store/other'
'after' | Send-WeChatEmulatorMessage -From 王五 -Endpoint $($emulator.Endpoint)
(Receive-WeChatMessage -From 王五 -MaxCount 1 -TimeoutSec 120).Text
"state: `$(`$session.State)"
Disconnect-WeChat
"@
        $null = [IO.Directory]::CreateDirectory("$folder/store")
        $mount = "mount -t tmpfs -o size=16m none '$folder/store' && exec `"`$@`""
        $said = & unshare -m sh -c $mount sh @engine -NonInteractive -File $script
        $said | Should -Be @('in order: True', 'warned: 1', 'The session fetches messages again.', 'after', 'state: Online')
    }
}
