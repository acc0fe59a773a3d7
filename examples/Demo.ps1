# The offline tour: everything happens on this machine, between the module and the emulator. It needs no account and no network.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
Import-Module -Name WeChatPS

# Each step has a heading and the commands to run.
$tour = @(
    'Start the emulator. With your own account, leave out this step and -Endpoint below.', {
        $emulator = Start-WeChatEmulator -HoldSec 5
        $emulator
    }
    'Log in. The QR code is for a phone; the emulator''s phone scans and confirms it.', {
        Connect-WeChat -Name tour -Endpoint $emulator.Endpoint -Login Qr -StorePath $store
    }
    'List the contacts, and the members of a group.', {
        Get-WeChatContact -Kind Friend, Group
        Get-WeChatGroupMember 运维群
    }
    'The long poll: the server holds the request until there are changes. Here 张三 sends a message, which stays on the server.', {
        Send-WeChatEmulatorMessage '在吗？今晚的发布几点开始？' -From 张三
        Wait-WeChatSync
    }
    'Other contacts send messages too, in a group and alone.', {
        Send-WeChatEmulatorMessage "@我$([char]0x2005) 磁盘 92% 了 😱 <看一下>" -From 赵六 -Group 运维群
        Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName '周报 (final).txt'
        Send-WeChatEmulatorMessage "好`n两行" -From '孙七 <ops>' -Group 运维群
    }
    'Receive the messages as objects. The script replies to three of them.', {
        Receive-WeChatMessage -NoWait | ForEach-Object {
            $_
            if ($_.MentionsMe) { $_ | Send-WeChatMessage -Text "收到，$($_.Sender.Name)，马上看" }
            elseif ($_.Text -match '几点') { $_ | Send-WeChatMessage -Text '八点 🌙' }
            elseif ($_.Kind -eq 'File') { $_ | Send-WeChatMessage -Text "收到 $($_.Content.Name)（$($_.Content.Size) 字节）" }
        }
    }
    'An image and a file arrive. Save both under names that are safe on this machine.', {
        Send-WeChatEmulatorMessage -From 赵六 -Group 运维群 -Kind Image
        Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName '..\机房: 平面图.txt'
        Receive-WeChatMessage -NoWait -Kind Image, File | Save-WeChatMedia $media -PassThru | Format-Table -Property Name, Length
    }
    'Receiving ends when Select-Object -First stops the pipeline, or at -TimeoutSec. Later messages stay in the inbox.', {
        Send-WeChatEmulatorMessage '第 {n} 条' -From 王五 -Count 3
        Receive-WeChatMessage -From 王五 | Select-Object -First 2
        Receive-WeChatMessage -TimeoutSec 1
    }
    'A fault: the connection is reset twice. The session writes a warning, recovers, and loses no message.', {
        $null = Add-WeChatEmulatorFault synccheck Reset -Count 2
        Send-WeChatEmulatorMessage '断线时写的' -From 张三
        Receive-WeChatMessage -MaxCount 1 -TimeoutSec 20
    }
    'Send to a contact by name, to a group, and to File Transfer on your phone.', {
        Send-WeChatMessage 王五 '午饭？'
        '磁盘清好了', '现在 41%' | Send-WeChatMessage -To 运维群
        Send-WeChatMessage filehelper 'Backup done.' -WhatIf
    }
    'Send an image and a file. The first bytes decide the type. A file is uploaded once for all recipients.', {
        $picture = [System.IO.Path]::Combine($store, '截图 🌙.png')
        [System.IO.File]::WriteAllBytes($picture, [System.Convert]::FromBase64String(
                'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))
        Send-WeChatFile 王五, 运维群 $picture
        Send-WeChatFile 运维群 (Get-Module -Name WeChatPS).Path
    }
    'Mention a group member, forward the sent message, and recall it.', {
        $sent = Send-WeChatMessage 运维群 '请看附件' -Mention 赵六
        $sent | Send-WeChatMessage -To 张三 -Forward
        $sent | Revoke-WeChatMessage -Verbose
    }
    'An error has a message for people and an id for scripts.', {
        try { Send-WeChatMessage 赵四 '在吗' -ErrorAction Stop }
        catch { "$($_.FullyQualifiedErrorId)  $_" }
    }
    'Resume the saved session later, without a QR code. Messages that arrived meanwhile are delivered.', {
        Disconnect-WeChat
        Send-WeChatEmulatorMessage '你不在的时候写的' -From 张三
        Connect-WeChat -Name tour -Endpoint $emulator.Endpoint -StorePath $store
        Receive-WeChatMessage -NoWait
    }
    'Show the requests that the emulator received.', {
        Get-WeChatEmulatorRequest | Group-Object -Property Name | Sort-Object -Property Count -Descending | Format-Table -Property Count, Name
    }
    'Log out and clean up.', {
        Disconnect-WeChat -Logout
        Stop-WeChatEmulator
    }
)

$store = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'WeChatPS-demo-' + [System.Guid]::NewGuid().ToString('N'))
$media = [System.IO.Path]::Combine($store, 'media')
$clock = [System.Diagnostics.Stopwatch]::StartNew()
try {
    Write-Host 'WeChatPS, offline: a WeChat server in this process, a phone that scans automatically, and four contacts who send messages.'

    for ($step = 0; $step -lt $tour.Count; $step += 2) {
        $heading, $command = $tour[$step, ($step + 1)]
        Write-Host "`n# $heading" -ForegroundColor Green
        # Each statement runs on its own, as at the prompt.
        foreach ($statement in $command.Ast.EndBlock.Statements) {
            $lines = $statement.Extent.Text -split '\r?\n' -replace '^ {8}'
            Write-Host ('PS> ' + ($lines -join "`n>>  ")) -ForegroundColor Cyan
            . ([scriptblock]::Create($statement.Extent.Text)) | Out-Default
        }
    }

    Write-Host ("`nDone in {0:0.0} s. Next: README.md, or ./build.sh shell and Start-WeChatEmulator -Chatty." -f $clock.Elapsed.TotalSeconds)
}
finally {
    Get-WeChatSession | Disconnect-WeChat
    Get-WeChatEmulator | Stop-WeChatEmulator
    if ([System.IO.Directory]::Exists($store)) { [System.IO.Directory]::Delete($store, $true) }
}
