# The pages say what the cmdlets are, and Get-Help says what the pages say.
BeforeDiscovery {
    Import-Module WeChatPS
    . ([IO.Path]::Combine($PSScriptRoot, 'HelpPage.ps1'))
    $commands = @(foreach ($command in Get-Command -Module WeChatPS) { @{ Name = $command.Name } })
    $pages = @(foreach ($culture in 'en-US', 'zh-CN') {
        foreach ($path in Get-HelpPagePath $culture) { @{ Path = $path; Name = [IO.Path]::GetFileNameWithoutExtension($path); Culture = $culture } }
    })
    $topics = @(foreach ($culture in 'en-US', 'zh-CN') {
        foreach ($path in Get-HelpPagePath $culture 'about_*.md') { @{ Path = $path; Topic = [IO.Path]::GetFileNameWithoutExtension($path); Culture = $culture } }
    })
}

BeforeAll {
    Import-Module WeChatPS
    . ([IO.Path]::Combine($PSScriptRoot, 'HelpPage.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'tools', 'build', 'about.ps1'))
    $common = [Management.Automation.PSCmdlet]::CommonParameters + 'ProgressAction'
    $shipped = (Get-Module WeChatPS).ModuleBase
    $reasons = [Enum]::GetNames([WeChatPS.WeChatErrorReason])

    function Read-Maml([string]$Culture) {
        $maml = [Xml.XmlDocument]::new()
        $maml.Load([IO.Path]::Combine($shipped, $Culture, 'WeChatPS.dll-Help.xml'))
        $maml
    }
    $maml = @{ 'en-US' = Read-Maml 'en-US'; 'zh-CN' = Read-Maml 'zh-CN' }

    # The text below a node, without the white space that layout adds.
    function Get-Words($Text) { "$Text" -replace '\s+' }
}

Describe 'The pages' {
    It 'have one for <Name>' -ForEach $commands {
        Get-HelpPagePath 'en-US' "$Name.md" | Should -Not -BeNullOrEmpty
    }

    It 'exist in both languages' {
        $english = Get-HelpPagePath 'en-US' | ForEach-Object { [IO.Path]::GetFileName($_) }
        $chinese = Get-HelpPagePath 'zh-CN' | ForEach-Object { [IO.Path]::GetFileName($_) }
        $chinese | Should -Be $english
    }

    It 'have the same topics in both languages' {
        $english = Get-HelpPagePath 'en-US' 'about_*.md' | ForEach-Object { [IO.Path]::GetFileName($_) }
        $chinese = Get-HelpPagePath 'zh-CN' 'about_*.md' | ForEach-Object { [IO.Path]::GetFileName($_) }
        $chinese | Should -Be $english
        $wanted = 'about_WeChatPS', 'about_WeChatPS_Delivery', 'about_WeChatPS_Messages', 'about_WeChatPS_Sessions', 'about_WeChatPS_Sync', 'about_WeChatPS_Tasks'
        foreach ($name in $wanted) { $english | Should -Contain "$name.md" }
    }
}

Describe 'about_WeChatPS_Messages in <Culture>' -ForEach @{ Culture = 'en-US' }, @{ Culture = 'zh-CN' } {
    BeforeAll {
        $text = [IO.File]::ReadAllText([IO.Path]::Combine($docs, $Culture, 'about_WeChatPS_Messages.md'))
        $rows = [regex]::Matches($text, '(?m)^\| (?<Kind>(?!Kind )[A-Z]\w+) \| [^|]+ \| (?<Content>[^|]+) \|').ForEach{
            @{ Kind = $_.Groups['Kind'].Value; Content = $_.Groups['Content'].Value }
        }
    }

    It 'explains every kind of message, and none that does not exist' {
        $rows.Kind | Should -Be ([Enum]::GetNames([WeChatPS.MessageKind]))
    }

    It 'names what each content has, and every content there is' {
        $real = [WeChatPS.WeChatMessage].Assembly.GetExportedTypes().Where{ $_.Name -cmatch '^(?!Message).+Content$' }
        $said = @(foreach ($row in $rows) { , @([regex]::Matches($row.Content, '[A-Z]\w+').Value) }).Where{ $_ }
        $said.ForEach{ $_[0] } | Sort-Object -Unique | Should -Be ($real.Name | Sort-Object)
        foreach ($words in $said) {
            $name, $properties = $words
            $real.Where{ $_.Name -eq $name }[0].GetProperties().Name | Sort-Object | Should -Be ($properties | Sort-Object) -Because $name
        }
    }
}

Describe 'The page <Culture>/<Name>' -ForEach $pages {
    BeforeAll {
        $page = Read-HelpPage $Path
        $command = Get-Command $Name -Module WeChatPS
        $node = $maml[$Culture].helpItems.command.Where{ $_.details.name -eq $Name }[0]
    }

    It 'has every section' {
        foreach ($heading in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
            "$($page.Sections[$heading])".Trim() | Should -Not -BeNullOrEmpty -Because $heading
        }
        $page.Examples.Count | Should -BeGreaterOrEqual 2
        $page.Text | Should -Not -Match '\{\{'
    }

    It 'has every parameter, and none that does not exist' {
        $real = $command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
        $page.Parameters.Name | Sort-Object | Should -Be $real
        foreach ($parameter in $page.Parameters) { $parameter.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name }
    }

    It 'says truly what kind of parameters they are' {
        foreach ($parameter in $page.Parameters) {
            $real = $command.Parameters[$parameter.Name]
            $type = [Nullable]::GetUnderlyingType($real.ParameterType) ?? $real.ParameterType
            $parameter.Setting.Type | Should -Be $type.ToString() -Because $parameter.Name
            $sets = @($real.ParameterSets.Keys) -replace '^__AllParameterSets$', '(All)' | Sort-Object
            $parameter.Sets.Keys | Sort-Object | Should -Be $sets -Because $parameter.Name
            foreach ($set in $real.ParameterSets.GetEnumerator()) {
                $said = $parameter.Sets[($set.Key -replace '^__AllParameterSets$', '(All)')]
                $said.IsRequired | Should -Be "$($set.Value.IsMandatory)" -Because "$($parameter.Name) in $($set.Key)"
                $said.ValueFromPipeline | Should -Be "$($set.Value.ValueFromPipeline)" -Because "$($parameter.Name) in $($set.Key)"
                $said.ValueFromPipelineByPropertyName | Should -Be "$($set.Value.ValueFromPipelineByPropertyName)" -Because "$($parameter.Name) in $($set.Key)"
                $position = if ($set.Value.Position -eq [int]::MinValue) { 'Named' } else { "$($set.Value.Position)" }
                $said.Position | Should -Be $position -Because "$($parameter.Name) in $($set.Key)"
            }
        }
    }

    It 'names the values that a parameter takes' {
        foreach ($parameter in $page.Parameters) {
            $real = $command.Parameters[$parameter.Name]
            $type = if ($real.ParameterType.IsArray) { $real.ParameterType.GetElementType() } else { $real.ParameterType }
            $type = [Nullable]::GetUnderlyingType($type) ?? $type
            $values = if ($type.IsEnum) { [Enum]::GetNames($type) } else { $real.Attributes.Where{ $_ -is [ValidateSet] }.ValidValues }
            $parameter.AcceptedValues | Should -Be $values -Because $parameter.Name
        }
    }

    It 'shows the syntax that the cmdlet has' {
        $shown = [regex]::Matches($page.Sections['SYNTAX'], '(?ms)^```\n(.*?)^```').ForEach{ $_.Groups[1].Value -replace '\s+', ' ' } | Sort-Object
        $real = foreach ($set in $command.ParameterSets) { "$Name $set " -replace ' \[<CommonParameters>\]' -replace '\s+', ' ' }
        $shown | Should -Be ($real | Sort-Object)
    }

    It 'names only errors that exist' {
        $page.ErrorIds | Where-Object { $_ -notin $reasons } | Should -BeNullOrEmpty
    }

    It 'is what Get-Help knows' {
        Get-Words $node.details.description.InnerText | Should -Be (Get-Words $page.Sections['SYNOPSIS'])
        Get-Words $node.description.InnerText | Should -Be (Get-Words $page.Sections['DESCRIPTION'])
        Get-Words $node.alertSet.InnerText | Should -Be (Get-Words $page.Sections['NOTES'])
        foreach ($parameter in $page.Parameters) {
            $known = $node.parameters.parameter.Where{ $_.name -eq $parameter.Name }
            $known.Count | Should -Be 1 -Because $parameter.Name
            Get-Words $known[0].description.InnerText | Should -Be (Get-Words $parameter.Text)
            "$($known[0].defaultValue)" | Should -Be $parameter.Setting.DefaultValue
        }
        @($node.parameters.parameter).Count | Should -Be $page.Parameters.Count
    }

    It 'has its syntax in Get-Help' {
        $known = foreach ($item in @($node.syntax.syntaxItem)) {
            ($item.parameter.ForEach{ "$($_.name) $($_.required) $($_.position) $($_.type.name)" } | Sort-Object) -join '; '
        }
        $real = foreach ($set in $command.ParameterSets) {
            $lines = foreach ($parameter in $set.Parameters.Where{ $_.Name -notin $common }) {
                $position = if ($parameter.Position -eq [int]::MinValue) { 'named' } else { "$($parameter.Position)" }
                $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
                "$($parameter.Name) $("$($parameter.IsMandatory)".ToLowerInvariant()) $position $($type.ToString())"
            }
            ($lines | Sort-Object) -join '; '
        }
        @($known | Sort-Object) -join "`n" | Should -Be (@($real | Sort-Object) -join "`n")
    }

    It 'has its inputs, outputs and links in Get-Help' {
        foreach ($kind in @{ Heading = 'INPUTS'; Known = $node.inputTypes.inputType }, @{ Heading = 'OUTPUTS'; Known = $node.returnValues.returnValue }) {
            $said = foreach ($one in Split-Heading $page.Sections[$kind.Heading] 3) { Get-Words "$($one.Heading)$($one.Body)" }
            $known = foreach ($one in @($kind.Known)) { Get-Words "$($one.type.name)$($one.description.InnerText)" }
            @($known) -join "`n" | Should -Be (@($said) -join "`n") -Because $kind.Heading
        }
        $links = [regex]::Matches($page.Sections['RELATED LINKS'], '(?m)^- \[([^\]]+)\]').ForEach{ $_.Groups[1].Value }
        @($node.relatedLinks.navigationLink.linkText) -join ' ' | Should -Be ($links -join ' ')
    }

    It 'brings its examples to Get-Help, code as code' {
        $known = @($node.examples.example)
        $known.Count | Should -Be $page.Examples.Count
        for ($i = 0; $i -lt $known.Count; $i++) {
            $known[$i].title | Should -Match ([regex]::Escape($page.Examples[$i].Title))
            $known[$i].code | Should -BeExactly $page.Examples[$i].Code
            $words = $page.Examples[$i].Text -replace '(?ms)^```powershell\n.*?^```' -replace '(?m)^```(output)?$'
            Get-Words "$($known[$i].introduction.InnerText)$($known[$i].remarks.InnerText)" | Should -Be (Get-Words $words)
        }
    }
}

Describe 'Get-Help' {
    It 'knows every cmdlet in <_>' -ForEach 'en-US', 'zh-CN' {
        $known = $maml[$_].helpItems.command.details.name | Sort-Object
        $known | Should -Be ((Get-Command -Module WeChatPS).Name | Sort-Object)
    }

    It 'shows a page with its examples' {
        $help = Get-Help Send-WeChatMessage -Full
        $help.Synopsis | Should -Match 'texts'
        $help.parameters.parameter.Where{ $_.name -eq 'NoRetry' }[0].description.Text | Should -Match 'SendOutcomeUnknown'
        $examples = Get-Help Send-WeChatMessage -Examples | Out-String -Width 120
        $examples | Should -Match "Send-WeChatMessage 张三"
        $examples | Should -Not -Match '```'
    }

    It 'shows <Topic> in <Culture> as its page has it' -ForEach $topics {
        $shown = [IO.File]::ReadAllText([IO.Path]::Combine($shipped, $Culture, "$Topic.help.txt"))
        $shown | Should -BeExactly (ConvertTo-HelpText ([IO.File]::ReadAllText($Path)) $Culture)
        foreach ($id in [regex]::Matches($shown, '\bWeChat\.([A-Z]\w+)')) { $id.Groups[1].Value | Should -BeIn $reasons }
    }

    It 'explains every error id in about_WeChatPS in <_>' -ForEach 'en-US', 'zh-CN' {
        $table = [IO.File]::ReadAllText([IO.Path]::Combine($docs, $_, 'about_WeChatPS.md'))
        $reasons | Where-Object { $table -notmatch "(?m)^\| WeChat\.$_ \|" } | Should -BeNullOrEmpty
    }

    It 'finds a topic by its name' {
        Get-Help about_WeChatPS_Sync | Out-String -Width 100 | Should -Match 'synccheck'
    }
}
