Import-Module WeChatPS

Describe 'Invoke-WeChatRequest' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $log = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString('N') + '.log')
        $session = Connect-WeChat -Name raw -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -LogPath $log -LogBody 6> $null
        $init = Get-WeChatEmulatorRequest webwxinit -Last 1
        $skey = [regex]::Match($init.Body, '"Skey":"([^"]+)"').Groups[1].Value
        $book = 'webwxgetcontact?pass_ticket={pass_ticket}&seq=0&skey={skey}'
    }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        [IO.File]::Delete($log)
    }

    It 'gets by an endpoint''s name, a path or an address, with the session''s cookies' -ForEach @(
        @{ prefix = '' }, @{ prefix = '/cgi-bin/mmwebwx-bin/' }, @{ prefix = 'full' }
    ) {
        $prefix = if ($prefix -eq 'full') { "$($emulator.Endpoint)cgi-bin/mmwebwx-bin/" } else { $prefix }
        $reply = Invoke-WeChatRequest "$prefix$book"
        $reply | Should -BeOfType WeChatPS.WeChatResponse
        $reply.StatusCode | Should -Be 200
        $reply.Ret | Should -Be 0
        $reply.Content.MemberList.NickName -contains '王五' | Should -BeTrue
        $reply.Content.MemberCount | Should -Be $reply.Content.MemberList.Count
        $reply.Headers['Content-Type'] | Should -Not -BeNullOrEmpty
        "$($reply.Headers.Keys)" | Should -Not -Match 'Cookie'
        (Get-WeChatEmulatorRequest webwxgetcontact -Last 1).Headers -match '^Cookie: .*wxsid=' | Should -Not -BeNullOrEmpty
    }

    It 'posts a hashtable as JSON, with BaseRequest where it is wanted' {
        $name = '"备注" \ 😀'
        $body = [ordered]@{ CmdId = 2; UserName = (Get-WeChatContact 王五).UserName; RemarkName = $name; List = @(1, @{ a = $null; b = $true }) }
        $reply = Invoke-WeChatRequest 'webwxoplog?pass_ticket={pass_ticket}' -Body $body -BaseRequest
        $reply.Ret | Should -Be 0
        $sent = (Get-WeChatEmulatorRequest webwxoplog -Last 1).Body | ConvertFrom-Json
        $sent.RemarkName | Should -Be $name
        $sent.List[1].b | Should -BeTrue
        $sent.BaseRequest.Sid | Should -Not -BeNullOrEmpty
        $null = Invoke-WeChatRequest 'webwxoplog?pass_ticket={pass_ticket}' -Body '{"CmdId":2,"UserName":"filehelper","RemarkName":"x"}' -BaseRequest
        $sent = (Get-WeChatEmulatorRequest webwxoplog -Last 1).Body | ConvertFrom-Json
        $sent.UserName | Should -Be 'filehelper'
        $sent.BaseRequest.Uin | Should -Not -BeNullOrEmpty
    }

    It 'gives no secret away, neither in the reply nor in the streams nor in the log' {
        $said = & { Invoke-WeChatRequest 'webwxinit?pass_ticket={pass_ticket}' -BaseRequest -Verbose -Debug } *>&1
        $reply = $said.Where{ $_ -is [WeChatPS.WeChatResponse] }[0]
        $reply.Ret | Should -Be 0
        $reply.Content.SKey | Should -Be '***'
        $reply.Content.User.Uin | Should -Be '***'
        $skey | Should -Match 'crypt'
        $shown = ($said | Format-List | Out-String -Width 4000), (ConvertTo-Json $reply -Depth 8 -WarningAction SilentlyContinue), [IO.File]::ReadAllText($log)
        foreach ($text in $shown) { $text.Contains($skey) | Should -BeFalse }
    }

    It 'hides no contact behind what somebody calls himself' {
        $all = (Invoke-WeChatRequest $book).Content.MemberList.UserName
        $name = 'sid>x "skey":"y" uin=z'
        $null = Set-WeChatContact 王五 -Remark $name
        $members = (Invoke-WeChatRequest $book).Content.MemberList
        $members.UserName -join ' ' | Should -Be ($all -join ' ')
        $members.Where{ $_.NickName -eq '王五' }.RemarkName | Should -Match '^sid&gt;\*\*\*'
        $null = Set-WeChatContact 王五 -Remark ''
    }

    It 'sends what people write as it is, with BaseRequest and without' {
        $text = "你好 😀 <a> & $([char]0x2005)"
        foreach ($base in $true, $false) {
            $null = Invoke-WeChatRequest 'webwxoplog?pass_ticket={pass_ticket}' -Body @{ RemarkName = $text } -BaseRequest:$base
            (Get-WeChatEmulatorRequest webwxoplog -Last 1).Body.Contains($text) | Should -BeTrue
        }
    }

    It 'is signed with a key that the server replaced meanwhile' {
        $null = Invoke-WeChatRequest 'webwxinit?pass_ticket={pass_ticket}' -BaseRequest
        (Invoke-WeChatRequest $book).Ret | Should -Be 0
        (Send-WeChatMessage 王五 'still connected').MessageId | Should -Not -BeNullOrEmpty
    }

    It 'gives text as text and bytes as bytes' {
        Invoke-WeChatRequest / | Select-Object -ExpandProperty Content | Should -Match '<html>'
        $null = Receive-WeChatMessage -NoWait
        Send-WeChatEmulatorMessage -Kind Image -From 王五
        $id = (Receive-WeChatMessage -NoWait).Id
        $picture = Invoke-WeChatRequest "webwxgetmsgimg?MsgID=$id&skey={skey}"
        $picture.Content -is [byte[]] | Should -BeTrue
        $picture.Content[0..2] -join ' ' | Should -Be '255 216 255'
        $picture.Length | Should -Be $picture.Content.Length
    }

    It 'refuses <address>, which is not on the session''s servers, and sends nothing' -ForEach @(
        @{ address = 'https://example.com/cgi-bin/mmwebwx-bin/webwxinit?k={skey}' }, @{ address = 'http://127.0.0.1:1/' }
        @{ address = 'http://127.0.0.1.example.com/' }, @{ address = 'file:///etc/passwd' }, @{ address = 'https://wx.qq.com/' }
    ) {
        $before = @(Get-WeChatEmulatorRequest).Count
        $failure = $null
        try { Invoke-WeChatRequest $address -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.InvalidEndpoint,WeChatPS.InvokeWeChatRequest'
        "$failure".Contains($skey) | Should -BeFalse
        @(Get-WeChatEmulatorRequest).Count | Should -Be $before
    }

    It 'follows no redirect' {
        $null = Add-WeChatEmulatorFault webwxgetcontact Redirect -Count 1 -Text 'https://example.com/'
        $reply = Invoke-WeChatRequest $book
        $reply.StatusCode | Should -BeGreaterOrEqual 300
        $reply.StatusCode | Should -BeLessThan 400
        $reply.Headers['Location'] | Should -Be 'https://example.com/'
    }

    It 'gives replies that report a failure, and an error where there is none' {
        $null = Add-WeChatEmulatorFault webwxgetcontact Status -Code 503 -Count 1
        (Invoke-WeChatRequest $book).StatusCode | Should -Be 503
        (Invoke-WeChatRequest 'webwxbatchgetcontact?type=ex' -Body '{}').Ret | Should -Not -Be 0
        $null = Add-WeChatEmulatorFault webwxgetcontact Reset -Count 1
        { Invoke-WeChatRequest $book -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Unreachable,WeChatPS.InvokeWeChatRequest'
        $null = Add-WeChatEmulatorFault webwxgetcontact Hang -Count 1
        { Invoke-WeChatRequest $book -TimeoutSec 0.3 -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Unreachable,WeChatPS.InvokeWeChatRequest'
        (Get-WeChatSession raw).State | Should -Be 'Online'
    }

    It 'sends nothing but GET with -WhatIf' {
        $before = @(Get-WeChatEmulatorRequest).Count
        Invoke-WeChatRequest webwxlogout -Method Post -WhatIf | Should -BeNullOrEmpty
        Invoke-WeChatRequest webwxoplog -Body @{ a = 1 } -WhatIf | Should -BeNullOrEmpty
        @(Get-WeChatEmulatorRequest).Count | Should -Be $before
        (Invoke-WeChatRequest $book -WhatIf).StatusCode | Should -Be 200
    }

    It 'refuses a body that cannot be sent' {
        { Invoke-WeChatRequest x -Method Get -Body 'y' } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.InvokeWeChatRequest'
        { Invoke-WeChatRequest x -Body '[1]' -BaseRequest } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.InvokeWeChatRequest'
        { Invoke-WeChatRequest x -Body 'no json' -BaseRequest } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.InvokeWeChatRequest'
        $endless = @{}
        $endless.self = $endless
        { Invoke-WeChatRequest x -Body $endless } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.InvokeWeChatRequest'
        { Invoke-WeChatRequest x -Body @{ when = [datetime]::UtcNow } } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.InvokeWeChatRequest'
    }
}
