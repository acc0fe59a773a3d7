# Every example of the help runs here, against an emulator, as it stands on its page. What they may count on is in docs/README.md.
BeforeDiscovery {
    . ([IO.Path]::Combine($PSScriptRoot, 'HelpPage.ps1'))
    $pages = @(foreach ($culture in 'en-US', 'zh-CN') {
        foreach ($path in (Get-HelpPagePath $culture), (Get-HelpPagePath $culture 'about_*.md') | ForEach-Object { $_ }) {
            $page = Read-HelpPage $path
            $blocks = if ($page.Examples) { $page.Examples } else {
                $number = 0
                foreach ($code in Get-CodeBlock $page.Text) { @{ Title = "block $((++$number))"; Code = $code } }
            }
            @{ Page = "$culture/$($page.Name)"; Blocks = @($blocks) }
        }
    })
}

Describe 'The examples' {
    BeforeAll {
        Import-Module WeChatPS
        . ([IO.Path]::Combine($PSScriptRoot, 'HelpStage.ps1'))
        Initialize-Stage
    }

    BeforeEach { Reset-Stage }

    AfterAll { Remove-Stage }

    Context '<Page>' -ForEach $pages {
        It '<Title>' -ForEach $Blocks {
            $PSDefaultParameterValues = $stage.Defaults
            $ErrorActionPreference = 'Stop'
            $store = $stage.Store
            { & ([scriptblock]::Create($Code)) 3> $null 6> $null } | Should -Not -Throw
        }
    }
}
