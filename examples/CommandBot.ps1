# A bot whose commands are functions: "/dice 20" runs Invoke-BotDice with the word "20", and what that returns is the answer.
# Friends may ask, and in a group whoever addresses the account: "@me /members". Nobody else is answered.
# To teach it something, write another function of that name. Words from a chat stay words: nothing of them is ever run.
[CmdletBinding()]
param(
    # The session to use; without it the connected one.
    [string] $Session,
    # Only these may ask: people, or groups.
    [string[]] $From,
    # Ends after so many answers.
    [int] $MaxCount = [int]::MaxValue,
    # Ends after so many seconds.
    [double] $TimeoutSec
)
$ErrorActionPreference = 'Stop'

function Invoke-BotHelp {
    [System.ComponentModel.Description('says what can be asked')]
    param($Message, [string[]] $Words)
    foreach ($name in $commands.Keys | Sort-Object) {
        $about = $commands[$name].ScriptBlock.Attributes.Where{ $_ -is [System.ComponentModel.DescriptionAttribute] }.Description
        "/$($name.ToLowerInvariant()): $about"
    }
}

function Invoke-BotTime {
    [System.ComponentModel.Description('tells the time')]
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

# answers are counted, not what is passed over
$null = $PSBoundParameters.Remove('MaxCount')
Receive-WeChatMessage -FromKind Friend, Group -Kind Text -Match '^(@[^/]+\s)?/\w' @PSBoundParameters | Where-Object { -not $_.Group -or $_.MentionsMe } | ForEach-Object {
    $message = $_
    $name, $words = -split ($message.Text -split '/', 2)[1]
    $command = $commands[$name]
    try {
        $answer = if ($command) { (& $command -Message $message -Words $words) -join "`n" } else { "I do not know /$name. Ask /help." }
    } catch {
        # a command that fails is an answer, not the end of the bot
        $answer = "/${name}: $_"
    }
    $message | Send-WeChatMessage -Text $answer
} | Select-Object -First $MaxCount
