Import-Module WeChatPS

Describe 'The views' {
    BeforeAll {
        # a window title, a clear screen, a clipboard write, a reversed text, a second line, a C1 control
        $hostile = "a$([char]27)]0;t$([char]7)b$([char]27)[2Jc$([char]27)]52;c;eA==$([char]7)d$([char]0x202E)e`nf$([char]0x9B)31mg"
        $controls = '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]'
        function Add-EmulatorContact([hashtable] $Contact) {
            $body = [System.Net.Http.StringContent]::new((ConvertTo-Json $Contact -Compress))
            $reply = [System.Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $body).Result
            if (-not $reply.IsSuccessStatusCode) { throw $reply.Content.ReadAsStringAsync().Result }
        }
        $emulator = Start-WeChatEmulator -HoldSec 1
        Add-EmulatorContact @{ action = 'add'; name = "friend $hostile"; kind = 'friend'; remark = "remark $hostile" }
        Add-EmulatorContact @{ action = 'add'; name = "group $hostile"; kind = 'group'; members = @("friend $hostile", "stranger $hostile") }
        $session = Connect-WeChat -Name views -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        Send-WeChatEmulatorMessage "text $hostile" -From "friend $hostile"
        Send-WeChatEmulatorMessage "text $hostile" -From "friend $hostile" -Group "group $hostile"
        Send-WeChatEmulatorMessage -Kind File -FileName "file $hostile" -From "friend $hostile"
        $messages = @(Receive-WeChatMessage -NoWait)
        $group = Get-WeChatContact -Kind Group | Where-Object { $_.Name.StartsWith('group') }
        $null = Add-WeChatEmulatorFault webwxnewloginpage Refused1203 -Text $hostile
        $objects = @{
            Message = $messages
            Contact = @(Get-WeChatContact -Refresh)
            Member = @($group | Get-WeChatGroupMember)
            Receipt = @($messages | Send-WeChatMessage -Text "answer $hostile")
            Session = @($session)
            Response = @(Invoke-WeChatRequest 'webwxgetcontact?pass_ticket={pass_ticket}&skey={skey}')
            Sync = @(Wait-WeChatSync -TimeoutSec 0.01)
            Emulator = @(Get-WeChatEmulator)
            Fault = @((Get-WeChatEmulator).Faults)
            Request = @(Get-WeChatEmulatorRequest)
        }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'had something hostile to show' {
        $messages.Count | Should -Be 3
        $messages[0].Text | Should -Match $controls
        $messages[0].From.Name | Should -Match $controls
        $objects.Member.Name -join '' | Should -Match $controls
    }

    It 'show <type> without a raw control' -ForEach @(
        @{ type = 'Message' }, @{ type = 'Contact' }, @{ type = 'Member' }, @{ type = 'Receipt' }, @{ type = 'Session' }
        @{ type = 'Sync' }, @{ type = 'Response' }, @{ type = 'Emulator' }, @{ type = 'Fault' }, @{ type = 'Request' }
    ) {
        $objects[$type].Count | Should -BeGreaterThan 0
        foreach ($view in @(
            $objects[$type] | Out-String -Width 300
            $objects[$type] | Format-List | Out-String -Width 300
            $objects[$type] | Format-Table | Out-String -Width 300
            $objects[$type] | Format-Custom | Out-String -Width 300
            $objects[$type].ForEach{ $_.ToString() } | Out-String -Width 300
        )) {
            $view.Trim() | Should -Not -BeNullOrEmpty
            # the engine's own colours are none of the names'
            $view -replace '\x1B\[[0-9;]*m' | Should -Not -Match $controls
        }
    }

    It 'show a message as one line' {
        $lines = @(($messages | Out-String -Width 500).Trim() -split '\r?\n')
        $lines.Count | Should -Be 3
        $lines[0] | Should -Match '^\[\d\d:\d\d\] remark a.*: text a.*⏎'
        $lines[1] | Should -Match '^\[\d\d:\d\d\] group a.* · .*: text a'
    }

    It 'show a message and a receipt as a table, a list or chosen properties' {
        ($messages | Format-Table | Out-String -Width 500) | Should -Match 'Time +Kind +Group +From +Text'
        ($messages[0] | Format-List | Out-String -Width 500) | Should -Match '(?m)^DeliveryCount : 1'
        ($messages[2] | Format-Table Kind, DeliveryCount | Out-String) | Should -Match 'Kind +DeliveryCount\s+-+ +-+\s+File +1'
        ($objects.Receipt | Format-Table To, Attempts | Out-String) | Should -Match 'To +Attempts'
        ($objects.Receipt[0] | Format-List | Out-String -Width 500) | Should -Match '(?m)^ClientMsgId +: \d+'
    }

    It 'show a message and its receipt as one line each, whatever came before' {
        $mixed = @($messages[0], $objects.Receipt[0] | Out-String -Width 500 -Stream | Where-Object { $_ })
        $mixed.Count | Should -Be 2
        $after = @($session, $messages[0], $objects.Receipt[0] | Out-String -Width 500 -Stream | Where-Object { $_ })
        # -File and Out-String may colour the labels
        $after = $after -replace '\x1B\[[0-9;]*m'
        $after[-2] | Should -Match '^Message : \[\d\d:\d\d\] remark a.*: text a.*⏎'
        $after[-1] | Should -Match '^Receipt : \[\d\d:\d\d\] → '
        $after -join '' | Should -Not -Match $controls
    }

    It 'show objects that went through CLIXML as they were' {
        $file = [IO.Path]::GetTempFileName()
        foreach ($type in 'Message', 'Contact', 'Member', 'Receipt', 'Session', 'Sync', 'Emulator', 'Fault', 'Request') {
            $objects[$type] | Export-Clixml $file
            $back = Import-Clixml $file
            $back | Out-String -Width 120 | Should -Be ($objects[$type] | Out-String -Width 120) -Because $type
            $back | Format-Table | Out-String -Width 120 | Should -Be ($objects[$type] | Format-Table | Out-String -Width 120) -Because $type
        }
        $messages | Export-Clixml $file
        $mixed = (@($session) + @(Import-Clixml $file) | Out-String -Width 500) -replace '\x1B\[[0-9;]*m'
        $mixed | Should -Match '(?m)^Message : \[\d\d:\d\d\] remark a.*: text a.*⏎'
        $mixed | Should -Not -Match $controls
        [IO.File]::Delete($file)
    }

    It 'show a message in a transcript, a file and as chosen properties' {
        $folder = [IO.Directory]::CreateTempSubdirectory('wechatps-views-').FullName
        $transcript = [IO.Path]::Combine($folder, 'transcript.txt')
        $said = [IO.Path]::Combine($folder, 'said.txt')
        $messages[0] | Out-File $said -Width 500
        Get-Content $said | Where-Object { $_ } | Should -Match '^\[\d\d:\d\d\] remark a.*: text a'
        ($messages[0] | Select-Object Kind, DeliveryCount | Out-String) -replace '\x1B\[[0-9;]*m' | Should -Match 'Kind +DeliveryCount\s+-+ +-+\s+Text +1'
        . ([IO.Path]::Combine($PSScriptRoot, 'Engine.ps1'))
        $messages[1] | Export-Clixml ([IO.Path]::Combine($folder, 'message.xml'))
        $null = Invoke-Engine -Command @"
Import-Module WeChatPS
`$null = Start-Transcript '$transcript'
Import-Clixml '$folder/message.xml'
`$null = Stop-Transcript
"@
        [IO.File]::ReadAllText($transcript) | Should -Match '(?m)^\[\d\d:\d\d\] group a.* · '
        [IO.Directory]::Delete($folder, $true)
    }

    It 'show ids of people and the problem of a saved session in a window of 80 columns' {
        $friend = Get-WeChatContact 王五
        $friend | Out-String -Width 80 | Should -Match ([regex]::Escape($friend.Id))
        $store = [IO.Directory]::CreateTempSubdirectory('wechatps-views-').FullName
        $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($store, 'damaged'))
        [IO.File]::WriteAllText([IO.Path]::Combine($store, 'damaged', 'session.json'), '{')
        $saved = Get-WeChatSession -Saved -StorePath $store
        $saved.Problem | Should -Not -BeNullOrEmpty
        ($saved | Out-String -Width 80) -replace '\s' | Should -Match ([regex]::Escape($saved.Problem.Split(' ')[-1]))
        [IO.Directory]::Delete($store, $true)
    }

    It 'show a session with whether it is kept alive' {
        ($session | Format-List | Out-String) | Should -Match '(?m)^KeepsAlive +: False'
    }

    It 'keep the characters in the properties' {
        $messages[0].Text | Should -Be "text $hostile"
    }

    It 'show errors, warnings and -WhatIf without a raw control' {
        $said = @(
            Send-WeChatMessage "nobody $hostile" 'x' -ErrorAction Continue 2>&1
            Get-WeChatContact "nobody $hostile" -ErrorAction Continue 2>&1
            try { Connect-WeChat -Name refused -Endpoint $emulator.Endpoint -Login Qr -Ephemeral -QrCode None 6>&1 } catch { $_ }
        )
        $null = Connect-WeChat -Name views -Endpoint $emulator.Endpoint -Ephemeral
        $said.Count | Should -BeGreaterThan 2
        ($said | ForEach-Object { "$_" }) -join '' | Should -Not -Match $controls
    }

    It 'complete names as quoted text, and by id where a name has controls' {
        # PowerShell takes the typographic quote for a quote too
        $name = "zz' `$(throw) $([char]0x2019); throw"
        Add-EmulatorContact @{ action = 'add'; name = $name; kind = 'friend' }
        $null = Get-WeChatContact -Refresh
        $line = 'Send-WeChatMessage -To '
        $all = (TabExpansion2 $line $line.Length).CompletionMatches
        $all.ForEach{ $_.CompletionText + $_.ListItemText + $_.ToolTip } -join '' | Should -Not -Match $controls
        $line = 'Send-WeChatMessage -To zz'
        $text = (TabExpansion2 $line $line.Length).CompletionMatches[0].CompletionText
        & ([scriptblock]::Create($text)) | Should -Be $name
    }
}
