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
    ) {
        $receipt = Send-WeChatFile 王五 ([System.IO.Path]::Combine($folder, $file))
        $receipt | Should -BeOfType WeChatPS.WeChatReceipt
        $receipt.To.Name | Should -Be '王五'
        $receipt.MessageId | Should -Not -BeNullOrEmpty
        @(Get-WeChatEmulatorRequest $endpoint -After $after).Count | Should -Be 1
    }

    It 'sends as what it is told' {
        $null = Send-WeChatFile 王五 $png -As File
        @(Get-WeChatEmulatorRequest webwxsendappmsg -After $after).Count | Should -Be 1
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
    }

    It 'goes on with the other files and receivers' {
        $receipts = Send-WeChatFile 无名, 王五 -Path $png, (New-File 'empty' @() 0), $gif -ErrorAction SilentlyContinue -ErrorVariable failures
        @($receipts).Count | Should -Be 2
        $failures.FullyQualifiedErrorId -join ' ' | Should -Be 'WeChat.ContactNotFound,WeChatPS.SendWeChatFile WeChat.EmptyFile,WeChatPS.SendWeChatFile'
    }

    It 'refuses <what> before anything is sent' -ForEach @(
        @{ what = 'an empty file'; make = { New-File 'nothing.txt' @() 0 }; as = 'Auto'; id = 'WeChat.EmptyFile' }
        @{ what = 'a picture of more than 20 MB'; make = { New-File 'big.png' (0x89, 0x50, 0x4e, 0x47) (20MB + 1) }; as = 'Image'; id = 'WeChat.FileTooLarge' }
        @{ what = 'a file of more than 50 MB'; make = { New-File 'big.bin' (1) (50MB + 1) }; as = 'Auto'; id = 'WeChat.FileTooLarge' }
        @{ what = 'a missing file'; make = { [System.IO.Path]::Combine($folder, 'missing') }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
        @{ what = 'a folder'; make = { $folder }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
        @{ what = 'a wildcard without a match'; make = { [System.IO.Path]::Combine($folder, '*.none') }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
        @{ what = 'what is no file system'; make = { 'Variable:HOME' }; as = 'Auto'; id = 'WeChat.FileUnavailable' }
    ) {
        $path = & $make
        { Send-WeChatFile 王五 $path -As $as -ErrorAction Stop } | Should -Throw -ErrorId "$id,WeChatPS.SendWeChatFile"
        Get-WeChatEmulatorRequest webwxuploadmedia -After $after | Should -BeNullOrEmpty
        if ([System.IO.File]::Exists($path)) { [System.IO.File]::Delete($path) }
    }
}
