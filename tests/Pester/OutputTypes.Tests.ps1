Import-Module WeChatPS

# every type that a cmdlet of the module says it gives
BeforeDiscovery {
    Import-Module WeChatPS
    $types = @((Get-Command -Module WeChatPS).OutputType.Name | Where-Object { $_ -like 'WeChatPS.*' } | Sort-Object -Unique)
    $cases = @($types.ForEach{ @{ Type = $_ } })
}

Describe 'Output' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 0.2
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $file = [IO.Path]::Combine($store, 'objects.xml')
        $null = Add-WeChatEmulatorFault webwxoplog Delay
        $samples = @(
            Connect-WeChat -Name types -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
            Send-WeChatEmulatorMessage 'x' -From 王五
            Wait-WeChatSync
            Test-WeChatSync -TimeoutSec 1
            Receive-WeChatMessage -NoWait -OutVariable messages
            $messages[0] | Send-WeChatMessage -Text 'y'
            Get-WeChatContact
            Get-WeChatArticle
            Get-WeChatGroupMember 运维群
            Get-WeChatSession -Saved -StorePath $store
            Invoke-WeChatRequest 'webwxgetcontact?pass_ticket={pass_ticket}&skey={skey}'
            Get-WeChatEmulator
            (Get-WeChatEmulator).Faults
            Get-WeChatEmulatorRequest -Last 1
        )

        function Get-Sample([string] $Type) {
            $found = $samples.Where({ $_.GetType().FullName -eq $Type }, 'First')
            if ($found.Count -eq 0) { throw "Nothing here gives a $Type." }
            $found[0]
        }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'of type <Type> keeps its properties and what they say in JSON and in CLIXML' -ForEach $cases {
        $object = Get-Sample $Type
        $names = $object.PSObject.Properties.Name
        @($names).Count | Should -BeGreaterThan 0
        $json = ConvertTo-Json $object -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json
        ($json.PSObject.Properties.Name | Sort-Object) -join ' ' | Should -Be (($names | Sort-Object) -join ' ')
        $object | Export-Clixml $file -Depth 3
        $back = Import-Clixml $file
        $back.PSObject.TypeNames[0] | Should -Be "Deserialized.$Type"
        foreach ($name in $names) {
            $back.PSObject.Properties.Name -contains $name | Should -BeTrue -Because $name
            $value = $object.$name
            if ($value -is [string] -or $value -is [bool] -or $value -is [int] -or $value -is [long]) {
                $json.$name | Should -BeExactly $value -Because $name
                $back.$name | Should -BeExactly $value -Because $name
            }
        }
    }

    It 'of type <Type> has the names of its kinds and states in JSON, which compare as everywhere' -ForEach $cases {
        $object = Get-Sample $Type
        $json = ConvertTo-Json $object -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json
        foreach ($property in $object.PSObject.Properties.Where{ $_.Value -is [enum] }) {
            $name = $property.Value.ToString()
            $json.($property.Name) | Should -BeExactly $name -Because $property.Name
            $property.Value -eq $name | Should -BeTrue
            $property.Value -in 'no such name', $name | Should -BeTrue
            $(switch ($property.Value) { $name { 'found' } }) | Should -Be 'found'
            $property.Value -ge $property.Value | Should -BeTrue
        }
    }

    It 'of a message names the kind of its sender in JSON too' {
        ($messages[0] | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue | ConvertFrom-Json).From.Kind | Should -BeExactly 'Friend'
    }

    It 'of type <Type> is one line with Format-Custom' -ForEach $cases {
        @((Get-Sample $Type | Format-Custom | Out-String -Width 4000).Trim() -split '\r?\n').Count | Should -Be 1
    }

    It 'kinds are completed' -ForEach @(
        @{ line = 'Receive-WeChatMessage -Kind Te'; word = 'Text' }, @{ line = 'Get-WeChatContact -Kind Gr'; word = 'Group' }
        @{ line = 'Register-WeChatEvent St'; word = 'StateChanged' }, @{ line = 'Register-WeChatEvent -Kind Fi'; word = 'File' }
        @{ line = 'Export-WeChatSession -Session ty'; word = 'types' }, @{ line = 'Export-WeChatSession ty'; word = 'types' }
        @{ line = 'Register-WeChatEvent -Session ty'; word = 'types' }, @{ line = 'Remove-WeChatSession ty'; word = 'types' }
    ) {
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -contains $word | Should -BeTrue
    }
}
