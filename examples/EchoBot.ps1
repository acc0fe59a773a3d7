# Answers every text that a friend writes with the same text, until it is stopped. Connect-WeChat comes first.
# For trying with the emulator: with a real account every friend who writes gets an echo.
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
