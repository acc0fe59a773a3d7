# Messages into files: the form that about_WeChatPS_Delivery recommends keeps every message when the process is killed.
Describe 'Messages that a killed process wrote to a file' {
    BeforeAll {
        Import-Module WeChatPS
        . ([IO.Path]::Combine($PSScriptRoot, 'Engine.ps1'))
        $folder = [IO.Directory]::CreateTempSubdirectory('WeChatPS-files-').FullName
        $emulator = Start-WeChatEmulator -HoldSec 3
        $session = @{ Name = 'files'; Endpoint = $emulator.Endpoint; StorePath = $folder }
        $null = Connect-WeChat @session -Login Qr -QrCode None 6> $null
        $null = Receive-WeChatMessage -NoWait
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        [IO.Directory]::Delete($folder, $true)
    }

    It 'are all in it: <form>' -ForEach @(
        @{ form = 'ForEach-Object { $_ | Select-Object Time, Kind, Text | Export-Csv FILE -Append }' }
        @{ form = 'ForEach-Object { $_ | Select-Object Time, Kind, Text | ConvertTo-Json -Compress | Add-Content FILE }' }
    ) {
        $file = [IO.Path]::Combine($folder, [Guid]::NewGuid().ToString('N'))
        1..6 | ForEach-Object { "message $_ of six" } | Send-WeChatEmulatorMessage -From 王五
        Disconnect-WeChat
        $process = Start-Engine -Command @"
`$null = Connect-WeChat -Name files -Endpoint $($emulator.Endpoint) -StorePath '$folder'
Receive-WeChatMessage -Kind Text | ForEach-Object { [Console]::WriteLine('next'); `$_ } | $($form.Replace('FILE', "'$file'"))
"@
        # When the sixth message comes, the five before it are taken.
        try { foreach ($n in 1..6) { $process.StandardOutput.ReadLine() | Should -Be 'next' } }
        finally { $process.Kill(); $process.WaitForExit(); $process.Dispose() }
        $null = Connect-WeChat @session
        $again = @(Receive-WeChatMessage -NoWait)
        $kept = [IO.File]::Exists($file) ? [IO.File]::ReadAllText($file) : ''
        $again.Count | Should -BeLessOrEqual 1
        foreach ($n in 1..5) { $kept | Should -Match "message $n of six" }
    }
}

Describe 'The pipelines into files' {
    It 'of the help, the README and the examples keep every message' {
        $root = [IO.Path]::Combine($PSScriptRoot, '..', '..')
        $pages = @(
            [IO.Directory]::GetFiles([IO.Path]::Combine($root, 'docs'), '*.md', 'AllDirectories')
            [IO.Directory]::GetFiles($root, 'README*.md')
            [IO.Directory]::GetFiles([IO.Path]::Combine($root, 'examples'), '*.ps1')
        )
        $blocks = foreach ($page in $pages) {
            $text = [IO.File]::ReadAllText($page)
            if ($page.EndsWith('.ps1')) { $text } else { [regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```').ForEach{ $_.Groups[1].Value } }
        }
        $blocks.Count | Should -BeGreaterThan 100
        foreach ($block in $blocks) {
            $pipelines = [Management.Automation.Language.Parser]::ParseInput($block, [ref] $null, [ref] $null).FindAll(
                { $args[0] -is [Management.Automation.Language.PipelineAst] }, $true)
            foreach ($pipeline in $pipelines.Where{ $_.Extent.Text.StartsWith('Receive-WeChatMessage') -and $_.Extent.Text -notmatch '-NoAck' }) {
                $commands = $pipeline.PipelineElements.ForEach{ $_.GetCommandName() }
                $commands.Where{ $_ -in 'Export-Csv', 'Set-Content', 'Add-Content', 'ConvertTo-Json', 'ConvertTo-Csv', 'Export-Clixml' } |
                    Should -BeNullOrEmpty -Because $pipeline.Extent.Text
            }
        }
    }
}
