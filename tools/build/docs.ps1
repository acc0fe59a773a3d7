# The help that Get-Help shows: made of the pages in docs by PlatyPS, and committed beside the module.

$helpFile = 'WeChatPS.dll-Help.xml'

function Build-Help {
    Import-PlatyPS
    foreach ($culture in 'en-US', 'zh-CN') {
        $pages = Get-HelpPage $culture
        $commands = foreach ($page in $pages) { Import-MarkdownCommandHelp -LiteralPath $page }
        $maml = Export-Maml $commands
        for ($i = 0; $i -lt $commands.Count; $i++) { Complete-MamlCommand $maml $commands[$i] }
        $folder = [IO.Path]::Combine($moduleSource, $culture)
        $null = [IO.Directory]::CreateDirectory($folder)
        Save-Maml $maml ([IO.Path]::Combine($folder, $helpFile))
        $topics = @(Export-AboutTopic $culture $folder)
        [Console]::Out.WriteLine("${culture}: $($commands.Count) cmdlets, $($topics.Count) topics into $folder")
    }
}

function Import-PlatyPS {
    $platyPS = @{ Name = 'Microsoft.PowerShell.PlatyPS'; MinimumVersion = '1.0.0' }
    try {
        Import-Module @platyPS -ErrorAction Stop
    } catch {
        throw "docs needs $($platyPS.Name) $($platyPS.MinimumVersion) or newer, in PowerShell 7.6 or newer. " +
            "Install it with: Install-PSResource $($platyPS.Name)`nThen run: pwsh ./build.ps1 docs`n($_)"
    }
}

# Get-Help looks at one file a language and no further: what is not translated is there in English.
function Get-HelpPage([string]$Culture) {
    $english = [IO.Path]::Combine($root, 'docs', 'en-US')
    foreach ($page in [string[]]([IO.Directory]::GetFiles($english, '*-*.md') | Sort-Object)) {
        $translated = [IO.Path]::Combine($root, 'docs', $Culture, [IO.Path]::GetFileName($page))
        if ([IO.File]::Exists($translated)) { $translated } else { $page }
    }
}

function Export-Maml([object[]]$Commands) {
    $folder = [IO.Path]::Combine($artifacts, 'help')
    if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
    $file = $Commands | Export-MamlCommandHelp -OutputFolder $folder -Force
    $maml = [Xml.XmlDocument]::new()
    $maml.Load($file.FullName)
    $maml
}

# PlatyPS keeps an example's code among its words, fences included, leaves default values out, and links to pages that are not there.
function Complete-MamlCommand([Xml.XmlDocument]$Maml, $Command) {
    $names = [Xml.XmlNamespaceManager]::new($Maml.NameTable)
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $node = $Maml.SelectSingleNode("//command:command[command:details/command:name='$($Command.Title)']", $names)

    $examples = @($node.SelectNodes('command:examples/command:example', $names))
    for ($i = 0; $i -lt $examples.Count; $i++) {
        $example = Split-Example $Command.Examples[$i].Remarks
        Set-Paragraph $examples[$i].SelectSingleNode('maml:introduction', $names) $example.Introduction
        $examples[$i].SelectSingleNode('dev:code', $names).InnerText = $example.Code
        Set-Paragraph $examples[$i].SelectSingleNode('dev:remarks', $names) $example.Remarks
    }
    foreach ($parameter in $Command.Parameters.Where{ $_.DefaultValue }) {
        $default = $Maml.CreateElement('dev', 'defaultValue', $names.LookupNamespace('dev'))
        $default.InnerText = $parameter.DefaultValue
        $null = $node.SelectSingleNode("command:parameters/command:parameter[maml:name='$($parameter.Name)']", $names).AppendChild($default)
    }
    foreach ($uri in $node.SelectNodes("command:relatedLinks/maml:navigationLink/maml:uri[contains(., '.md')]", $names)) { $uri.InnerText = '' }
}

# The first block of PowerShell is the code. What it prints stays among the words behind it, as it stands.
function Split-Example([string]$Markdown) {
    $match = [regex]::Match($Markdown, '(?s)\A(?<before>.*?)```powershell\r?\n(?<code>.*?)\r?\n```(?<after>.*)\z')
    if (-not $match.Success) { throw "An example has no block of PowerShell:`n$Markdown" }
    @{
        Introduction = @(Split-Paragraph $match.Groups['before'].Value)
        Code = $match.Groups['code'].Value.Replace("`r", '')
        Remarks = @(Split-Paragraph $match.Groups['after'].Value)
    }
}

function Split-Paragraph([string]$Markdown) {
    foreach ($match in [regex]::Matches($Markdown.Replace("`r", ''), '(?ms)^```\w*\n(?<block>.*?)\n```$|^(?<words>(?!```)\S[^\n]*(?:\n(?!```)\S[^\n]*)*)')) {
        $match.Groups['block'].Value + $match.Groups['words'].Value
    }
}

# With an empty line between two: Get-Help sets them one below the other.
function Set-Paragraph([Xml.XmlElement]$Node, [string[]]$Paragraphs) {
    $Node.RemoveAll()
    for ($i = 0; $i -lt $Paragraphs.Count; $i++) {
        foreach ($text in @(if ($i -gt 0) { '' }; $Paragraphs[$i])) {
            $paragraph = $Node.OwnerDocument.CreateElement('maml', 'para', 'http://schemas.microsoft.com/maml/2004/10')
            $paragraph.InnerText = $text
            $null = $Node.AppendChild($paragraph)
        }
    }
}

function Save-Maml([Xml.XmlDocument]$Maml, [string]$Path) {
    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
    $writer = [Xml.XmlWriter]::Create($Path, $settings)
    try { $Maml.Save($writer) } finally { $writer.Dispose() }
    [IO.File]::AppendAllText($Path, "`n")
}

function Export-AboutTopic([string]$Culture, [string]$Folder) {
    foreach ($page in [string[]]([IO.Directory]::GetFiles([IO.Path]::Combine($root, 'docs', $Culture), 'about_*.md') | Sort-Object)) {
        $text = ConvertTo-HelpText ([IO.File]::ReadAllText($page)) $Culture
        $target = [IO.Path]::Combine($Folder, [IO.Path]::GetFileNameWithoutExtension($page) + '.help.txt')
        [IO.File]::WriteAllText($target, $text)
        $target
    }
}
