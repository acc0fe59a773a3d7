Import-Module WeChatPS

# what a session says when nobody asked, what it writes to the log, and what every request of it carries
Describe 'A session' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 3
        $folder = [IO.Directory]::CreateTempSubdirectory('wechatps-quiet-').FullName
        function New-File([string] $Name, [byte[]] $Head, [int] $Length = 100) {
            $path = [IO.Path]::Combine($folder, $Name)
            $file = [IO.File]::Create($path)
            $file.Write($Head, 0, $Head.Length)
            $file.SetLength($Length)
            $file.Dispose()
            $path
        }
        function Read-Log([string] $Path) { foreach ($line in [IO.File]::ReadAllLines($Path)) { $line | ConvertFrom-Json } }
    }

    AfterEach {
        Remove-WeChatEmulatorFault
        Get-WeChatSession | Disconnect-WeChat
    }

    AfterAll {
        Stop-WeChatEmulator
        [IO.Directory]::Delete($folder, $true)
    }

    It 'says nothing in any stream while nothing happens' {
        $null = Connect-WeChat -Name idle -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Receive-WeChatMessage -NoWait
        $before = @(Get-WeChatEmulatorRequest).Count
        @(Receive-WeChatMessage -TimeoutSec 8 *>&1).Count | Should -Be 0
        $polls = @(Get-WeChatEmulatorRequest -After $before)
        $polls.Count | Should -BeGreaterOrEqual 2
        $polls.Name | Sort-Object -Unique | Should -Be 'synccheck'
    }

    It 'writes one line a request to the log, and no bodies' {
        $log = [IO.Path]::Combine($folder, 'plain.jsonl')
        $before = @(Get-WeChatEmulatorRequest).Count
        $null = Connect-WeChat -Name plain -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -LogPath $log 6> $null
        $null = Send-WeChatMessage 王五 'only for you'
        $null = Add-WeChatEmulatorFault webwxsync Reset -Count 1
        try { Receive-WeChatMessage -NoWait 3> $null } catch { $_.FullyQualifiedErrorId | Should -Match 'Unreachable' }
        Disconnect-WeChat
        $lines = @(Read-Log $log)
        $requests = @(Get-WeChatEmulatorRequest -After $before)
        $lines.endpoint -join ' ' | Should -Be ($requests.Name -join ' ')
        for ($i = 0; $i -lt $lines.Count; $i++) {
            $line = $lines[$i]
            $failed = $requests[$i].Fault -eq 'Reset'
            $fields = if ($failed) { 'time endpoint method host path query sent ms failure' } else { 'time endpoint method host path query sent status received ms' }
            $line.PSObject.Properties.Name -join ' ' | Should -Be $fields
            $line.method | Should -Be $requests[$i].Method
            $line.path | Should -Be $requests[$i].Path
            $line.host | Should -Be $emulator.Endpoint.Authority
            $line.sent | Should -Be ([Text.Encoding]::UTF8.GetByteCount($requests[$i].Body))
            if (-not $failed) { $line.status | Should -Be $requests[$i].Status }
            [Math]::Abs(($line.time.ToUniversalTime() - $requests[$i].Time.UtcDateTime).TotalMinutes) | Should -BeLessThan 5
        }
        @($lines.Where{ $_.endpoint -eq 'webwxsync' }).failure | Should -Be 'Cut'
        [IO.File]::ReadAllText($log) | Should -Not -Match 'only for you|BaseRequest|NickName'
    }

    It 'writes bodies with -LogBody, without what nobody may see' {
        $log = [IO.Path]::Combine($folder, 'bodies.jsonl')
        $before = @(Get-WeChatEmulatorRequest).Count
        $null = Connect-WeChat -Name bodies -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -LogPath $log -LogBody 6> $null
        $null = Send-WeChatMessage 王五 'for the log'
        Disconnect-WeChat
        $lines = @(Read-Log $log)
        foreach ($line in $lines) {
            $line.PSObject.Properties.Name -join ' ' | Should -Be 'time endpoint method host path query sent status received ms requestBody replyBody'
        }
        $send = $lines.Where{ $_.endpoint -eq 'webwxsendmsg' }[0]
        $send.requestBody | Should -Match '"Content":"for the log"'
        $send.requestBody | Should -Match '"Skey":"\*\*\*"'
        $send.replyBody | Should -Match '"MsgID"'
        $init = $lines.Where{ $_.endpoint -eq 'webwxinit' }[0]
        $init.replyBody | Should -Match '"NickName"'
        $init.replyBody | Should -Match '"SKey": ?"\*\*\*"'
        $page = $lines.Where{ $_.endpoint -eq 'webwxnewloginpage' }[0]
        $page.replyBody | Should -Match '<pass_ticket>\*\*\*'
        $text = [IO.File]::ReadAllText($log)
        $bodies = (Get-WeChatEmulatorRequest -After $before).Body -join "`n"
        $secrets = [regex]::Matches($bodies, '"(?:Skey|Sid|Uin|DeviceID)":"?([^",}]+)').ForEach{ $_.Groups[1].Value } | Sort-Object -Unique
        $secrets.Count | Should -BeGreaterOrEqual 4
        foreach ($secret in $secrets) { $text.Contains($secret) | Should -BeFalse }
    }

    It 'carries lang and pass_ticket with every post, whatever it does' {
        $before = @(Get-WeChatEmulatorRequest).Count
        $store = [IO.Path]::Combine($folder, 'store')
        $null = Connect-WeChat -Name posts -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store -SendInterval 0 6> $null
        $sent = Send-WeChatMessage 王五 'x'
        $sent | Revoke-WeChatMessage -Confirm:$false
        $null = Send-WeChatFile 王五 -Path (New-File 'a.png' (0x89, 0x50, 0x4e, 0x47))
        $null = Send-WeChatFile 王五 -Path (New-File 'a.gif' (0x47, 0x49, 0x46, 0x38))
        $null = Send-WeChatFile 王五 -Path (New-File 'a.mp4' (0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70))
        $null = Send-WeChatFile 王五 -Path (New-File 'a.log' (0x61))
        $null = Add-WeChatEmulatorFault webwxcheckupload Ret -Code -1
        { Send-WeChatFile 王五 -Path (New-File 'large.bin' (0x61) (26 * 1MB)) -ErrorAction Stop } | Should -Throw
        Set-WeChatContact 王五 -Remark '老王'
        Set-WeChatContact 老王 -MarkRead
        $group = New-WeChatGroup -Member 张三, 老王
        Set-WeChatGroup 运维群 -Name '运维二群' -Confirm:$false
        Send-WeChatEmulatorMessage -Kind FriendRequest -From 小新 -Text 'hello'
        Receive-WeChatMessage -Kind FriendRequest -MaxCount 1 -TimeoutSec 60 | Approve-WeChatFriendRequest -Confirm:$false
        $null = Get-WeChatGroupMember 周末爬山 -Refresh
        $null = Wait-WeChatSync
        Disconnect-WeChat -Logout
        $requests = Get-WeChatEmulatorRequest -After $before
        $posts = $requests.Where{ $_.Method -eq 'POST' }
        $touched = $posts.Name | Sort-Object -Unique
        $every = 'webwxinit', 'webwxstatusnotify', 'webwxsync', 'webwxbatchgetcontact', 'webwxsendmsg', 'webwxsendmsgimg', 'webwxsendemoticon', 'webwxsendvideomsg',
            'webwxsendappmsg', 'webwxuploadmedia', 'webwxcheckupload', 'webwxrevokemsg', 'webwxoplog', 'webwxcreatechatroom', 'webwxupdatechatroom', 'webwxverifyuser', 'webwxlogout'
        $every | Where-Object { $_ -notin $touched } | Should -BeNullOrEmpty
        foreach ($post in $posts) {
            switch ($post.Name) {
                # its ticket is a part of its form, and the page that ends a session sends none
                'webwxuploadmedia' { $post.Body | Should -Match 'name="?pass_ticket"?\s+\S+' }
                'webwxlogout' { $post.Query | Should -Match '(^|&)skey=[^&]+' }
                default {
                    $post.Query | Should -Match '(^|&)lang=zh_CN(&|$)' -Because $post.Name
                    $post.Query | Should -Match '(^|&)pass_ticket=[^&]+' -Because $post.Name
                }
            }
        }
        $polls = $requests.Where{ $_.Name -eq 'synccheck' }
        $polls.Count | Should -BeGreaterThan 0
        $polls.Where{ $_.Query -match 'pass_ticket|lang=' } | Should -BeNullOrEmpty
    }
}
