# The cmdlets that stand in for those of pwsh. Every test here holds for pwsh itself, too.
Describe 'Select-Object' {
    It 'stops what is before it at -First' {
        $seen = [Collections.Generic.List[int]]::new()
        1..10 | ForEach-Object { $seen.Add($_); $_ } | Select-Object -First 2 | Should -Be 1, 2
        $seen | Should -HaveCount 2
    }
    It 'takes the last, skips the first' {
        1..5 | Select-Object -Last 2 | Should -Be 4, 5
        1..5 | Select-Object -Skip 3 | Should -Be 4, 5
        1..5 | Select-Object -SkipLast 3 | Should -Be 1, 2
        1..5 | Select-Object -Skip 1 -First 2 | Should -Be 2, 3
        1..5 | Select-Object -First 1 -Last 1 | Should -Be 1, 5
        1..5 | Select-Object -Index 0, 2 | Should -Be 1, 3
    }
    It 'makes objects of properties, calculated ones too' {
        $item = [pscustomobject]@{ Name = 'a'; Size = 2 } | Select-Object Name, @{ Name = 'Twice'; Expression = { $_.Size * 2 } }, Missing
        $item.Name | Should -Be 'a'
        $item.Twice | Should -Be 4
        $item.PSObject.Properties.Name | Should -Be 'Name', 'Twice', 'Missing'
    }
    It 'leaves properties out' {
        $item = [pscustomobject]@{ A = 1; B = 2 } | Select-Object -ExcludeProperty B
        $item.PSObject.Properties.Name | Should -Be 'A'
    }
    It 'expands' {
        [pscustomobject]@{ Values = 1, 2 } | Select-Object -ExpandProperty Values | Should -Be 1, 2
        $item = [pscustomobject]@{ A = 1 }
        { $item | Select-Object -ExpandProperty B -ErrorAction Stop } | Should -Throw -ErrorId 'ExpandPropertyNotFound*'
    }
    It 'drops what was there before' {
        1, 2, 1 | Select-Object -Unique | Should -Be 1, 2
        @([pscustomobject]@{ A = 1 }, [pscustomobject]@{ A = 1 } | Select-Object -Unique) | Should -HaveCount 1
    }
}

Describe 'Sort-Object, Group-Object, Measure-Object, Compare-Object' {
    It 'sorts numbers as numbers' { 10, 9, 1 | Sort-Object | Should -Be 1, 9, 10 }
    It 'sorts downwards and by several keys' {
        $items = @{ a = 1; b = 'x' }, @{ a = 2; b = 'y' }, @{ a = 1; b = 'y' } | ForEach-Object { [pscustomobject]$_ }
        ($items | Sort-Object @{ Expression = 'a'; Descending = $true }, b).ForEach{ "$($_.a)$($_.b)" } | Should -Be '2y', '1x', '1y'
    }
    It 'sorts once each' { 'b', 'a', 'B' | Sort-Object -Unique | Should -HaveCount 2 }
    It 'sorts the top ones' { 3, 1, 2 | Sort-Object -Top 2 | Should -Be 1, 2 }
    It 'groups' {
        $groups = 'apple', 'avocado', 'bean' | Group-Object { $_[0] }
        $groups.Count | Should -Be 2
        $groups[0].Name | Should -Be 'a'
        $groups[0].Group | Should -Be 'apple', 'avocado'
        ('apple', 'bean' | Group-Object { $_[0] } -AsHashTable -AsString)['b'] | Should -Be 'bean'
    }
    It 'measures' {
        $found = 1, 2, 3 | Measure-Object -Sum -Average -Maximum -Minimum
        $found.Count, $found.Sum, $found.Average, $found.Maximum, $found.Minimum | Should -Be 3, 6, 2, 3, 1
        ('ab', 'cde' | Measure-Object Length -Sum).Sum | Should -Be 5
        ('one two' | Measure-Object -Word).Words | Should -Be 2
    }
    It 'compares' {
        $different = Compare-Object 1, 2, 3 2, 3, 4
        $different.ForEach{ "$($_.InputObject)$($_.SideIndicator)" } | Sort-Object | Should -Be '1<=', '4=>'
        Compare-Object 1, 2 2, 1 | Should -BeNullOrEmpty
        (Compare-Object 1, 2 2, 3 -IncludeEqual -ExcludeDifferent).InputObject | Should -Be 2
    }
}

Describe 'text' {
    It 'formats tables' { [pscustomobject]@{ Name = 'x'; Value = 1 } | Format-Table | Out-String | Should -Match '(?s)Name\s+Value.*x\s+1' }
    It 'formats lists' { [pscustomobject]@{ Name = 'x' } | Format-List | Out-String | Should -Match 'Name\s*: x' }
    It 'gives lines' { @(1, 2 | Out-String -Stream) | Should -Be '1', '2' }
    It 'writes files by redirection' {
        'a', 'b' > "$TestDrive/out.txt"
        'c' >> "$TestDrive/out.txt"
        Get-Content "$TestDrive/out.txt" | Should -Be 'a', 'b', 'c'
    }
    It 'tees' {
        1, 2 | Tee-Object -Variable kept | Should -Be 1, 2
        $kept | Should -Be 1, 2
    }
    It 'searches lines' {
        ('one', 'two' | Select-String 'W').Line | Should -Be 'two'
        'one' | Select-String 'x' -Quiet | Should -BeFalse
        ('a.b', 'ab' | Select-String '.' -SimpleMatch).Line | Should -Be 'a.b'
        ('a.b' | Select-String '.' -SimpleMatch).Matches | Should -BeNullOrEmpty
    }
    It 'joins strings' { 1, 2 | Join-String -Separator ', ' | Should -Be '1, 2' }
}

Describe 'JSON, CSV and CLIXML' {
    It 'writes JSON' {
        [ordered]@{ a = 1; b = @('x', $null); c = $true } | ConvertTo-Json -Compress | Should -BeExactly '{"a":1,"b":["x",null],"c":true}'
        [pscustomobject]@{ Name = '张三' } | ConvertTo-Json -Compress | Should -BeExactly '{"Name":"张三"}'
        , @(1) | ConvertTo-Json -Compress | Should -BeExactly '[1]'
        1, 2 | ConvertTo-Json -Compress | Should -BeExactly '[1,2]'
    }
    It 'cuts off below -Depth' {
        @{ a = @{ b = @{ c = 1 } } } | ConvertTo-Json -Compress -Depth 1 -WarningAction SilentlyContinue | Should -Not -Match '"c":1'
        @{ a = @{ b = @{ c = @{ d = 1 } } } } | ConvertTo-Json -Compress -Depth 3 | Should -Be '{"a":{"b":{"c":{"d":1}}}}'
    }
    It 'reads JSON' {
        $value = '{"n":1,"s":"x","list":[1,2],"o":{"t":true}}' | ConvertFrom-Json
        $value.n | Should -Be 1
        $value.list | Should -Be 1, 2
        $value.o.t | Should -BeTrue
        ('{"a":1}' | ConvertFrom-Json -AsHashtable)['a'] | Should -Be 1
        { '{' | ConvertFrom-Json } | Should -Throw -ExceptionType ([ArgumentException])
    }
    It 'writes and reads CSV' {
        $lines = [pscustomobject]@{ A = 'x,y'; B = 'q"' } | ConvertTo-Csv
        $lines | Should -Be '"A","B"', '"x,y","q"""'
        ($lines | ConvertFrom-Csv).A | Should -Be 'x,y'
        [pscustomobject]@{ A = "1`n2" } | Export-Csv "$TestDrive/a.csv"
        (Import-Csv "$TestDrive/a.csv").A | Should -Be "1`n2"
    }
    It 'writes and reads CLIXML' {
        [pscustomobject]@{ A = 1; T = [datetime]'2020-01-01' } | Export-Clixml "$TestDrive/a.xml"
        $back = Import-Clixml "$TestDrive/a.xml"
        $back.A | Should -Be 1
        $back.T | Should -Be ([datetime]'2020-01-01')
    }
}

Describe 'objects and variables' {
    It 'makes objects' {
        (New-Object -TypeName Text.StringBuilder -ArgumentList 'ab').ToString() | Should -Be 'ab'
        (New-Object psobject -Property @{ A = 1 }).A | Should -Be 1
    }
    It 'adds members' {
        $item = [pscustomobject]@{ A = 1 }
        $item | Add-Member -NotePropertyName B -NotePropertyValue 2
        $item | Add-Member -MemberType ScriptMethod -Name Twice -Value { $this.A * 2 }
        $item.B | Should -Be 2
        $item.Twice() | Should -Be 2
        { $item | Add-Member -NotePropertyName B -NotePropertyValue 3 -ErrorAction Stop } | Should -Throw -ErrorId 'MemberAlreadyExists*'
    }
    It 'lists members' { ('a' | Get-Member -Name Length).MemberType | Should -Be 'Property' }
    It 'sets and gets variables' {
        Set-Variable -Name here -Value 5
        $here | Should -Be 5
        Get-Variable here -ValueOnly | Should -Be 5
        Remove-Variable here
        Get-Variable here -ErrorAction Ignore | Should -BeNullOrEmpty
        { Get-Variable no-such -ErrorAction Stop } | Should -Throw -ErrorId 'VariableNotFound*'
    }
    It 'runs text' { Invoke-Expression '1 + 1' | Should -Be 2 }
    It 'measures time' { (Measure-Command { $inside = 1 }) | Should -BeOfType [timespan] }
    It 'knows the date' { Get-Date -Date '2020-02-03' -Format 'yyyyMMdd' | Should -Be '20200203' }
    It 'throws dice' { Get-Random -Minimum 1 -Maximum 7 | Should -BeIn 1, 2, 3, 4, 5, 6 }
    It 'counts time' { (New-TimeSpan -Minutes 2).TotalSeconds | Should -Be 120 }
}

Describe 'items and paths' {
    It 'makes, copies, moves, renames and removes files' {
        $folder = Join-Path $TestDrive 'items'
        $null = New-Item -ItemType Directory -Path $folder
        Set-Content -LiteralPath (Join-Path $folder 'a[1].txt') -Value 'x'
        Get-Content -LiteralPath (Join-Path $folder 'a[1].txt') | Should -Be 'x'
        Copy-Item -LiteralPath (Join-Path $folder 'a[1].txt') -Destination (Join-Path $folder 'b.txt')
        Move-Item -Path (Join-Path $folder 'b.txt') -Destination (Join-Path $folder 'c.txt')
        Rename-Item -Path (Join-Path $folder 'c.txt') -NewName 'd.txt'
        (Get-ChildItem $folder).Name | Should -Be 'a[1].txt', 'd.txt'
        Get-ChildItem $folder -Filter d* -Name | Should -Be 'd.txt'
        Remove-Item $folder -Recurse -Force
        Test-Path $folder | Should -BeFalse
    }
    It 'says what is missing' {
        { Get-Item -Path "$TestDrive/none" -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound*'
        { Get-Content -Path "$TestDrive/none" -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound*'
    }
    It 'reads content whole, from the start and from the end' {
        Set-Content "$TestDrive/lines.txt" 'a', 'b', 'c'
        Add-Content "$TestDrive/lines.txt" 'd'
        Get-Content "$TestDrive/lines.txt" -TotalCount 2 | Should -Be 'a', 'b'
        Get-Content "$TestDrive/lines.txt" -Tail 1 | Should -Be 'd'
        (Get-Content "$TestDrive/lines.txt" -Raw).Length | Should -Be (4 + 4 * [Environment]::NewLine.Length)
    }
    It 'takes paths apart and joins them' {
        Join-Path 'a' 'b' 'c' | Should -Be ('a', 'b', 'c' -join [IO.Path]::DirectorySeparatorChar)
        Split-Path '/a/b.txt' -Leaf | Should -Be 'b.txt'
        Split-Path '/a/b.txt' -LeafBase | Should -Be 'b'
        Split-Path '/a/b.txt' -Extension | Should -Be '.txt'
    }
    It 'goes there and back' {
        Push-Location $TestDrive
        (Get-Location).ProviderPath | Should -Be (Get-Item $TestDrive).FullName
        Pop-Location
    }
    It 'does nothing with -WhatIf' {
        Set-Content "$TestDrive/kept.txt" 'x'
        Remove-Item "$TestDrive/kept.txt" -WhatIf
        "$TestDrive/kept.txt" | Should -Exist
    }
}

Describe 'streams' {
    It 'writes errors that point at the script' {
        function Test-Error { [CmdletBinding()] param() Write-Error 'no' -ErrorId MyId -Category InvalidData }
        $problems = @()
        Test-Error -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -Be 'MyId,Test-Error'
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
    }
    It 'writes to every stream' {
        $all = & {
            Write-Host 'h'
            Write-Warning 'w'
            Write-Verbose 'v' -Verbose
            Write-Debug 'd' -Debug
            Write-Output 'o'
        } *>&1
        $all.ForEach{ $_.GetType().Name } | Should -Be 'InformationRecord', 'WarningRecord', 'VerboseRecord', 'DebugRecord', 'String'
    }
    It 'finds its cmdlets in parallel runspaces' {
        1..2 | ForEach-Object -Parallel { Join-Path 'a' $_ | Split-Path -Leaf } | Sort-Object | Should -Be '1', '2'
    }
}

Describe 'events' {
    It 'delivers, waits and unregisters' {
        $timer = [Timers.Timer]::new(20)
        $timer.AutoReset = $false
        Register-ObjectEvent -InputObject $timer -EventName Elapsed -SourceIdentifier tick
        try {
            $timer.Start()
            (Wait-Event -SourceIdentifier tick -Timeout 30).SourceIdentifier | Should -Be 'tick'
            Remove-Event -SourceIdentifier tick
            Get-Event | Should -BeNullOrEmpty
        } finally {
            Unregister-Event -SourceIdentifier tick
            $timer.Dispose()
        }
        Get-EventSubscriber -SourceIdentifier tick -ErrorAction Ignore | Should -BeNullOrEmpty
    }
    It 'removes the events of the pipeline and no other' {
        $null = 1..3 | ForEach-Object { New-Event -SourceIdentifier tock -MessageData $_ }
        try {
            Get-Event tock | Select-Object -First 2 | Remove-Event
            (Get-Event tock).MessageData | Should -Be 3
        } finally {
            Remove-Event tock
        }
    }
    It 'runs actions' {
        $job = Register-EngineEvent -SourceIdentifier mine -Action { "got $($Event.MessageData)" }
        try {
            $null = New-Event -SourceIdentifier mine -MessageData 7
            Receive-Job $job | Should -Be 'got 7'
        } finally {
            Unregister-Event -SourceIdentifier mine
            Remove-Job $job -Force
        }
    }
}

Describe 'processes and secrets' {
    It 'knows this process' { (Get-Process -Id $PID).Id | Should -Be $PID }
    It 'makes secrets of text' {
        $secret = ConvertTo-SecureString 'x' -AsPlainText -Force
        $secret | Should -BeOfType [securestring]
        ConvertFrom-SecureString $secret -AsPlainText | Should -Be 'x'
    }
}
