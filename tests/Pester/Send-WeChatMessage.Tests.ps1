Import-Module WeChatPS

Describe 'Send-WeChatMessage' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name sending -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
    }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'sends to <what> and gives a receipt' -ForEach @(
        @{ what = 'a nickname'; to = '小四🌙'; name = '李四' }
        @{ what = 'a remark'; to = '李四'; name = '李四' }
        @{ what = 'a group'; to = '运维群'; name = '运维群' }
        @{ what = 'an official account'; to = '每日天气'; name = '每日天气' }
        @{ what = 'an id'; to = 'filehelper'; name = '文件传输助手' }
    ) {
        $receipt = Send-WeChatMessage $to '在吗'
        $receipt | Should -BeOfType WeChatPS.WeChatReceipt
        $receipt.To.Name | Should -Be $name
        $receipt.MessageId | Should -Not -BeNullOrEmpty
        $receipt.ClientMsgId | Should -Not -BeNullOrEmpty
        $receipt.Attempts | Should -Be 1
    }

    It 'puts the text on the wire as it is' {
        $null = Send-WeChatMessage 王五 "@我$([char]0x2005) 😱 <b> & `"x`" \n"
        (Get-WeChatEmulatorRequest webwxsendmsg -Last 1).Body | Should -Match ([regex]::Escape("`"Content`":`"@我$([char]0x2005) 😱 <b> & \`"x\`" \\n`""))
    }

    It 'answers a piped message where it came from' {
        Send-WeChatEmulatorMessage 'q1' -From 王五
        Send-WeChatEmulatorMessage 'q2' -From 赵六 -Group 运维群
        $receipts = Receive-WeChatMessage -NoWait | Send-WeChatMessage -Text 'a'
        $receipts.To.Name -join ' ' | Should -Be '王五 运维群'
    }

    It 'writes to piped contacts' {
        $receipts = Get-WeChatContact 王五, 李四 | Send-WeChatMessage -Text 'hi'
        $receipts.To.Name -join ' ' | Should -Be '王五 李四'
    }

    It 'sends every piped string to everybody named' {
        $receipts = 'one', 'two' | Send-WeChatMessage -To 王五, 李四
        $receipts.To.Name -join ' ' | Should -Be '王五 李四 王五 李四'
    }

    It 'takes contacts, members and messages for -To' {
        Send-WeChatEmulatorMessage 'q' -From 王五
        $message = Receive-WeChatMessage -NoWait
        (Send-WeChatMessage -To (Get-WeChatContact 运维群) -Text 'x').To.Name | Should -Be '运维群'
        (Send-WeChatMessage -To $message -Text 'x').To.Name | Should -Be '王五'
        (Send-WeChatMessage -To (Get-WeChatGroupMember 运维群 张三*) -Text 'x').To.Name | Should -Be '张三'
    }

    It 'sends nothing with -WhatIf' {
        Send-WeChatMessage 王五 'not this' -WhatIf | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest webwxsendmsg -After $after | Should -BeNullOrEmpty
    }

    It 'hands the first doubt to the caller when told not to repeat' {
        $null = Add-WeChatEmulatorFault webwxsendmsg LostReply -Count 1
        $failure = $null
        try { $null = Send-WeChatMessage 王五 'in doubt' -NoRetry -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.SendOutcomeUnknown,WeChatPS.SendWeChatMessage'
        $failure.TargetObject | Should -Not -BeNullOrEmpty
        @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).Count | Should -Be 1
    }

    It 'waits for its turn no longer than it may' {
        $slow = Connect-WeChat -Name slow -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 600 6> $null
        $receipts = 1..6 | Send-WeChatMessage -To 王五 -Session $slow -TimeoutSec 0.1 -ErrorAction SilentlyContinue -ErrorVariable failures
        @($receipts).Count | Should -Be 5
        $failures[0].FullyQualifiedErrorId | Should -Be 'WeChat.Throttled,WeChatPS.SendWeChatMessage'
        Disconnect-WeChat
        $null = Connect-WeChat -Name sending -Endpoint $emulator.Endpoint -Ephemeral
    }

    It 'cuts a long text at ends of lines and at spaces, and nowhere within a character: <length>' -ForEach @(
        @{ length = 12; parts = 'one line', 'and another', 'with words' }
        @{ length = 6; parts = 'one', 'line', 'and', 'anothe', 'r', 'with', 'words' }
        @{ length = 100; parts = , "one line`nand another`nwith words" }
    ) {
        $receipts = Send-WeChatMessage 王五 "one line`nand another`nwith words" -SplitLength $length
        $sent = @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).ForEach{ ($_.Body | ConvertFrom-Json).Msg.Content }
        $sent -join '|' | Should -BeExactly ($parts -join '|')
        @($receipts).Count | Should -Be $parts.Count
        @($receipts.ClientMsgId | Select-Object -Unique).Count | Should -Be $parts.Count
    }

    It 'keeps an emoji of several code points whole, mentions in the first part, and stops after one that fails' {
        $family = '👨‍👩‍👧'
        $null = Send-WeChatMessage 王五 "ab$family$family" -SplitLength 9
        @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).ForEach{ ($_.Body | ConvertFrom-Json).Msg.Content } -join '|' | Should -BeExactly "ab|$family|$family"
        $after = (Get-WeChatEmulator).Requests
        $null = Send-WeChatMessage 运维群 'a b c' -SplitLength 2 -Mention 赵六
        $bodies = @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).ForEach{ ($_.Body | ConvertFrom-Json).Msg }
        $bodies.Content -join '|' | Should -BeExactly "@赵六-机房$([char]0x2005)a|b|c"
        @($bodies.MsgSource | Where-Object { $_ }).Count | Should -Be 1
        $after = (Get-WeChatEmulator).Requests
        $null = Add-WeChatEmulatorFault webwxsendmsg Ret -Code 1204 -Count 1
        Send-WeChatMessage 王五 'a b c' -SplitLength 2 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).Count | Should -Be 1
    }

    It 'says with -WhatIf what would be wrong' {
        { Send-WeChatMessage 王五 '' -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.EmptyMessage,WeChatPS.SendWeChatMessage'
        { Send-WeChatMessage 运维群 'x' -Mention 无名 -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.ContactNotFound,WeChatPS.SendWeChatMessage'
    }

    It 'pauses between receivers, for as long as told or for a time between two' -ForEach @(@{ delay = 0.2 }, @{ delay = 0.2, 0.3 }, @{ delay = 0.3, 0.2 }) {
        $null = 'a' | Send-WeChatMessage -To 王五, 李四, 张三 -DelaySec $delay
        $times = @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).Time
        $times.Count | Should -Be 3
        ($times[1] - $times[0]).TotalSeconds | Should -BeGreaterThan 0.19
        ($times[2] - $times[1]).TotalSeconds | Should -BeGreaterThan 0.19
    }

    It 'does not pause before the first message' {
        $null = Send-WeChatMessage 王五 'a' -DelaySec 86400
        @(Get-WeChatEmulatorRequest webwxsendmsg -After $after).Count | Should -Be 1
        { Send-WeChatMessage 王五 'a' -DelaySec 1, 2, 3 } | Should -Throw
        { Send-WeChatMessage 王五 'a' -DelaySec -1 } | Should -Throw
    }

    It 'goes on with the others when one is unknown' {
        $receipts = Send-WeChatMessage 无名, 王五 'hi' -ErrorAction SilentlyContinue -ErrorVariable failures
        $receipts.To.Name | Should -Be '王五'
        $failures[0].FullyQualifiedErrorId | Should -Be 'WeChat.ContactNotFound,WeChatPS.SendWeChatMessage'
        $failures[0].TargetObject | Should -Be '无名'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'an empty text'; script = { Send-WeChatMessage 王五 '' -ErrorAction Stop }; id = 'WeChat.EmptyMessage' }
        @{ what = 'itself'; script = { Get-WeChatContact -Kind Self | Send-WeChatMessage -Text 'x' -ErrorAction Stop }; id = 'WeChat.ReceiverNotAllowed' }
        @{ what = 'a wildcard'; script = { Send-WeChatMessage 王* 'x' -ErrorAction Stop }; id = 'WeChat.ContactNotFound' }
        @{ what = 'a piped name'; script = { '王五' | Send-WeChatMessage -Text 'x' -ErrorAction Stop }; id = 'ParameterArgumentValidationError' }
        @{ what = 'a message as a text'; script = { Get-WeChatContact 王五 | Send-WeChatMessage -To 李四 -ErrorAction Stop }; id = 'ParameterArgumentTransformationError' }
        @{ what = 'an unknown session'; script = { Send-WeChatMessage 王五 'x' -Session nobody }; id = 'WeChat.SessionNotFound' }
    ) {
        $script | Should -Throw -ErrorId "$id,WeChatPS.SendWeChatMessage"
        Get-WeChatEmulatorRequest webwxsendmsg -After $after | Should -BeNullOrEmpty
    }

    It 'sends no object of ours as the text that shows it: <what>' -ForEach @(
        @{ what = 'a receipt'; object = { Send-WeChatMessage 王五 'x' } }
        @{ what = 'a session'; object = { $session } }
        @{ what = 'a saved message'; object = { Send-WeChatEmulatorMessage 'x' -From 王五; Receive-WeChatMessage -NoWait | Export-Clixml $file; Import-Clixml $file } }
    ) {
        $file = [IO.Path]::GetTempFileName()
        $object = & $object
        [IO.File]::Delete($file)
        $after = (Get-WeChatEmulator).Requests
        { $object | Send-WeChatMessage -To 李四 -ErrorAction Stop } | Should -Throw '*-Text requires a text*'
        { Send-WeChatMessage 李四 $object } | Should -Throw '*-Text requires a text*'
        Get-WeChatEmulatorRequest webwxsendmsg -After $after | Should -BeNullOrEmpty
    }

    It 'says that WeChat restricts the account, in its own words' {
        $null = Add-WeChatEmulatorFault webwxsendmsg Ret -Code 1203 -Text '此微信号暂时无法发送消息' -Count 1
        $failure = $null
        try { Send-WeChatMessage 王五 'x' -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.AccountRestricted,WeChatPS.SendWeChatMessage'
        "$failure" | Should -Match '此微信号暂时无法发送消息'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'appeal'
        $session.State | Should -Be 'Online'
    }

    It 'shows its requests with -Debug, whatever others do meanwhile, and is quiet afterwards' {
        Send-WeChatEmulatorMessage 'a' -From 王五
        Send-WeChatEmulatorMessage 'b' -From 王五
        $lines = @(Receive-WeChatMessage -MaxCount 2 -Debug 5>&1 | ForEach-Object {
            if ($_ -is [Management.Automation.DebugRecord]) { "$_" } else { $null = $_ | Send-WeChatMessage -Text 'y' }
        })
        @($lines -match 'webwxsendmsg').Count | Should -BeGreaterOrEqual 2
        @($lines -match 'webwxsync').Count | Should -BeGreaterOrEqual 1
        $null = Send-WeChatMessage 王五 'quiet'
        @(Get-WeChatContact 王五 -Debug 5>&1 | Where-Object { "$_" -match 'webwxsendmsg' }).Count | Should -Be 0
    }

    It 'refuses a name that two contacts share, and says how to go on' {
        $body = [System.Net.Http.StringContent]::new('{"action":"add","name":"王五","kind":"friend"}')
        $null = [System.Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/contact", $body).Result
        $null = Get-WeChatContact -Refresh
        $failure = $null
        try { Send-WeChatMessage 王五 'x' -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.AmbiguousContact,WeChatPS.SendWeChatMessage'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Id'
        @(Get-WeChatContact 王五)[0] | Send-WeChatMessage -Text 'to one of them' | Should -Not -BeNullOrEmpty
    }

    It 'completes the codes of faces behind a bracket: <line>' -ForEach @(
        @{ line = 'Send-WeChatMessage 王五 [微'; expected = "'[微笑]'" }
        @{ line = 'Send-WeChatMessage 王五 [smi'; expected = "'[微笑]' '[奸笑]'" }
        @{ line = 'Send-WeChatMessage -To 王五 -Text [加油'; expected = "'[加油]' '[加油加油]'" }
        @{ line = "Send-WeChatMessage 王五 '你好 [微"; expected = "'你好 [微笑]'" }
        @{ line = "Send-WeChatMessage 王五 'it''s [微"; expected = "'it''s [微笑]'" }
        @{ line = 'Send-WeChatMessage 王五 "[OK] it''s [微'; expected = "'[OK] it''s [微笑]'" }
        @{ line = '$m | Send-WeChatMessage -Text [ok'; expected = "'[OK]'" }
    ) {
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' | Should -BeExactly $expected
    }

    It 'completes no face where none is begun: <line>' -ForEach @(
        @{ line = 'Send-WeChatMessage 王五 微' }, @{ line = "Send-WeChatMessage 王五 '[微笑]" }, @{ line = 'Send-WeChatMessage 王五 [无此脸' }, @{ line = 'Send-WeChatMessage 王五 "$x [微' }
    ) {
        @((TabExpansion2 $line $line.Length).CompletionMatches.CompletionText) -match '\[.*\]' | Should -BeNullOrEmpty
    }

    It 'lists the faces that it completes in the help: <culture>' -ForEach @(@{ culture = 'en-US' }, @{ culture = 'zh-CN' }) {
        $line = 'Send-WeChatMessage 王五 ['
        $codes = @((TabExpansion2 $line $line.Length).CompletionMatches.ListItemText)
        $codes.Count | Should -Be 134
        $page = [IO.File]::ReadAllText([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', $culture, 'about_WeChatPS_Messages.md'))
        $listed = [regex]::Match($page, '(?s)```text\s+(\[.*?)```').Groups[1].Value
        $listed.Split([char[]]" `r`n", [StringSplitOptions]::RemoveEmptyEntries) | Should -BeExactly $codes
    }
}
