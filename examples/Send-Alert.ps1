<#
.SYNOPSIS
Forwards alerts to somebody on WeChat, one message for each line that is piped in.

.DESCRIPTION
Resumes the saved session and sends what comes for as long as something comes, then releases the session. WeChat restricts accounts that send hundreds
of messages an hour: of more than -MaxPerMinute lines in a minute the rest is held back, and one message says how many were. A line that could not be
sent is told on the standard error, and the next one is tried.

The exit code is 0 when every line went out or was held back; otherwise that of the last one that did not:

  1  something else failed; the words are on the standard error
  2  somebody has to log in
  3  the account was logged out while it ran
  4  WeChat cannot be reached, or asks for less traffic; try again later

.EXAMPLE
Get-WinEvent -LogName System -MaxEvents 20 | Where-Object Level -LE 2 | ForEach-Object Message | ./Send-Alert.ps1 -To 运维群

.EXAMPLE
journalctl --follow --lines 0 --priority err --output cat | pwsh -NoProfile -NonInteractive -File ./Send-Alert.ps1 -To 运维群
#>
[CmdletBinding()]
param(
    # The alert.
    [Parameter(ValueFromPipeline)] [AllowEmptyString()] [string] $Alert,
    # Who gets it: a group, a contact, by name, remark or id.
    [Parameter(Mandatory)] [string] $To,
    # What each message begins with.
    [string] $Prefix = "[$([Environment]::MachineName)] ",
    # So many lines go out in a minute.
    [int] $MaxPerMinute = 10,
    # The session, and where it is saved.
    [string] $Name = 'default',
    [string] $StorePath,
    # Another server than WeChat's, such as the emulator's.
    [uri] $Endpoint
)

begin {
    # pwsh -File reads the standard input only for a script that speaks of $input somewhere.
    $null = $input
    $ErrorActionPreference = 'Stop'
    $code = $sent = $heldBack = 0
    $minute = [Diagnostics.Stopwatch]::StartNew()

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

    function Stop-Alert($Failure) {
        [Console]::Error.WriteLine("$($Failure.FullyQualifiedErrorId): $Failure")
        if (Get-WeChatSession) { Disconnect-WeChat }
        exit (Get-ExitCode $Failure)
    }

    function Send-Line([string] $Line) {
        try {
            $null = Send-WeChatMessage -To $To -Text ($Prefix + $Line)
        }
        catch {
            if ((Get-ExitCode $_) -in 2, 3) { Stop-Alert $_ }
            [Console]::Error.WriteLine("$($_.FullyQualifiedErrorId): $_")
            $script:code = Get-ExitCode $_
        }
    }

    try {
        Import-Module -Name WeChatPS
        $connection = @{ Name = $Name; NonInteractive = $true; KeepAlive = $true }
        if ($StorePath) { $connection.StorePath = $StorePath }
        if ($Endpoint) { $connection.Endpoint = $Endpoint }
        $null = Connect-WeChat @connection
    }
    catch {
        Stop-Alert $_
    }
}

process {
    if ($Alert.Length -eq 0) { return }
    if ($minute.Elapsed.TotalMinutes -ge 1) {
        if ($heldBack) { Send-Line "$heldBack more alerts were held back." }
        $sent = $heldBack = 0
        $minute.Restart()
    }
    if ($sent -lt $MaxPerMinute) { $sent++; Send-Line $Alert } else { $heldBack++ }
}

end {
    if ($heldBack) { Send-Line "$heldBack more alerts were held back." }
    Disconnect-WeChat
    exit $code
}
