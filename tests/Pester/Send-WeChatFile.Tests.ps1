Import-Module WeChatPS

Describe 'Send-WeChatFile' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name files -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null
        $folder = [System.IO.Directory]::CreateTempSubdirectory('wechatps-files-').FullName
        function New-File([string] $Name, [byte[]] $Head, [int] $Length = 100) {
            $bytes = [byte[]]::new($Length)
            $Head.CopyTo($bytes, 0)
            $path = [System.IO.Path]::Combine($folder, $Name)
            [System.IO.File]::WriteAllBytes($path, $bytes)
            $path
        }
        # as long as it has to be, and hardly anything on the disk
        function New-SparseFile([string] $Name, [byte[]] $Head, [long] $Length) {
            $path = New-File $Name $Head $Head.Length
            $file = [System.IO.File]::OpenWrite($path)
            try { $file.SetLength($Length) } finally { $file.Dispose() }
            $path
        }
        # what the receivers have got, the latest last
        function Get-Received { [System.Net.Http.HttpClient]::new().GetStringAsync("$($emulator.Endpoint)emulator/sent").Result | ConvertFrom-Json }
        $pngHead = [byte[]](0x89, 0x50, 0x4e, 0x47)
        $held = @{}
        $png = New-File '截图 😀.png' (0x89, 0x50, 0x4e, 0x47)
        $gif = New-File 'a.gif' (0x47, 0x49, 0x46, 0x38)
        $mp4 = New-File 'a.mp4' (0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70)
        $log = New-File 'app [1].log' (0x61)
        $large = New-File 'large.bin' (0x61) (3 * 512KB)
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        $after = (Get-WeChatEmulator).Requests
    }

    AfterEach { Remove-WeChatEmulatorFault }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        [System.IO.Directory]::Delete($folder, $true)
    }

    It 'sends <what> by its content' -ForEach @(
        @{ what = 'a picture'; file = '截图 😀.png'; endpoint = 'webwxsendmsgimg' }
        @{ what = 'an animated picture'; file = 'a.gif'; endpoint = 'webwxsendemoticon' }
        @{ what = 'a video'; file = 'a.mp4'; endpoint = 'webwxsendvideomsg' }
        @{ what = 'anything else'; file = 'large.bin'; endpoint = 'webwxsendappmsg' }
        @{ what = 'a picture that is called x.dat'; file = 'x.dat'; head = 0x89, 0x50, 0x4e, 0x47; endpoint = 'webwxsendmsgimg' }
        @{ what = 'a text that is called x.png'; file = 'x.png'; head = 0x68, 0x69; endpoint = 'webwxsendappmsg' }
        @{ what = 'an animated picture that is called x.jpg'; file = 'x.jpg'; head = 0x47, 0x49, 0x46, 0x38; endpoint = 'webwxsendemoticon' }
    ) {
        if ($head) { $null = New-File $file $head }
        $receipt = Send-WeChatFile 王五 ([System.IO.Path]::Combine($folder, $file))
        $receipt | Should -BeOfType WeChatPS.WeChatReceipt
        $receipt.To.Name | Should -Be '王五'
        $receipt.MessageId | Should -Not -BeNullOrEmpty
        @(Get-WeChatEmulatorRequest $endpoint -After $after).Count | Should -Be 1
    }

    It 'sends as what it is told: <as>' -ForEach @(
        @{ as = 'Image'; endpoint = 'webwxsendmsgimg'; type = 3; media = 'pic' }
        @{ as = 'Video'; endpoint = 'webwxsendvideomsg'; type = 43; media = 'video' }
        @{ as = 'Emoticon'; endpoint = 'webwxsendemoticon'; type = 47; media = 'doc' }
        @{ as = 'File'; endpoint = 'webwxsendappmsg'; type = 6; media = 'doc' }
    ) {
        $null = Send-WeChatFile 王五 $png -As $as
        @(Get-WeChatEmulatorRequest -After $after | Where-Object Name -Like 'webwxsend*').Name | Should -Be $endpoint
        (Get-Received)[-1].type | Should -Be $type
        (Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Body | Should -Match "name=`"mediatype`"\r\n\r\n$media\r\n"
    }

    It 'sends to an official account' {
        (Send-WeChatFile 每日天气 $png).To.Kind | Should -Be 'Official'
        (Get-Received)[-1].to | Should -Match '每日天气'
    }

    It 'sends <file> to several: one upload, and a whole message for each, which can be passed on' -ForEach @(
        @{ file = '截图 😀.png'; type = 3 }, @{ file = 'a.gif'; type = 47 }, @{ file = 'a.mp4'; type = 43 }, @{ file = 'note.txt'; type = 6 }
    ) {
        $null = New-File 'note.txt' (0x61)
        $receipts = Send-WeChatFile 王五, 李四, 运维群 -LiteralPath ([System.IO.Path]::Combine($folder, $file))
        $uploads = @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after)
        $uploads.Count | Should -Be 1
        $uploads[0].Body | Should -Match ([regex]::Escape((Get-WeChatContact 王五).UserName))
        $copies = @($receipts | Send-WeChatMessage -To 张三 -Forward)
        $received = @(Get-Received)[-6..-1]
        $received.type -join ' ' | Should -Be ((, $type * 6) -join ' ')
        $received.size -join ' ' | Should -Be ((, 100 * 6) -join ' ')
        $received.fileName -join ' ' | Should -Be ((, $file * 6) -join ' ')
        @($received.mediaId | Sort-Object -Unique).Count | Should -Be 1
        $received.clientMsgId -join ' ' | Should -Be ((@($receipts) + $copies).ClientMsgId -join ' ')
        @($received.clientMsgId | Sort-Object -Unique).Count | Should -Be 6
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 1
    }

    It 'uploads once for all who are piped in' {
        $receipts = Get-WeChatContact 王五, 李四, 张三 | Send-WeChatFile -Path $gif
        $receipts.To.Name -join ' ' | Should -Be '王五 李四 张三'
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 1
        @(Get-Received)[-3..-1].size -join ' ' | Should -Be '100 100 100'
    }

    It 'uploads a file anew that has grown between two who are piped in' {
        $growing = New-File 'growing.txt' (0x61)
        $null = Get-WeChatContact 王五, 李四 | ForEach-Object { [System.IO.File]::AppendAllText($growing, 'x'); $_ } | Send-WeChatFile -Path $growing
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 2
        @(Get-Received)[-2..-1].size -join ' ' | Should -Be '101 102'
    }

    It 'sends <what> with -Content, under the name that is said' -ForEach @(
        @{ what = 'bytes'; content = { , [byte[]](1, 2, 3) }; name = '数据.bin'; size = 3; type = 6 }
        @{ what = 'bytes one by one'; content = { 1, 2, 3 }; name = '1.txt'; size = 3; type = 6 }
        @{ what = 'a picture'; content = { $pngHead }; name = 'chart'; size = 4; type = 3 }
        @{ what = 'a stream from its beginning'; content = { $stream = [System.IO.MemoryStream]::new(); $stream.Write($pngHead, 0, 4); , $stream }; name = 'chart.png'; size = 4; type = 3 }
        @{ what = 'a stream that cannot seek'; content = { [System.IO.Compression.DeflateStream]::new([System.IO.MemoryStream]::new([byte[]](0x4b, 0x4c, 0x4a, 0x06, 0)), [System.IO.Compression.CompressionMode]::Decompress) }; name = 'abc.txt'; size = 3; type = 6 }
    ) {
        $given = & $content
        $receipt = Send-WeChatFile 王五 -Content $given -Name $name
        $receipt.To.Name | Should -Be '王五'
        $received = @(Get-Received)[-1]
        $received.fileName | Should -Be $name
        $received.size | Should -Be $size
        $received.type | Should -Be $type
        if ($type -eq 6) {
            $app = ([xml] $received.text).appmsg
            $app.title | Should -Be $name
            $app.appattach.fileext | Should -Be ($name -split '\.')[-1]
        }
        if ($given -is [System.IO.Stream]) { $given.CanRead | Should -BeTrue }
    }

    It 'sends content to all who are piped in, though it can be read but once' {
        $once = [System.IO.Compression.DeflateStream]::new([System.IO.MemoryStream]::new([byte[]](0x4b, 0x4c, 0x4a, 0x06, 0)), [System.IO.Compression.CompressionMode]::Decompress)
        $receipts = Get-WeChatContact 王五, 李四 | Send-WeChatFile -Content $once -Name 'abc.txt'
        $receipts.To.Name -join ' ' | Should -Be '王五 李四'
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 1
        @(Get-Received)[-2..-1].size -join ' ' | Should -Be '3 3'
    }

    It 'gives a file another name, of which folders are left out: <_>' -ForEach 'x', '../x', '..\x', 'C:\temp\x' {
        $null = Send-WeChatFile 王五 $gif -Name $_ -As File
        @(Get-Received)[-1].fileName | Should -Be 'x'
        foreach ($request in Get-WeChatEmulatorRequest -After $after) { $request.Body | Should -Not -Match ([regex]::Escape('a.gif')) }
    }

    It 'gives one name to one file alone' {
        { Send-WeChatFile 王五 $gif, $mp4 -Name x -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.InvalidRequest,WeChatPS.SendWeChatFile'
        Get-WeChatEmulatorRequest webwxuploadmedia -After $after | Should -BeNullOrEmpty
        $receipts = $gif, $mp4 | Send-WeChatFile -To 王五 -Name x -ErrorAction SilentlyContinue -ErrorVariable failures
        @($receipts).Count | Should -Be 1
        $failures.FullyQualifiedErrorId | Should -Be 'WeChat.InvalidRequest,WeChatPS.SendWeChatFile'
    }

    It 'takes no <what> for a path, and says what to do' -ForEach @(
        @{ what = 'bytes'; script = { Send-WeChatFile 王五 ([byte[]](1, 2, 3)) } }
        @{ what = 'number'; script = { Send-WeChatFile 王五 -LiteralPath 1 } }
        @{ what = 'stream'; script = { Send-WeChatFile 王五 ([System.IO.MemoryStream]::new()) } }
        @{ what = 'piped bytes'; script = { , [byte[]](1, 2, 3) | Send-WeChatFile -To 王五 } }
        @{ what = 'piped numbers'; script = { 1, 2, 3 | Send-WeChatFile -To 王五 } }
    ) {
        Push-Location -LiteralPath $folder
        try {
            foreach ($name in '1', '2', '3') { $null = New-File $name (0x61) }
            $script | Should -Throw '*-Content*-Name*'
        } finally { Pop-Location }
        Get-WeChatEmulatorRequest -After $after | Where-Object Name -Match '^webwx(checkupload|uploadmedia|send)' | Should -BeNullOrEmpty
    }

    It 'takes no text for content, and says what to do' {
        { Send-WeChatFile 王五 -Content 'hello' -Name 'a.txt' } | Should -Throw '*GetBytes*'
    }

    It 'tells the name and never the folder' {
        $null = Send-WeChatFile 王五 $png -As File
        $requests = @(Get-WeChatEmulatorRequest -After $after)
        ($requests | Where-Object Name -EQ webwxsendappmsg).Body | Should -Match '截图 😀\.png'
        foreach ($request in $requests) { $request.Body | Should -Not -Match ([regex]::Escape($folder)) }
    }

    It 'sends what is piped in to everybody named, and uploads it once' {
        $receipts = Get-ChildItem -LiteralPath $folder -Filter *.log | Send-WeChatFile -To 王五, 运维群
        $receipts.To.Name -join ' ' | Should -Be '王五 运维群'
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 1
    }

    It 'takes piped paths, wildcards and relative paths' {
        Push-Location -LiteralPath $folder
        try {
            @('./a.gif', '*.mp4' | Send-WeChatFile -To 王五).Count | Should -Be 2
            @(Send-WeChatFile 王五 -Path 'a.*').Count | Should -Be 2
        } finally { Pop-Location }
    }

    It 'takes brackets that are escaped, as completion writes them' {
        $path = New-File 'c[1].dat' (1, 2) 50
        $escaped = $path.Replace('[', '`[').Replace(']', '`]')
        (Send-WeChatFile 王五 $escaped).To.Name | Should -Be '王五'
        @(Get-Received)[-1].fileName | Should -Be 'c[1].dat'
    }

    It 'sends what a symbolic link leads to, as a whole, under the name of the link' -Skip:$IsWindows {
        $path = New-File 'target.dat' (1, 2) 5000
        $link = [System.IO.Path]::Combine($folder, 'link.dat')
        $null = [System.IO.File]::CreateSymbolicLink($link, $path)
        $null = Send-WeChatFile 王五 $link
        $sent = @(Get-Received)[-1]
        "$($sent.fileName) $($sent.size)" | Should -Be 'link.dat 5000'
        [System.IO.File]::Delete($path)
        { Send-WeChatFile 王五 $link -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.FileUnavailable,WeChatPS.SendWeChatFile'
    }

    It 'takes brackets in a name as they are with -LiteralPath' {
        (Send-WeChatFile -To 王五 -LiteralPath $log).To.Name | Should -Be '王五'
    }

    It 'answers a piped message, and writes to piped contacts' {
        Send-WeChatEmulatorMessage '日志？' -From 赵六 -Group 运维群
        (Receive-WeChatMessage -NoWait | Send-WeChatFile -LiteralPath $log).To.Name | Should -Be '运维群'
        ((Get-WeChatContact 王五, 李四 | Send-WeChatFile -Path $gif).To.Name) -join ' ' | Should -Be '王五 李四'
    }

    It 'sends nothing with -WhatIf' {
        Send-WeChatFile 王五 $png -WhatIf | Should -BeNullOrEmpty
        Get-WeChatEmulatorRequest -After $after | Where-Object Name -Like 'webwx[su][ep]*' | Should -BeNullOrEmpty
    }

    It 'goes on where a piece was lost' {
        $null = Add-WeChatEmulatorFault webwxuploadmedia Reset -Count 1
        (Send-WeChatFile 王五 $large).Attempts | Should -Be 1
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 4
    }

    It 'asks first about a file above 25 MB, in pieces of 512 KB, and uploads nothing that the server has' {
        $huge = New-File 'huge.zip' (1) (25MB + 1)
        $null = Send-WeChatFile 王五 $huge
        @(Get-WeChatEmulatorRequest webwxcheckupload -After $after).Count | Should -Be 1
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 51
        $null = Send-WeChatFile 张三 $huge
        @(Get-WeChatEmulatorRequest webwxcheckupload -After $after).Count | Should -Be 2
        @(Get-WeChatEmulatorRequest webwxuploadmedia -After $after).Count | Should -Be 51
        @(Get-WeChatEmulatorRequest webwxsendappmsg -After $after).Count | Should -Be 2
    }

    It 'hands the first doubt about the message to the caller when told not to repeat' {
        $null = Add-WeChatEmulatorFault webwxsendmsgimg LostReply -Count 1
        $failure = $null
        try { $null = Send-WeChatFile 王五 $png -NoRetry -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'WeChat.SendOutcomeUnknown,WeChatPS.SendWeChatFile'
    }

    It 'waits no longer than it may' {
        $null = Add-WeChatEmulatorFault webwxuploadmedia Ret -Code 1205 -Count 1
        $other = Connect-WeChat -Name throttled -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        { Send-WeChatFile 王五 $png -Session $other -TimeoutSec 1 -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.Throttled,WeChatPS.SendWeChatFile'
        Disconnect-WeChat -Session $other
        $null = Connect-WeChat -Name files -Endpoint $emulator.Endpoint -Ephemeral
    }

    It 'goes on with the other files and receivers' {
        $receipts = Send-WeChatFile 无名, 王五 -Path $png, (New-File 'empty' @() 0), $gif -ErrorAction SilentlyContinue -ErrorVariable failures
        @($receipts).Count | Should -Be 2
        $failures.FullyQualifiedErrorId -join ' ' | Should -Be 'WeChat.ContactNotFound,WeChatPS.SendWeChatFile WeChat.EmptyFile,WeChatPS.SendWeChatFile'
    }

    It 'leaves out the folders that a wildcard matches' {
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($folder, 'b.d'))
        $null = New-File 'b.t' (0x61)
        @(Send-WeChatFile 王五 ([System.IO.Path]::Combine($folder, 'b.*'))).Count | Should -Be 1
    }

    It 'refuses <what> before anything is sent' -ForEach @(
        @{ what = 'an empty file'; make = { New-File 'nothing.txt' @() 0 }; as = 'Auto'; id = 'WeChat.EmptyFile' }
        @{ what = 'a picture of more than 20 MB'; make = { New-SparseFile 'big.png' $pngHead (20MB + 1) }; as = 'Image'; id = 'WeChat.FileTooLarge' }
        @{ what = 'a video of more than 20 MB'; make = { New-SparseFile 'big.mp4' (0) (20MB + 1) }; as = 'Video'; id = 'WeChat.FileTooLarge' }
        @{ what = 'a sticker of more than 20 MB'; make = { New-SparseFile 'big.gif' (0) (20MB + 1) }; as = 'Emoticon'; id = 'WeChat.FileTooLarge' }
        @{ what = 'a file of more than 50 MB'; make = { New-SparseFile 'big.bin' (1) (50MB + 1) }; as = 'Auto'; id = 'WeChat.FileTooLarge' }
        @{ what = 'more than 50 MB as a file'; make = { New-SparseFile 'big.png' $pngHead (50MB + 1) }; as = 'File'; id = 'WeChat.FileTooLarge' }
        @{ what = 'a missing file'; make = { [System.IO.Path]::Combine($folder, 'missing') }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
        @{ what = 'a folder'; make = { $folder }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
        @{ what = 'a file that another program keeps to itself'; make = { $held.Lock = [System.IO.File]::Open((New-File 'locked.bin' (1)), 'Open', 'ReadWrite', 'None'); $held.Lock.Name }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
        @{ what = 'a wildcard without a match'; make = { [System.IO.Path]::Combine($folder, '*.none') }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
        @{ what = 'a name whose brackets are a wildcard'; make = { $log }; keep = $true; as = 'Auto'; id = 'WeChat.FileUnavailable' }
        @{ what = 'what is no file system'; make = { 'Variable:HOME' }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
    ) {
        $path = & $make
        try {
            { Send-WeChatFile 王五 $path -As $as -ErrorAction Stop } | Should -Throw -ErrorId "$id,WeChatPS.SendWeChatFile"
        } finally {
            if ($held.Lock) { $held.Lock.Dispose(); $held.Clear() }
        }
        Get-WeChatEmulatorRequest -After $after | Where-Object Name -Match '^webwx(checkupload|uploadmedia|send)' | Should -BeNullOrEmpty
        if (-not $keep -and [System.IO.File]::Exists($path)) { [System.IO.File]::Delete($path) }
    }

    It 'refuses <what> as content before anything is sent' -ForEach @(
        @{ what = 'nothing'; content = { [System.IO.MemoryStream]::new() }; name = 'a.txt'; id = 'WeChat.EmptyFile' }
        @{ what = 'a closed stream'; content = { $stream = [System.IO.MemoryStream]::new([byte[]](1)); $stream.Dispose(); , $stream }; name = 'a.txt'; id = 'WeChat.FileUnavailable' }
        @{ what = 'a name that is a folder'; content = { [byte[]](1, 2) }; name = '../'; id = 'WeChat.EmptyName' }
    ) {
        { Send-WeChatFile 王五 -Content (& $content) -Name $name -ErrorAction Stop } | Should -Throw -ErrorId "$id,WeChatPS.SendWeChatFile"
        Get-WeChatEmulatorRequest -After $after | Where-Object Name -Match '^webwx(checkupload|uploadmedia|send)' | Should -BeNullOrEmpty
    }
}
