# An about page of docs as Get-Help shows it: plain text, 80 columns wide. Wide characters take two of them.

$helpWidth = 80
$wide = '\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6'
# What may stand on a line of its own: a word, or one wide character with the marks that cling to it.
$opening = '\u300A\u300C\u300E\u3010\uFF08\u201C'
$closing = '\u3001\u3002\u300B\u300D\u300F\u3011\uFF01\uFF09\uFF0C\uFF1A\uFF1B\uFF1F\u2026\u201D'
$piece = [regex]"[$opening]*(?:[^\s$wide$opening$closing]+|[$wide])[$closing]*|[$opening$closing]+|\s+"

$helpHeadings = @{
    'en-US' = @{ Topic = 'TOPIC'; Short = 'SHORT DESCRIPTION'; Long = 'LONG DESCRIPTION' }
    'zh-CN' = @{ Topic = '主题'; Short = '简短说明'; Long = '详细说明' }
}

# A page: front matter, '# about_X', one paragraph that is the short description, and everything else.
function ConvertTo-HelpText([string]$Markdown, [string]$Culture) {
    $page = [regex]::Match($Markdown.Replace("`r", ''), '(?s)\A---\n.*?\n---\n+# (?<topic>\S+)\n+(?<short>[^\n]+)\n+(?<long>.*)\z')
    if (-not $page.Success) { throw 'An about page begins with front matter, its name as a heading, and one paragraph.' }
    $headings = $helpHeadings[$Culture]
    # Get-Help takes the fifth line for the synopsis.
    $lines = @(
        $headings.Topic; "    $($page.Groups['topic'].Value)"; ''
        $headings.Short; "    $(Format-Inline $page.Groups['short'].Value)"; ''
        $headings.Long
        Format-Block $page.Groups['long'].Value
    )
    ($lines -join "`n").TrimEnd() + "`n"
}

function Format-Block([string]$Markdown) {
    $rows = @()
    $isCode = $false
    foreach ($line in @($Markdown -split "`n") + '') {
        if ($line.StartsWith('```')) { $isCode = -not $isCode; continue }
        if ($isCode) { "        $line".TrimEnd(); continue }
        if ($line.StartsWith('|')) { $rows += , @($line.Trim('|') -split '(?<!\\)\|').ForEach{ $_.Replace('\|', '|').Trim() }; continue }
        if ($rows.Count -gt 0) { Format-Row $rows; $rows = @() }
        if ($line -match '^## (.+)') { (Format-Inline $Matches[1]).ToUpperInvariant() }
        elseif ($line -match '^### (.+)') { "  $(Format-Inline $Matches[1])" }
        elseif ($line -match '^(- |\d+\. )(.+)') { Format-Paragraph $Matches[2] "    $($Matches[1])" }
        elseif ($line) { Format-Paragraph $line '    ' }
        else { '' }
    }
}

# A table is too wide for text: each row becomes its first cell, and below it the others with their headings.
function Format-Row([object[]]$Rows) {
    foreach ($row in @($Rows | Select-Object -Skip 2)) {
        Format-Paragraph $row[0] '    '
        for ($i = 1; $i -lt $row.Count; $i++) { Format-Paragraph "$($Rows[0][$i]): $($row[$i])" '        ' }
        ''
    }
}

function Format-Inline([string]$Text) {
    $Text -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\*\*(.+?)\*\*', '$1' -replace '`([^`]+)`', '$1'
}

# The lines of one paragraph. What follows the first is indented by as much as that begins with.
function Format-Paragraph([string]$Text, [string]$Begin) {
    $indent = ' ' * $Begin.Length
    $line = $Begin
    foreach ($part in $piece.Matches((Format-Inline $Text)).Value) {
        if ((Measure-Width $line) + (Measure-Width $part.TrimEnd()) -gt $helpWidth -and $line.Trim()) {
            $line.TrimEnd()
            $line = $indent
            if (-not $part.Trim()) { continue }
        }
        $line += $part
    }
    $line.TrimEnd()
}

function Measure-Width([string]$Text) { $Text.Length + [regex]::Matches($Text, "[$wide]").Count }
