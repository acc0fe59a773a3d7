Import-Module WeChatPS

# what other clients have a dispatcher with handlers for
Describe 'Dispatching' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name dispatch -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        Send-WeChatEmulatorMessage 'from li' -From 李四
        Send-WeChatEmulatorMessage 'from zhang' -From 张三
        Send-WeChatEmulatorMessage 'from li in the group' -From 李四 -Group 运维群
        Send-WeChatEmulatorMessage 'hills' -From 王五 -Group 周末爬山
        Send-WeChatEmulatorMessage 'rain' -From 每日天气
        Send-WeChatEmulatorMessage -Kind Image -From 王五
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'chooses by <what>' -ForEach @(
        @{ what = 'remark'; choice = @{ From = '李四' }; expected = 'from li|from li in the group' }
        @{ what = 'nickname'; choice = @{ From = '小四🌙' }; expected = 'from li|from li in the group' }
        @{ what = 'group'; choice = @{ Group = '周末爬山' }; expected = 'hills' }
        @{ what = 'a friend''s private messages'; choice = @{ From = '李四'; FromKind = 'Friend' }; expected = 'from li' }
        @{ what = 'official account'; choice = @{ FromKind = 'Official' }; expected = 'rain' }
        @{ what = 'several kinds'; choice = @{ Kind = 'Image', 'Video' }; expected = '' }
    ) {
        @(Receive-WeChatMessage -NoWait @choice).Text -join '|' | Should -Be $expected
    }

    It 'chooses by <what>, which is any condition' -ForEach @(
        @{ what = 'a part of a nickname'; condition = { $_.From.NickName -like '*四*' }; expected = 'from li|from li in the group' }
        @{ what = 'a part of a remark'; condition = { $_.From.RemarkName -match '^李' }; expected = 'from li|from li in the group' }
        @{ what = 'a part of a group''s name'; condition = { $_.Group.Name -like '*爬山*' }; expected = 'hills' }
        @{ what = 'who it is'; condition = { $_.From.Gender -eq 'Female' -and -not $_.Group -and $_.Kind -eq 'Text' }; expected = 'from li|from zhang' }
    ) {
        @(Receive-WeChatMessage -NoWait | Where-Object $condition).Text -join '|' | Should -Be $expected
    }

    It 'hands a message to one handler after the other, until one ends it' {
        $log = [Collections.Generic.List[string]]::new()
        Receive-WeChatMessage -NoWait | ForEach-Object {
            switch ($_) {
                { $_.Group } { $log.Add("group: $($_.Text)"); break }
                { $_.Kind -eq 'Text' } { $log.Add("text: $($_.Text)") }
                { $_.From.Kind -eq 'Friend' } { $log.Add("friend: $($_.Kind)") }
                default { $log.Add("nobody: $($_.Kind)") }
            }
        }
        $log -join '|' | Should -Be (
            'text: from li|friend: Text|text: from zhang|friend: Text|group: from li in the group|group: hills|text: rain|friend: Image')
    }

    It 'handles messages beside the pipeline, in order' {
        $done = [Collections.Generic.List[string]]::new()
        $job = Register-WeChatEvent -Kind Text -From 李四, 张三 -Session $session -MessageData $done -Action {
            $Event.MessageData.Add("$($EventArgs.Message.Text)")
        }
        for ($try = 0; $try -lt 200 -and $done.Count -lt 3; $try++) { Start-Sleep -Milliseconds 50 }
        Unregister-Event -SourceIdentifier $job.Name
        $done -join '|' | Should -Be 'from li|from zhang|from li in the group'
    }
}
