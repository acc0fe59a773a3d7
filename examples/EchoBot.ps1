# Replies to every text from a friend with the same text, until you stop the script. Run Connect-WeChat first.
# Use this script with the emulator: with a real account, every friend who sends a text gets a reply.
[CmdletBinding()]
param(
    # The session to use; by default, the only connected session.
    [string] $Session,
    # The script ends after this number of replies.
    [int] $MaxCount,
    # The script ends after this number of seconds.
    [double] $TimeoutSec
)
$ErrorActionPreference = 'Stop'

Receive-WeChatMessage -FromKind Friend -Kind Text @PSBoundParameters | ForEach-Object { $_ | Send-WeChatMessage -Text $_.Text }
