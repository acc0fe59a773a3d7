Import-Module WeChatPS

# A disk of 64 KB, all of it taken, in a mount namespace of its own, which is gone with the process that made it.
BeforeDiscovery {
    $canMount = $IsLinux -and (Get-Command unshare -ErrorAction Ignore) -and $(& unshare -m true *> $null; $LASTEXITCODE -eq 0)
}

Describe 'Connect-WeChat, on a full disk' {
    BeforeAll {
        $folder = [IO.Directory]::CreateTempSubdirectory('wechatps-disk-').FullName
        $emulator = Start-WeChatEmulator -HoldSec 1
        . ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'tools', 'build', 'engine.ps1'))
        $engine = Get-EngineCommand
        $module = (Get-Module WeChatPS).Path
    }

    AfterAll {
        Stop-WeChatEmulator
        [IO.Directory]::Delete($folder, $true)
    }

    It 'asks nobody for a login that could not be saved' -Skip:(-not $canMount) {
        $script = Join-Path $folder 'connect.ps1'
        Set-Content -LiteralPath $script @"
try {
    Import-Module '$module'
    Connect-WeChat -Name full -Endpoint $($emulator.Endpoint) -StorePath '$folder/store' -Login Qr -QrCode None 6> `$null
} catch { "`$(`$_.FullyQualifiedErrorId) `$_" }
"@
        $null = [IO.Directory]::CreateDirectory("$folder/store")
        $mount = "mount -t tmpfs -o size=64k none '$folder/store' && head -c 65536 /dev/zero > '$folder/store/other' && exec `"`$@`""
        $said = & unshare -m sh -c $mount sh @engine -NonInteractive -File $script
        "$said" | Should -Match '^WeChat\.FileUnavailable,WeChatPS\.ConnectWeChat .*full.*no login was started'
        Get-WeChatEmulatorRequest jslogin | Should -BeNullOrEmpty
    }
}
