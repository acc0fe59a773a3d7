# A bot whose commands are functions: "/dice 20" runs Invoke-BotDice with the word "20". The output of the function is the reply.
# The bot replies to friends, and in groups to members who mention the account: "@me /members". It replies to nobody else.
# To add a command, write a function named Invoke-Bot and the command. Chat text is data: the bot never runs it as code.
[CmdletBinding()]
param(
    # The session to use; by default, the only connected session.
    [string] $Session,
    # The friends or groups that the bot replies to; by default, all of them.
    [string[]] $From,
    # The script ends after this number of replies.
    [int] $MaxCount = [int]::MaxValue,
    # The script ends after this number of seconds.
    [double] $TimeoutSec
)
$ErrorActionPreference = 'Stop'

function Invoke-BotHelp {
    [System.ComponentModel.Description('lists the commands')]
    param($Message, [string[]] $Words)
    foreach ($name in $commands.Keys | Sort-Object) {
        $about = $commands[$name].ScriptBlock.Attributes.Where{ $_ -is [System.ComponentModel.DescriptionAttribute] }.Description
        "/$($name.ToLowerInvariant()): $about"
    }
}

function Invoke-BotTime {
    [System.ComponentModel.Description('shows the time')]
    param($Message, [string[]] $Words)
    [DateTimeOffset]::Now.ToString('yyyy-MM-dd HH:mm zzz')
}

function Invoke-BotDice {
    [System.ComponentModel.Description('rolls a die with 6 sides, or as many as you say')]
    param($Message, [string[]] $Words)
    $sides = if ($Words) { [int]$Words[0] } else { 6 }
    if ($sides -lt 2) { throw 'a die has at least two sides' }
    Get-Random -Minimum 1 -Maximum ($sides + 1)
}

function Invoke-BotMembers {
    [System.ComponentModel.Description('counts the members of the group')]
    param($Message, [string[]] $Words)
    if ($Message.Group) { "$(@(Get-WeChatGroupMember $Message).Count) in $($Message.Group)" } else { 'We are alone.' }
}

$commands = @{}
foreach ($function in Get-Command -Name Invoke-Bot* -CommandType Function) { $commands[$function.Name.Substring('Invoke-Bot'.Length)] = $function }

# Only replies count, not skipped messages, so MaxCount does not go to Receive-WeChatMessage.
$null = $PSBoundParameters.Remove('MaxCount')
Receive-WeChatMessage -FromKind Friend, Group -Kind Text -Match '^(@[^/]+\s)?/\w' @PSBoundParameters | Where-Object { -not $_.Group -or $_.MentionsMe } | ForEach-Object {
    $message = $_
    $name, $words = -split ($message.Text -split '/', 2)[1]
    $command = $commands[$name]
    try {
        $answer = if ($command) { (& $command -Message $message -Words $words) -join "`n" } else { "I do not know /$name. Ask /help." }
    } catch {
        # If a command fails, its error is the reply, and the bot continues.
        $answer = "/${name}: $_"
    }
    $message | Send-WeChatMessage -Text $answer
} | Select-Object -First $MaxCount
