<#
.SYNOPSIS
Archives the messages since the last run and reports their number. The script runs unattended.

.DESCRIPTION
The script resumes the saved session and appends each pending message to a file, as one line of JSON. It then sends the number of messages to a contact
and disconnects. A message stays in the session's inbox until its line is in the file. Therefore an interrupted run loses no message, and the next run
continues there. The file contains messages from other people. On Linux and macOS, only its owner can read it. On Windows, choose a folder that others
cannot read.

Exit codes:

  0  the task succeeded
  1  another error occurred; its message is on standard error
  2  a person has to log in: run Connect-WeChat once, as the same user, and scan the QR code
  3  the account was logged out while the script ran
  4  WeChat cannot be reached, or throttles the session; the saved session did not change, try again later

Log in once, as the user that runs the task. On Windows, only this user can read the saved session:

  Connect-WeChat

In the following commands, replace the path of pwsh if yours is different. To get it, run (Get-Command pwsh).Source.

Task Scheduler (Windows): every night at three and, in case the network was unavailable, again at four, with a stored password:

  $action = New-ScheduledTaskAction -Execute 'C:\Program Files\PowerShell\7\pwsh.exe' -Argument '-NoProfile -NonInteractive -File C:\Tasks\NightlyTask.ps1 -Archive C:\Tasks\wechat.jsonl'
  $triggers = '3am', '4am' | ForEach-Object { New-ScheduledTaskTrigger -Daily -At $_ }
  $login = Get-Credential "$env:USERDOMAIN\$env:USERNAME"
  Register-ScheduledTask -TaskName 'WeChat archive' -Action $action -Trigger $triggers -User $login.UserName -Password $login.GetNetworkCredential().Password

systemd (Linux): create these files in ~/.config/systemd/user. Then run systemctl --user enable --now wechat-archive.timer, and loginctl enable-linger:

  # wechat-archive.service
  [Unit]
  StartLimitIntervalSec=2h
  StartLimitBurst=4
  [Service]
  Type=oneshot
  ExecStart=/usr/bin/pwsh -NoProfile -NonInteractive -File %h/tasks/NightlyTask.ps1 -Archive %h/tasks/wechat.jsonl
  Restart=on-failure
  RestartSec=10min
  RestartPreventExitStatus=1 2 3

  # wechat-archive.timer
  [Timer]
  OnCalendar=*-*-* 03:00
  Persistent=true
  [Install]
  WantedBy=timers.target

cron: mail reports the messages on standard error:

  0 3 * * * /usr/bin/pwsh -NoProfile -NonInteractive -File $HOME/tasks/NightlyTask.ps1 -Archive $HOME/tasks/wechat.jsonl

.EXAMPLE
./NightlyTask.ps1 -Archive ./wechat.jsonl -ReportTo 文件传输助手
#>
[CmdletBinding()]
param(
    # The file to which the script appends one line for each message.
    [Parameter(Mandatory)] [string] $Archive,
    # The recipient of the number of messages; by default, File Transfer (filehelper).
    [string] $ReportTo = 'filehelper',
    # The name of the session, and the folder where it is saved.
    [string] $Name = 'default',
    [string] $StorePath,
    # A server other than WeChat's own, such as an emulator.
    [uri] $Endpoint
)
$ErrorActionPreference = 'Stop'

# The error id decides, because messages can change but ids do not.
function Get-ExitCode($Failure) {
    switch -Wildcard ($Failure.FullyQualifiedErrorId) {
        'WeChat.LoginRequired,*' { return 2 }
        'WeChat.LoggedOut,*' { return 3 }
        'WeChat.SessionExpired,*' { return 3 }
        'WeChat.Unreachable,*' { return 4 }
        'WeChat.Throttled,*' { return 4 }
    }
    1
}

function Add-Line([string] $Line) {
    $options = [IO.FileStreamOptions]@{ Mode = 'Append'; Access = 'Write' }
    if (-not $IsWindows) { $options.UnixCreateMode = 'UserRead, UserWrite' }
    $writer = [IO.StreamWriter]::new($Archive, $options)
    try { $writer.Write("$Line`n") } finally { $writer.Dispose() }
}

try {
    Import-Module -Name WeChatPS
    $connection = @{ Name = $Name; NonInteractive = $true }
    if ($StorePath) { $connection.StorePath = $StorePath }
    if ($Endpoint) { $connection.Endpoint = $Endpoint }
    $null = Connect-WeChat @connection
    try {
        $count = 0
        Receive-WeChatMessage -NoWait | ForEach-Object {
            $line = [ordered]@{
                time = $_.Time.ToString('o'); kind = "$($_.Kind)"; group = $_.Group.Name; from = "$(($_.Sender ?? $_.From).Name)"; text = $_.Text
            }
            Add-Line (ConvertTo-Json $line -Compress)
            $count++
        }
        $null = Send-WeChatMessage -To $ReportTo -Text "$count messages archived."
    }
    finally {
        Disconnect-WeChat
    }
}
catch {
    [Console]::Error.WriteLine("$($_.FullyQualifiedErrorId): $_")
    exit (Get-ExitCode $_)
}
exit 0
