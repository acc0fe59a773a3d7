# Answers every text that a friend writes with the same text, until it is stopped. Connect-WeChat comes first.
[CmdletBinding()]
param(
    # The session to use; without it the connected one.
    [string] $Session,
    # Ends after so many answers.
    [int] $MaxCount,
    # Ends after so many seconds.
    [double] $TimeoutSec
)
$ErrorActionPreference = 'Stop'

Receive-WeChatMessage -FromKind Friend -Kind Text @PSBoundParameters | ForEach-Object { $_ | Send-WeChatMessage -Text $_.Text }
