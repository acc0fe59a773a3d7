<#
.SYNOPSIS
Archives what was written since the last run and reports the count. Made to run unattended.

.DESCRIPTION
Resumes the saved session, appends each message that is there to a file as one line of JSON, sends a line to somebody, and releases the session
again. Each message leaves the session's inbox when its line is in the file, so that a run that breaks off loses nothing: the next one goes on there.
The file holds what others wrote: on Linux and macOS it is created readable by its owner alone; on Windows choose a folder that others cannot read.

What became of it is the exit code, for whatever runs it:

  0  done
  1  something else failed; the words are on the standard error
  2  somebody has to log in: run Connect-WeChat once, as the same user, where a code can be scanned
  3  the account was logged out while it ran
  4  WeChat cannot be reached, or asks for less traffic; the saved session is as it was, try again later

Log in once as the user that the task will run as; on Windows the saved session opens for that account alone:

  Connect-WeChat

Below, name pwsh by its full path where it is another one: (Get-Command pwsh).Source.

Task Scheduler (Windows), every night at three and, in case the network was away, at four, with the password stored:

  $action = New-ScheduledTaskAction -Execute 'C:\Program Files\PowerShell\7\pwsh.exe' -Argument '-NoProfile -NonInteractive -File C:\Tasks\NightlyTask.ps1 -Archive C:\Tasks\wechat.jsonl'
  $triggers = '3am', '4am' | ForEach-Object { New-ScheduledTaskTrigger -Daily -At $_ }
  $login = Get-Credential "$env:USERDOMAIN\$env:USERNAME"
  Register-ScheduledTask -TaskName 'WeChat archive' -Action $action -Trigger $triggers -User $login.UserName -Password $login.GetNetworkCredential().Password

systemd (Linux), as files in ~/.config/systemd/user; then systemctl --user enable --now wechat-archive.timer, and loginctl enable-linger:

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

cron, where mail tells of what is on the standard error:

  0 3 * * * /usr/bin/pwsh -NoProfile -NonInteractive -File $HOME/tasks/NightlyTask.ps1 -Archive $HOME/tasks/wechat.jsonl

.EXAMPLE
./NightlyTask.ps1 -Archive ./wechat.jsonl -ReportTo 文件传输助手
#>
[CmdletBinding()]
param(
    # The file that gets a line for every message.
    [Parameter(Mandatory)] [string] $Archive,
    # Who is told how many there were; the account's own file helper unless given.
    [string] $ReportTo = 'filehelper',
    # The session, and where it is saved.
    [string] $Name = 'default',
    [string] $StorePath,
    # Another server than WeChat's, such as the emulator's.
    [uri] $Endpoint
)
$ErrorActionPreference = 'Stop'

# By the error's id: words may change, ids do not.
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
