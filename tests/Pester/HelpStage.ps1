# Where the examples of the help play: an emulator, a connected session, a folder with files, and a few messages that wait.

$stage = @{ Root = $null; Folder = $null; Store = $null; Home = $null; Emulator = $null; Defaults = @{} }

function Initialize-Stage {
    $stage.Root = [IO.Directory]::CreateTempSubdirectory('WeChatPS-stage-').FullName
    $stage.Folder = [IO.Path]::Combine($stage.Root, 'files')
    $stage.Store = [IO.Path]::Combine($stage.Root, 'sessions')
    $stage.Home = $PWD.ProviderPath
}

# What an example has changed is put right; where that is not possible, everything begins anew.
function Reset-Stage {
    if (-not (Test-Stage)) { Build-Stage }
    Set-Location $stage.Folder
    $PSDefaultParameterValues = $stage.Defaults
    Remove-WeChatEmulatorFault
    $null = Receive-WeChatMessage -NoWait
    Send-WeChatEmulatorMessage '在吗？' -From 张三
    Send-WeChatEmulatorMessage "@我$([char]0x2005) 磁盘 92% 了" -From 赵六 -Group 运维群
    Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName 周报.txt
}

function Test-Stage {
    $emulators = @(Get-WeChatEmulator)
    $sessions = @(Get-WeChatSession)
    if ($emulators.Count -ne 1 -or $sessions.Count -ne 1 -or $sessions[0].Name -ne 'default' -or $sessions[0].State -ne 'Online') { return $false }
    $changes = 'webwxoplog', 'webwxupdatechatroom', 'webwxcreatechatroom', 'webwxverifyuser', 'webwxlogout'
    $emulators[0].Endpoint -eq $stage.Emulator -and -not (Get-WeChatEmulatorRequest | Where-Object Name -in $changes)
}

function Build-Stage {
    Clear-Stage
    $null = [IO.Directory]::CreateDirectory($stage.Folder)
    foreach ($name in 'report.pdf', 'screenshot.png', 'backup.log') { [IO.File]::WriteAllText([IO.Path]::Combine($stage.Folder, $name), $name) }
    $stage.Emulator = (Start-WeChatEmulator -HoldSec 1).Endpoint
    # A bare Connect-WeChat means the emulator, and a stream that nothing ends does not go on for ever.
    $stage.Defaults = @{
        'Connect-WeChat:Endpoint' = $stage.Emulator; 'Connect-WeChat:StorePath' = $stage.Store; 'Connect-WeChat:SendInterval' = 0
        'Receive-WeChatMessage:TimeoutSec' = 0.5; 'Remove-WeChatSession:StorePath' = $stage.Store
    }
    $PSDefaultParameterValues = $stage.Defaults
    $null = Connect-WeChat -Login Qr -QrCode None 6> $null
}

function Clear-Stage {
    Set-Location $stage.Home
    Get-WeChatSession | Disconnect-WeChat
    Get-WeChatEmulator | Stop-WeChatEmulator
    foreach ($folder in $stage.Store, $stage.Folder) {
        if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
    }
}

function Remove-Stage {
    Clear-Stage
    [IO.Directory]::Delete($stage.Root, $true)
}
