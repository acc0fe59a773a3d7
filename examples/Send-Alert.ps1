<#
.SYNOPSIS
Sends alerts to a WeChat contact or group, one message for each piped line.

.DESCRIPTION
The script resumes the saved session, sends one message for each line until the input ends, and then disconnects. WeChat may restrict accounts that send
hundreds of messages an hour. Therefore the script sends up to -MaxPerMinute lines a minute and holds back the rest. One message then says how many lines
were held back. If a line cannot be sent, the script writes the error to standard error and continues with the next line.

Exit codes (0 if every line was sent or held back, otherwise the code of the last line that failed):

  1  another error occurred; its message is on standard error
  2  a person has to log in
  3  the account was logged out while the script ran
  4  WeChat cannot be reached, or throttles the session; try again later

.EXAMPLE
Get-WinEvent -LogName System -MaxEvents 20 | Where-Object Level -LE 2 | ForEach-Object Message | ./Send-Alert.ps1 -To 运维群

.EXAMPLE
journalctl --follow --lines 0 --priority err --output cat | pwsh -NoProfile -NonInteractive -File ./Send-Alert.ps1 -To 运维群
#>
[CmdletBinding()]
param(
    # The text of an alert.
    [Parameter(ValueFromPipeline)] [AllowEmptyString()] [string] $Alert,
    # The recipient: the name, remark or id of a contact or group.
    [Parameter(Mandatory)] [string] $To,
    # The text at the beginning of each message.
    [string] $Prefix = "[$([Environment]::MachineName)] ",
    # The number of lines that are sent in a minute.
    [int] $MaxPerMinute = 10,
    # The name of the session, and the folder where it is saved.
    [string] $Name = 'default',
    [string] $StorePath,
    # A server other than WeChat's own, such as an emulator.
    [uri] $Endpoint
)

begin {
    # pwsh -File reads the standard input only if the script contains $input.
    $null = $input
    $ErrorActionPreference = 'Stop'
    $code = $sent = $heldBack = 0
    $minute = [Diagnostics.Stopwatch]::StartNew()

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
