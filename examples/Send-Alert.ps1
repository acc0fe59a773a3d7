<#
.SYNOPSIS
Forwards alerts to somebody on WeChat, one message for each line that is piped in.

.DESCRIPTION
Resumes the saved session and sends what comes, at WeChat's pace, for as long as something comes. A line that could not be sent is told on the
standard error, and the next one is tried. The exit code is 0 when every line went out, 1 when one did not, and as for NightlyTask.ps1
otherwise: 2 somebody has to log in, 3 logged out in the midst of it, 4 WeChat cannot be reached.

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
    $code = 0

    # By the error's id: words may change, ids do not.
    function Get-ExitCode($Failure) {
        switch -Wildcard ($Failure.FullyQualifiedErrorId) {
            'WeChat.LoginRequired,*' { return 2 }
            'WeChat.LoggedOut,*' { return 3 }
            'WeChat.SessionExpired,*' { return 3 }
            'WeChat.Unreachable,*' { return 4 }
        }
        1
    }

    function Stop-Alert($Failure) {
        [Console]::Error.WriteLine("$($Failure.FullyQualifiedErrorId): $Failure")
        if (Get-WeChatSession) { Disconnect-WeChat }
        exit (Get-ExitCode $Failure)
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
    try {
        $null = Send-WeChatMessage -To $To -Text ($Prefix + $Alert)
    }
    catch {
        if ((Get-ExitCode $_) -in 2, 3) { Stop-Alert $_ }
        [Console]::Error.WriteLine("$($_.FullyQualifiedErrorId): $_")
        $code = Get-ExitCode $_
    }
}

end {
    Disconnect-WeChat
    exit $code
}
