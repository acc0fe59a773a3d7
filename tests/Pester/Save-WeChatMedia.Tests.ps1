Import-Module WeChatPS

BeforeDiscovery {
    $endpoints = [ordered]@{ Image = 'webwxgetmsgimg'; Voice = 'webwxgetvoice'; Video = 'webwxgetvideo'; File = 'webwxgetmedia' }
    $spoiled = foreach ($kind in $endpoints.Keys) {
        @{ kind = $kind; endpoint = $endpoints[$kind]; fault = 'Html'; expected = 'ProtocolError' }
        @{ kind = $kind; endpoint = $endpoints[$kind]; fault = 'Empty'; expected = 'MediaUnavailable' }
        @{ kind = $kind; endpoint = $endpoints[$kind]; fault = 'Ret'; expected = 'Refused' }
        @{ kind = $kind; endpoint = $endpoints[$kind]; fault = 'Status'; code = 404; expected = 'MediaUnavailable' }
    }
}

Describe 'Save-WeChatMedia' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name saving -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
    }

    BeforeEach {
        $null = Receive-WeChatMessage -NoWait
        $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
    }

    AfterEach {
        Remove-WeChatEmulatorFault
        if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'saves <kind> from the pipeline into a folder that it creates' -ForEach @(
        @{ kind = 'Image'; extension = '.jpg' }
        @{ kind = 'Voice'; extension = '.mp3' }
        @{ kind = 'Video'; extension = '.mp4' }
        @{ kind = 'Emoticon'; extension = '.gif' }
        @{ kind = 'Location'; extension = '.jpg' }
    ) {
        Send-WeChatEmulatorMessage -From 王五 -Kind $kind
        $file = Receive-WeChatMessage -NoWait | Save-WeChatMedia $folder -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.Name | Should -Match "^$kind-\d{8}-\d{6}-\d+\$extension$"
        [IO.Directory]::GetFileSystemEntries($folder) | Should -Be $file.FullName
        $file.Length | Should -BeGreaterThan 0
    }

    It 'saves a file under the name it was sent with, made harmless, and numbers what has the same one' {
        Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName '..\周报: a/b*.txt' -Count 2
        $files = Receive-WeChatMessage -NoWait | Save-WeChatMedia -LiteralPath $folder -PassThru
        $files.Name | Should -Be @('b_.txt', 'b_ (2).txt')
        [IO.File]::ReadAllText($files[0].FullName) | Should -Be "A file of the emulator.`n"
    }

    It 'saves <name> under a name that every system can open: <expected>' -ForEach @(
        @{ name = 'CON'; expected = '_CON' }, @{ name = 'nul.txt'; expected = '_nul.txt' }, @{ name = 'a.txt:stream'; expected = 'a.txt_stream' }
        @{ name = 'a.txt. . .'; expected = 'a.txt' }, @{ name = '.bashrc'; expected = '_.bashrc' }, @{ name = '/etc/passwd'; expected = 'passwd' }
    ) {
        Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName $name
        $file = Receive-WeChatMessage -NoWait | Save-WeChatMedia -LiteralPath $folder -PassThru
        $file.Name | Should -Be $expected
        $file.DirectoryName | Should -Be $folder
    }

    It 'shortens a name that no disk would take, and keeps its extension' {
        Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName ('长' * 300 + '.txt')
        $file = Receive-WeChatMessage -NoWait | Save-WeChatMedia -LiteralPath $folder -PassThru
        $file.Name | Should -Match '^长+\.txt$'
        [Text.Encoding]::UTF8.GetByteCount($file.Name) | Should -BeLessOrEqual 255
    }

    It 'gives files as Get-Item does, so that brackets in a name go on through a pipeline' {
        Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName 'report [1].txt'
        $file = Receive-WeChatMessage -NoWait | Save-WeChatMedia -LiteralPath $folder -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.PSPath | Should -Match 'report \[1\]\.txt$'
        $sent = $file | Send-WeChatFile 李四
        $sent.To.Name | Should -Be '李四'
        $file | Remove-Item
        [IO.File]::Exists($file.FullName) | Should -BeFalse
    }

    It 'saves what was sent byte for byte' {
        $null = [IO.Directory]::CreateDirectory($folder)
        $path = [IO.Path]::Combine($folder, '原件.bin')
        $bytes = [byte[]]::new(200000)
        [Random]::new(1).NextBytes($bytes)
        [IO.File]::WriteAllBytes($path, $bytes)
        Send-WeChatEmulatorMessage -From 赵六 -Group 运维群 -Kind File -Path $path
        $file = Receive-WeChatMessage -NoWait | Save-WeChatMedia ([IO.Path]::Combine($folder, 'in')) -PassThru
        $file.Name | Should -Be '原件.bin'
        [Convert]::ToBase64String([IO.File]::ReadAllBytes($file.FullName)) -eq [Convert]::ToBase64String($bytes) | Should -BeTrue
    }

    It 'is silent without -PassThru, and saves thumbnails' {
        Send-WeChatEmulatorMessage -From 王五 -Kind Video
        Receive-WeChatMessage -NoWait | Save-WeChatMedia $folder -Thumbnail | Should -BeNullOrEmpty
        [IO.Path]::GetExtension([IO.Directory]::GetFiles($folder)) | Should -Be '.jpg'
        (Get-WeChatEmulatorRequest -Name webwxgetmsgimg)[-1].Query | Should -Match 'type=slave'
    }

    It 'saves as the file that is named, replaces an older one, and never one of its own' {
        $path = [IO.Path]::Combine($folder, 'new', 'a.txt')
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
        [IO.File]::WriteAllText($path, 'old')
        Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName 'x.txt' -Count 2
        $files = Receive-WeChatMessage -NoWait | Save-WeChatMedia $path -PassThru
        $files.Name | Should -Be @('a.txt', 'a (2).txt')
        [IO.File]::ReadAllText($path) | Should -Match 'emulator'
    }

    It 'replaces nothing with -NoClobber' {
        $path = [IO.Path]::Combine($folder, 'a.txt')
        $null = [IO.Directory]::CreateDirectory($folder)
        [IO.File]::WriteAllText($path, 'old')
        Send-WeChatEmulatorMessage -From 王五 -Kind File -FileName 'a.txt'
        $message = Receive-WeChatMessage -NoWait
        foreach ($target in $path, $folder) {
            $message | Save-WeChatMedia $target -NoClobber -ErrorVariable failures -ErrorAction SilentlyContinue
            $failures[0].FullyQualifiedErrorId | Should -Be 'WeChat.FileExists,WeChatPS.SaveWeChatMedia'
        }
        [IO.File]::ReadAllText($path) | Should -Be 'old'
        $message | Save-WeChatMedia $folder -Force
        [IO.File]::ReadAllText($path) | Should -Match 'emulator'
    }

    It 'takes a path with wildcards for what it matches, and a literal one as it is' {
        $odd = [IO.Path]::Combine($folder, 'photos[1]')
        $null = [IO.Directory]::CreateDirectory($odd)
        Send-WeChatEmulatorMessage -From 王五 -Kind Image
        $message = Receive-WeChatMessage -NoWait
        ($message | Save-WeChatMedia ([IO.Path]::Combine($folder, 'pho*')) -PassThru).DirectoryName | Should -Be $odd
        ($message | Save-WeChatMedia -LiteralPath $odd -PassThru).Name | Should -BeLike '* (2).jpg'
        $message | Save-WeChatMedia ([IO.Path]::Combine($folder, 'nothing*')) -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'WeChat.FileUnavailable,WeChatPS.SaveWeChatMedia'
    }

    It 'leaves no file of a <kind> when the server sends <fault>: <expected>' -ForEach $spoiled {
        $null = Add-WeChatEmulatorFault $endpoint $fault -Code ($code ?? -1)
        Send-WeChatEmulatorMessage -From 王五 -Kind $kind
        Receive-WeChatMessage -NoWait | Save-WeChatMedia $folder -PassThru -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be "WeChat.$expected,WeChatPS.SaveWeChatMedia"
        [IO.Directory]::GetFileSystemEntries($folder) | Should -BeNullOrEmpty
    }

    It 'saves <kind> that the account sent from its phone' -ForEach @{ kind = 'Image' }, @{ kind = 'File' } {
        Send-WeChatEmulatorMessage -To 王五 -Kind $kind -FileName '自己的.txt'
        $message = Receive-WeChatMessage -NoWait -IncludeSelf
        $message.IsFromSelf | Should -BeTrue
        ($message | Save-WeChatMedia $folder -PassThru).Length | Should -BeGreaterThan 0
    }

    It 'asks for a <kind> as a browser does' -ForEach @(
        @{ kind = 'Voice'; endpoint = 'webwxgetvoice'; range = $true; referer = { "$($emulator.Endpoint.AbsoluteUri.TrimEnd('/'))$($request.Path)?$($request.Query)" } }
        @{ kind = 'Video'; endpoint = 'webwxgetvideo'; range = $true; referer = { "$($emulator.Endpoint.AbsoluteUri.TrimEnd('/'))$($request.Path)?$($request.Query)" } }
        @{ kind = 'File'; endpoint = 'webwxgetmedia'; range = $false; referer = { $emulator.Endpoint.AbsoluteUri } }
    ) {
        Send-WeChatEmulatorMessage -From 王五 -Kind $kind
        Receive-WeChatMessage -NoWait | Save-WeChatMedia $folder
        $request = Get-WeChatEmulatorRequest $endpoint -Last 1
        $request.Headers -match '^Referer: ' | Should -Be "Referer: $(& $referer)"
        $request.Headers -contains 'Range: bytes=0-' | Should -Be $range
    }

    It 'goes on with the next message when one cannot be saved' {
        Send-WeChatEmulatorMessage 'x' -From 王五
        Send-WeChatEmulatorMessage -From 王五 -Kind Image
        $file = Receive-WeChatMessage -NoWait | Save-WeChatMedia $folder -PassThru -ErrorVariable failures -ErrorAction SilentlyContinue
        $file.Extension | Should -Be '.jpg'
        $failures[0].FullyQualifiedErrorId | Should -Be 'WeChat.NoMedia,WeChatPS.SaveWeChatMedia'
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'goes on where a connection broke' {
        $null = Add-WeChatEmulatorFault webwxgetvideo Truncate -Count 1
        Send-WeChatEmulatorMessage -From 王五 -Kind Video
        $message = Receive-WeChatMessage -NoWait
        ($message | Save-WeChatMedia $folder -PassThru).Length | Should -Be $message.Content.Size
        (Get-WeChatEmulatorRequest -Name webwxgetvideo)[-1].Headers -match '^Range: bytes=16-' | Should -Not -BeNullOrEmpty
    }

    It 'saves a file whole where a connection broke, <what>' -ForEach @(
        @{ what = 'going on where the server allows it'; ranges = $true }, @{ what = 'beginning anew where it does not'; ranges = $false }
    ) {
        $settings = [Net.Http.StringContent]::new((@{ fileRanges = $ranges } | ConvertTo-Json))
        [Net.Http.HttpClient]::new().PostAsync("$($emulator.Endpoint)emulator/settings", $settings).Result.IsSuccessStatusCode | Should -BeTrue
        $null = [IO.Directory]::CreateDirectory($folder)
        $path = [IO.Path]::Combine($folder, 'original.bin')
        $bytes = [byte[]]::new(200000)
        [Random]::new(2).NextBytes($bytes)
        [IO.File]::WriteAllBytes($path, $bytes)
        $null = Add-WeChatEmulatorFault webwxgetmedia Truncate -Count 1
        $after = (Get-WeChatEmulator).Requests
        Send-WeChatEmulatorMessage -From 王五 -Kind File -Path $path
        $file = Receive-WeChatMessage -NoWait | Save-WeChatMedia ([IO.Path]::Combine($folder, 'in')) -PassThru
        $requests = @(Get-WeChatEmulatorRequest webwxgetmedia -After $after)
        $requests.Count | Should -Be 2
        $requests[1].Headers -match '^Range: bytes=[1-9]\d*-$' | Should -Not -BeNullOrEmpty
        $requests[1].Status | Should -Be $(if ($ranges) { 206 } else { 200 })
        [Convert]::ToBase64String([IO.File]::ReadAllBytes($file.FullName)) -eq [Convert]::ToBase64String($bytes) | Should -BeTrue
        @([IO.Directory]::GetFileSystemEntries($file.DirectoryName)).Count | Should -Be 1
    }

    It 'asks nobody and creates nothing with -WhatIf' {
        Send-WeChatEmulatorMessage -From 王五 -Kind Image
        $before = @(Get-WeChatEmulatorRequest -Name webwxgetmsgimg).Count
        Receive-WeChatMessage -NoWait | Save-WeChatMedia $folder -PassThru -WhatIf | Should -BeNullOrEmpty
        [IO.Directory]::Exists($folder) | Should -BeFalse
        @(Get-WeChatEmulatorRequest -Name webwxgetmsgimg).Count | Should -Be $before
    }
}
