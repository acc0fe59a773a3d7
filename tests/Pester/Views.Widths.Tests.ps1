# What is shown fits windows of 60, 80 and 120 columns, with text whose characters are two columns wide, and loses nothing that matters.
BeforeDiscovery {
    $widths = @(60, 80, 120).ForEach{ @{ Width = $_ } }
    $types = @('Message', 'Contact', 'Member', 'Receipt', 'Session', 'Saved', 'Damaged', 'Sync', 'Finding', 'Article', 'Emulator', 'Fault', 'Request').ForEach{ @{ Type = $_ } }
}

Describe 'In a window of <Width> columns' -ForEach $widths {
    BeforeAll {
        Import-Module WeChatPS
        if (-not ('WindowHost' -as [type])) { Add-Type -Path ([IO.Path]::Combine($PSScriptRoot, 'WindowHost.cs')) }
        $emulator = Start-WeChatEmulator -HoldSec 0.6
        $store = [IO.Directory]::CreateTempSubdirectory('wechatps-widths-').FullName
        $session = Connect-WeChat 工作账号 -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
        $text = '今天晚上的发布推迟到明天上午十点，磁盘满了九成，麻烦有空的时候看一下，谢谢大家了。'
        $text | Send-WeChatEmulatorMessage -From 王五
        "@我$([char]0x2005) $text" | Send-WeChatEmulatorMessage -From 赵六 -Group 运维群
        $messages = @(Receive-WeChatMessage -NoWait)
        $healthy = @(Test-WeChatSync -TimeoutSec 20)
        $null = Add-WeChatEmulatorFault webwxoplog Delay
        $saved = @(Get-WeChatSession -Saved -StorePath $store)
        $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($store, 'damaged'))
        [IO.File]::WriteAllText([IO.Path]::Combine($store, 'damaged', 'session.json'), '{')
        $objects = @{
            Message = $messages
            Contact = @(Get-WeChatContact)
            Member = @(Get-WeChatGroupMember 运维群)
            Receipt = @($messages | Send-WeChatMessage -Text $text)
            Session = @($session)
            Saved = $saved
            Damaged = @(Get-WeChatSession -Saved -StorePath $store).Where{ $_.Problem }
            Sync = @(Wait-WeChatSync -TimeoutSec 0.01)
            Finding = $healthy + @(Test-WeChatSync -Endpoint http://127.0.0.1:9)
            Article = @(Get-WeChatArticle)
            Emulator = @(Get-WeChatEmulator)
            Fault = @((Get-WeChatEmulator).Faults)
            Request = @(Get-WeChatEmulatorRequest -Last 5)
        }
        # What has to be there whole, wherever lines are broken.
        $wanted = @{
            Message = $messages.Text.Trim()
            Contact = $objects.Contact.ForEach{ $_.Name; $_.Kind.ToString() }
            Member = $objects.Member.Name
            Receipt = $objects.Receipt.ForEach{ $_.ToString() }
            Session = '工作账号', 'Online', '我'
            Saved = '工作账号', 'Web'
            Damaged = 'damaged', $objects.Damaged[0].Problem
            Finding = $objects.Finding.ForEach{ $_.Found + '→' * [bool]$_.Advice + $_.Advice }
            Article = $objects.Article.Title
            Emulator = [string]$emulator.Endpoint
            Fault = 'webwxoplog', 'Delay'
            Request = 'webwxsendmsg', 'synccheck'
        }

        # As PowerShell counts: characters of East Asia take two columns, of a pair of surrogates each one.
        function Get-Columns([string] $Line) { $Line.Length + [regex]::Matches($Line, '[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]').Count }

        # The window's width decides.
        function Show-InWindow([scriptblock] $Body, $Argument) {
            $window = [WindowHost]::new($Width)
            $runspace = [runspacefactory]::CreateRunspace($window)
            $runspace.Open()
            $shell = [powershell]::Create($runspace)
            try {
                $null = $shell.AddScript('Import-Module WeChatPS').Invoke()
                $shell.Commands.Clear()
                $null = $shell.AddScript("param(`$argument) & { $Body } 2>&1").AddArgument($Argument).AddCommand('Out-Default').Invoke()
                $window.Text
            }
            finally { $shell.Dispose(); $runspace.Dispose() }
        }

        function Assert-Fits([string] $View, [string[]] $Wanted) {
            $View.Trim() | Should -Not -BeNullOrEmpty
            foreach ($line in $View -split '\r?\n') { Get-Columns $line | Should -BeLessOrEqual $Width -Because $line }
            # A list of many ends in …} whatever the width.
            $View | Should -Not -Match '…(?!\})'
            $whole = $View -replace '\s'
            foreach ($word in $Wanted) { $whole.Contains(($word -replace '\s')) | Should -BeTrue -Because "'$word' is in '$View'" }
        }
    }

    AfterAll {
        Disconnect-WeChat -Session $session
        Stop-WeChatEmulator -Endpoint $emulator.Endpoint
        [IO.Directory]::Delete($store, $true)
    }

    It 'a <Type> is shown whole' -ForEach $types {
        $objects[$Type].Count | Should -BeGreaterThan 0
        $plain = ($objects[$Type] | Out-String -Width $Width) -replace '\x1B\[[0-9;]*m'
        Assert-Fits $plain $wanted[$Type]
        Assert-Fits (Show-InWindow { $argument } $objects[$Type]) $wanted[$Type]
        # A table of one cell a line is not searched for whole texts.
        Assert-Fits (($objects[$Type] | Format-Table | Out-String -Width $Width) -replace '\x1B\[[0-9;]*m')
        Assert-Fits (($objects[$Type] | Format-List | Out-String -Width $Width) -replace '\x1B\[[0-9;]*m')
    }

    It 'ids of contacts and messages are in their tables' {
        $contacts = ($objects.Contact | Out-String -Width $Width) -replace '\s'
        foreach ($part in $objects.Contact.ForEach{ $_.Id.Substring(0, [Math]::Min(10, $_.Id.Length)) }) { $contacts | Should -Match $part }
        $receipts = ($objects.Receipt | Format-Table | Out-String -Width $Width)
        foreach ($id in $objects.Receipt.MessageId) { $receipts | Should -Match $id }
    }

    It 'errors are shown whole' {
        $shown = Show-InWindow { Send-WeChatMessage 运维小组第二群 $argument -Session 工作账号 } $text
        $shown | Should -Not -Match '…'
        $shown -replace '[\s|]' | Should -Match '运维小组第二群.*Recommendation:Specifythewholename'
    }
}
