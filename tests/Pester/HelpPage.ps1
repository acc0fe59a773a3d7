# Reads a page of docs the way the tests need it; knows nothing of the tool that makes the help of it.

$docs = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs'))

function Get-HelpPagePath([string]$Culture, [string]$Filter = '*-*.md') {
    [IO.Directory]::GetFiles([IO.Path]::Combine($docs, $Culture), $Filter) | Sort-Object
}

function Read-HelpPage([string]$Path) {
    $text = [IO.File]::ReadAllText($Path).Replace("`r", '')
    $sections = @{}
    foreach ($section in Split-Heading $text 2) { $sections[$section.Heading] = $section.Body }
    @{
        Name = [IO.Path]::GetFileNameWithoutExtension($Path)
        Culture = [IO.Path]::GetFileName([IO.Path]::GetDirectoryName($Path))
        Text = $text
        Sections = $sections
        Parameters = @(foreach ($one in Split-Heading $sections['PARAMETERS'] 3) { if ($one.Heading.StartsWith('-')) { Read-HelpParameter $one } })
        Examples = @(foreach ($one in Split-Heading $sections['EXAMPLES'] 3) {
            @{ Title = $one.Heading; Text = $one.Body; Code = @(Get-CodeBlock $one.Body) -join "`n" }
        })
        # WeChat.Login is the tag of a login's records
        ErrorIds = @([regex]::Matches($text, '\bWeChat\.(?!Login\b)([A-Z]\w+)').ForEach{ $_.Groups[1].Value } | Sort-Object -Unique)
    }
}

# The parts of a text below its headings of one level. What looks like a heading within a block of code is none.
function Split-Heading([string]$Text, [int]$Level) {
    $found = $null
    $isCode = $false
    foreach ($line in $Text -split "`n") {
        if ($line.StartsWith('```')) { $isCode = -not $isCode }
        if (-not $isCode -and $line -match "^#{$Level} (.+)") {
            if ($found) { $found }
            $found = @{ Heading = $Matches[1]; Body = '' }
        } elseif ($found) { $found.Body += "$line`n" }
    }
    if ($found) { $found }
}

function Get-CodeBlock([string]$Text) {
    [regex]::Matches($Text, '(?ms)^```powershell\n(.*?)\n```').ForEach{ $_.Groups[1].Value }
}

function Read-HelpParameter($Part) {
    $metadata = [regex]::Match($Part.Body, '(?ms)^```yaml\n(.*?)^```').Groups[1].Value
    $sets = @{}
    foreach ($set in [regex]::Matches($metadata, '(?m)^- Name: (.+)\n((?:  .+\n)+)')) { $sets[$set.Groups[1].Value] = Read-Setting $set.Groups[2].Value }
    $accepted = [regex]::Match($metadata, '(?m)^AcceptedValues:\n((?:- .+\n)+)').Groups[1].Value
    @{
        Name = $Part.Heading.Substring(1)
        Text = ($Part.Body -replace '(?ms)^```yaml.*').Trim()
        Setting = Read-Setting $metadata
        Sets = $sets
        AcceptedValues = @([regex]::Matches($accepted, '- (.+)').ForEach{ $_.Groups[1].Value })
    }
}

function Read-Setting([string]$Yaml) {
    $settings = @{}
    foreach ($pair in [regex]::Matches($Yaml, '(?m)^ *(\w+): (.*)$')) { $settings[$pair.Groups[1].Value] = $pair.Groups[2].Value.Trim("'") }
    $settings
}
