# The package as people get it: installed into a home of its own, used, updated and uninstalled, each step in a fresh PowerShell.
# Home, temporary folder and module path hold spaces and Chinese characters. The tests do this once, here: elsewhere paths are plain.
BeforeDiscovery {
    # On Windows modules are installed into the real Documents folder, whatever HOME says. A machine that is thrown away does not mind.
    $skip = $IsWindows -and -not $env:CI
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Engine.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'Package01.ps1'))
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $version = (Import-PowerShellDataFile -LiteralPath (Join-Path $root 'output' 'WeChatPS' 'WeChatPS.psd1')).ModuleVersion

    function Get-InstallLines([string]$Readme) {
        $blocks = [regex]::Matches((Get-Content -LiteralPath (Join-Path $root $Readme) -Raw), '(?ms)^```powershell\r?\n(.*?)^```').ForEach{ $_.Groups[1].Value }
        $blocks.Where{ $_ -match 'Install-PSResource' }.Replace("`r", '')
    }

    function New-Home {
        $new = Join-Path ([IO.Path]::GetTempPath()) "WeChatPS 的 新家 $([Guid]::NewGuid().ToString('N'))"
        $null = New-Item -ItemType Directory -Path (Join-Path $new '临时 文件')
        $new
    }

    # Runs the lines in a fresh PowerShell at that home, in the repository's root, and returns the object that they end with.
    function Invoke-AtHome([string]$At, [string]$Lines, [string[]]$EngineWrapper) {
        $temporary = Join-Path $At '临时 文件'
        $EngineEnvironment = @{
            HOME = $At; USERPROFILE = $At; TMPDIR = $temporary; TEMP = $temporary; TMP = $temporary
            PSModulePath = $null; XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; XDG_CACHE_HOME = $null
        }
        $script = Join-Path $temporary '脚本 1.ps1'
        [IO.File]::WriteAllText($script, "`$ErrorActionPreference = 'Stop'`nSet-Location -LiteralPath '$root'`n& {`n$Lines`n} | ConvertTo-Json -Compress -EscapeHandling EscapeNonAscii")
        $run = Invoke-Engine -File $script
        $run.ExitCode | Should -Be 0 -Because $run.Error
        if ($run.Output) { $run.Output | ConvertFrom-Json }
    }

    # A session of somebody who has just installed the module: the first cmdlet typed is the one that loads it.
    $firstSession = @'
        $emulator = Start-WeChatEmulator
        $null = Connect-WeChat -Name "first-$PID" -Endpoint $emulator.Endpoint -Login Qr 6> $null
        Send-WeChatEmulatorMessage -From 王五 -Text '在吗？'
        $message = Receive-WeChatMessage | Select-Object -First 1
        $receipt = $message | Send-WeChatMessage -Text '在。'
        $file = New-Item -Path ([IO.Path]::GetTempPath()) -Name '附 件.txt' -Value 'text' -Force
        $upload = Send-WeChatFile -To 王五 -Path $file.FullName
        Disconnect-WeChat
        $base = (Get-Module WeChatPS).ModuleBase
        @{
            Base = $base
            Temporary = [IO.Path]::GetTempPath()
            Text = $message.Text
            Sent = [bool]$receipt.MessageId -and [bool]$upload.MessageId
            Saved = @(Get-WeChatSession -Saved).Count
            Writable = [bool](New-Item -Path $base -Name probe -ErrorAction Ignore)
            Help = (Get-Help Connect-WeChat -Full).Synopsis, [string](Get-Help about_WeChatPS)
        }
'@
}

Describe 'The package, installed as the README says' -Skip:$skip {
    BeforeAll {
        $place = New-Home
        $lines = 'README.md', 'README.zh-CN.md' | ForEach-Object { Get-InstallLines $_ }
        $installed = Invoke-AtHome $place ($lines[0] + @'
            [cultureinfo]::CurrentUICulture = 'zh-CN'
            @{
                Versions = @((Get-PSResource WeChatPS).ForEach{ "$($_.Name) $($_.Version)" })
                Repositories = @((Get-PSResourceRepository).Name)
                Help = (Get-Help Connect-WeChat -Full).Synopsis, [string](Get-Help about_WeChatPS)
            }
'@)
        $use = Invoke-AtHome $place $firstSession
    }

    AfterAll { Remove-Item -LiteralPath $place -Recurse -Force }

    It 'takes the same three lines in both languages' {
        $lines.Count | Should -Be 2
        $lines[1] | Should -Be $lines[0]
        @($lines[0].Trim() -split '\n').Count | Should -Be 3
    }

    It 'is there in its version, and the folder it came from is no repository any more' {
        $installed.Versions | Should -Be "WeChatPS $version"
        $installed.Repositories | Should -Not -Contain 'WeChatPS'
    }

    It 'is loaded by the first cmdlet typed' {
        $use.Base | Should -BeLike "*WeChatPS*$version"
        if (-not $IsWindows) { $use.Base | Should -BeLike "$place*" }
    }

    It 'has a session that is saved' {
        $use.Text | Should -Be '在吗？'
        $use.Sent | Should -BeTrue
        $use.Saved | Should -Be 1
        $use.Temporary | Should -BeLike '*临时 文件*'
    }

    It 'has help in both languages' {
        foreach ($text in $use.Help) { $text | Should -Match '\ba\b.*WeChat' }
        foreach ($text in $installed.Help) { $text | Should -Match '微信' }
    }

    It 'works from a folder that cannot be written' {
        # A mode says nothing to root, so the folder is mounted read-only, in a mount namespace that ends with the process.
        $readOnly = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
        $namespace = 'unshare', '--user', '--map-root-user', '--mount'
        if ((Get-Command unshare -ErrorAction Ignore) -and (id -u) -eq 0) { $namespace = 'unshare', '--mount' }
        $wrapper = $namespace + 'sh' + '-c' + $readOnly + 'sh' + $use.Base
        $possible = if (Get-Command unshare -ErrorAction Ignore) { $command, $arguments = $wrapper; & $command @arguments true 2> $null; $LASTEXITCODE -eq 0 }
        if (-not $possible) { Set-ItResult -Skipped -Because 'no folder can be mounted read-only here'; return }
        $again = Invoke-AtHome $place $firstSession -EngineWrapper $wrapper
        $again.Writable | Should -BeFalse
        $again.Base | Should -Be $use.Base
        $again.Text | Should -Be '在吗？'
        $again.Sent | Should -BeTrue
        $use.Writable | Should -BeTrue -Because 'the same line writes where nothing is mounted'
    }

    It 'is uninstalled without a rest' {
        Invoke-AtHome $place 'Uninstall-PSResource WeChatPS -Version *; @{ Left = @(Get-Command Connect-WeChat -ErrorAction Ignore).Count }' | ForEach-Object Left | Should -Be 0
        Test-Path -LiteralPath $use.Base | Should -BeFalse
    }
}

Describe 'An update from version 0.1' -Skip:$skip {
    It 'resumes the session that 0.1 saved, and delivers what arrived meanwhile' {
        $earlier = Get-Package01
        if (-not $earlier) { Set-ItResult -Skipped -Because 'the commit of version 0.1 is not in the history here'; return }
        $place = New-Home
        Import-Module WeChatPS
        $emulator = Start-WeChatEmulator
        try {
            $before = Invoke-AtHome $place @"
                Register-PSResourceRepository -Name Earlier -Uri '$(Split-Path $earlier)' -Trusted
                Install-PSResource WeChatPS -Repository Earlier
                Unregister-PSResourceRepository Earlier
                `$null = Connect-WeChat -Endpoint $($emulator.Endpoint) -Login Qr 6> `$null
                Disconnect-WeChat
                @{ Version = [string](Get-Module WeChatPS).Version }
"@
            $before.Version | Should -Be '0.1.0'
            Send-WeChatEmulatorMessage -From 王五 -Text '更新了吗？'
            $after = Invoke-AtHome $place @"
                $(Get-InstallLines README.md)
                `$session = Connect-WeChat -Endpoint $($emulator.Endpoint) -NonInteractive
                `$texts = @(Receive-WeChatMessage -NoWait | ForEach-Object Text)
                @{ Version = [string](Get-Module WeChatPS).Version; User = `$session.User; Texts = `$texts; Sent = [bool](Send-WeChatMessage 王五 '更新了。').MessageId }
"@
            $after.Version | Should -Be $version
            $after.Texts | Should -Contain '更新了吗？'
            $after.Sent | Should -BeTrue
            @(Get-WeChatEmulatorRequest jslogin).Count | Should -Be 1 -Because 'the saved session was resumed: nobody scanned again'
        } finally {
            Stop-WeChatEmulator
            Remove-Item -LiteralPath $place -Recurse -Force
        }
    }
}
