Import-Module WeChatPS

# the server keeps what it gets, so it runs in a process of its own here
Describe 'A file of 50 MB' {
    BeforeAll {
        $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $null = [IO.Directory]::CreateDirectory($folder)
        $console = [IO.Path]::Combine((Get-Module WeChatPS).ModuleBase, 'bin', 'WeChatPS.Emulator.dll')
        $start = [Diagnostics.ProcessStartInfo]::new('dotnet', "`"$console`" --quiet --hold 1")
        $start.RedirectStandardOutput = $true
        $server = [Diagnostics.Process]::Start($start)
        $endpoint = [Uri]($server.StandardOutput.ReadLine() -replace '^listening on ')
        $null = Connect-WeChat -Name large -Endpoint $endpoint -Login Qr -QrCode None -Ephemeral -SendInterval 0 6> $null

        $path = [IO.Path]::Combine($folder, 'large.bin')
        $bytes = [byte[]]::new(50MB)
        [Random]::new(1).NextBytes($bytes)
        [IO.File]::WriteAllBytes($path, $bytes)
        $digest = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes))
        $small = [IO.Path]::Combine($folder, 'small.bin')
        [IO.File]::WriteAllBytes($small, $bytes[0..99])
        $bytes = $null
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator -Endpoint $endpoint
        $null = $server.WaitForExit(10000)
        $server.Dispose()
        [IO.Directory]::Delete($folder, $true)
    }

    It 'goes out and comes in, and what is allocated for it is a fraction of it' {
        # what is needed the first time only
        Send-WeChatEmulatorMessage -From 王五 -Kind File -Path $small -Endpoint $endpoint
        $null = Receive-WeChatMessage -NoWait | Save-WeChatMedia $folder -PassThru
        $null = Send-WeChatFile 王五 $small
        Send-WeChatEmulatorMessage -From 王五 -Kind File -Path $path -Endpoint $endpoint
        $message = Receive-WeChatMessage -NoWait

        $before = [GC]::GetTotalAllocatedBytes($true)
        $receipt = Send-WeChatFile 王五 $path
        $up = [GC]::GetTotalAllocatedBytes($true) - $before
        $file = $message | Save-WeChatMedia ([IO.Path]::Combine($folder, 'in')) -PassThru
        $down = [GC]::GetTotalAllocatedBytes($true) - $before - $up

        $receipt.To.Name | Should -Be '王五'
        $stream = [IO.File]::OpenRead($file.FullName)
        try { [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($stream)) | Should -Be $digest } finally { $stream.Dispose() }
        $up | Should -BeLessThan 10MB
        $down | Should -BeLessThan 10MB
    }
}
