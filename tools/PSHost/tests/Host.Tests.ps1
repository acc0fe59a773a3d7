# How a script is run: exit codes, streams, arguments, input.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'engine.ps1'))

    function Invoke-Script([string] $Text) {
        $file = [IO.Path]::Combine($TestDrive, 'a script.ps1')
        [IO.File]::WriteAllText($file, $Text)
        Invoke-Engine '-File' $file @args
    }
}

Describe 'exit codes' {
    It 'is 0 when a script ends' { (Invoke-Script '1').ExitCode | Should -Be 0 }
    It 'is what exit says' { (Invoke-Script 'exit 7').ExitCode | Should -Be 7 }
    It 'is 1 after an unhandled error' { (Invoke-Script 'throw 1').ExitCode | Should -Be 1 }
    It 'is 0 after an error that does not terminate' { (Invoke-Script 'Write-Error x').ExitCode | Should -Be 0 }
    It 'is 0 after a native command that fails, unless the script says so' {
        (Invoke-Script 'dotnet no-such-command 2>&1 | Out-Null').ExitCode | Should -Be 0
        (Invoke-Script 'dotnet no-such-command 2>&1 | Out-Null; exit [int]($LASTEXITCODE -ne 0)').ExitCode | Should -Be 1
    }
    It 'is what exit in a command says' { (Invoke-Engine '-Command' 'exit 3').ExitCode | Should -Be 3 }
    It 'is 1 when the last command fails' { (Invoke-Engine '-Command' 'no-such-command').ExitCode | Should -Be 1 }
    It 'is 64 for a script that is not there' { (Invoke-Engine '-File' 'no-such-script.ps1').ExitCode | Should -Be 64 }
}

Describe 'Ctrl+C' {
    # A shell starts what it puts in the background (&) deaf to SIGINT, and all that this starts in turn.
    $status = (Test-Path -LiteralPath '/proc/self/status') ? [IO.File]::ReadAllText('/proc/self/status') : ''
    $isDeaf = $status -match 'SigIgn:\s*([0-9a-f]+)' -and ([Convert]::ToUInt64($Matches[1], 16) -band 2) -ne 0

    It 'is for the program that has the terminal, as often as it is pressed, and stops what comes behind it' -Skip:($IsWindows -or $isDeaf) {
        $run = Invoke-Script "sh -c 'kill -INT `$PPID; sleep 0.2; kill -INT `$PPID; sleep 1; kill -0 `$PPID && echo still here'; 'behind'"
        $run.Output | Should -Be 'still here'
        $run.ExitCode | Should -Be 130
    }
}

Describe 'streams' {
    BeforeAll {
        $run = Invoke-Script @'
'out'; Write-Host 'host' -ForegroundColor Red; Write-Warning 'warn'; Write-Verbose 'verb' -Verbose; Write-Debug 'debug' -Debug
Write-Information 'info' -InformationAction Continue; Write-Progress -Activity 'progress' -PercentComplete 5; Write-Error 'bad'
[pscustomobject]@{ Name = 'n' }
'@
    }
    It 'writes everything but errors to standard output' {
        $run.Output | Should -Match '(?s)^out\nhost\nWARNING: warn\nVERBOSE: verb\nDEBUG: debug\ninfo\n'
    }
    It 'writes errors to standard error' {
        $run.Error | Should -Match 'bad'
        $run.Output | Should -Not -Match 'bad'
    }
    It 'writes no escape sequences to files' { $run.Output + $run.Error | Should -Not -Match "`e" }
    It 'shows no progress in files' { $run.Output + $run.Error | Should -Not -Match 'progress' }
    It 'writes the error that ends a script to standard error' { (Invoke-Script 'throw "the end"').Error | Should -Match 'the end' }
    It 'passes native commands through' { (Invoke-Script 'dotnet --version').Output | Should -Match '^\d+\.' }
    It 'writes characters of every script' { (Invoke-Script '"张三 😀"').Output | Should -Be '张三 😀' }
}

Describe 'arguments and input' {
    It 'binds parameters' {
        $text = 'param([string]$Name, [int]$Count, [switch]$Go, [switch]$Off) "$Name|$($Count + 1)|$Go|$Off"'
        (Invoke-Script $text '-Name' 'a b' '-Count' '2' '-Go' '-Off:$false').Output | Should -Be 'a b|3|True|False'
    }
    It 'passes the rest as $args' { (Invoke-Script '$args.Count; $args[1]' 'x' '' 'z').Output | Should -Be "3" }
    It 'knows where it is' {
        (Invoke-Script '[IO.Path]::GetFileName($PSCommandPath); $PSScriptRoot').Output | Should -Be "a script.ps1`n$TestDrive"
    }
    It 'gives lines of standard input as $input' {
        $StandardInput = "a`nb`n"
        (Invoke-Script '$input | ForEach-Object { "<$_>" }').Output | Should -Be "<a>`n<b>"
    }
    It 'gives them to a process block where the script speaks of $input' {
        $StandardInput = "a`nb`n"
        $text = 'param([Parameter(ValueFromPipeline)] $Line) begin { $null = $input } process { "<$Line>" }'
        (Invoke-Script $text).Output | Should -Be "<a>`n<b>"
    }
    It 'leaves standard input alone otherwise' -ForEach '[Console]::In.ReadLine()', 'process { [Console]::In.ReadLine() }' {
        $StandardInput = "a`nb`n"
        (Invoke-Script $_).Output | Should -Be 'a'
    }
    It 'asks nobody with -NonInteractive' { (Invoke-Script 'try { Read-Host } catch { "refused" }').Output | Should -Be 'refused' }
    It 'knows its version' { (Invoke-Script '$PSVersionTable.PSEdition').Output | Should -Be 'Core' }
}

Describe 'the stand-in modules' {
    It 'export every cmdlet they have' {
        $folder = [IO.Path]::Combine($PSScriptRoot, '..')
        foreach ($name in 'Utility', 'Management', 'Security') {
            $module = "Microsoft.PowerShell.$name"
            $exported = (Import-PowerShellDataFile "$folder/Modules/$module/$module.psd1").CmdletsToExport
            $written = foreach ($file in Get-ChildItem "$folder/Shims/$name" -Filter *.cs) {
                foreach ($match in [regex]::Matches((Get-Content $file.FullName -Raw), '\[Cmdlet\((?:Verbs\w+\.)?"?(\w+)"?, "(\w+)"')) {
                    $match.Groups[1].Value + '-' + $match.Groups[2].Value
                }
            }
            $exported | Sort-Object | Should -Be ($written | Sort-Object)
        }
    }
}
