Import-Module WeChatPS

Describe 'A session folder that version 0.1 left' {
    BeforeAll {
        $fixture = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', 'fixtures', 'session-0.1'))
        $export = [Net.NetworkCredential]::new('', [IO.File]::ReadAllText([IO.Path]::Combine($fixture, 'export.txt'))).SecurePassword
    }

    BeforeEach {
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        $folder = [IO.Path]::Combine($store, 'fixture')
        $null = [IO.Directory]::CreateDirectory($folder)
        foreach ($file in [IO.Directory]::GetFiles([IO.Path]::Combine($fixture, 'fixture'))) {
            [IO.File]::WriteAllBytes([IO.Path]::Combine($folder, [IO.Path]::GetFileName($file)), [IO.File]::ReadAllBytes($file))
        }
    }

    AfterEach { [IO.Directory]::Delete($store, $true) }

    It 'is listed' {
        $saved = Get-WeChatSession -Saved -StorePath $store
        $saved.Name, $saved.User, $saved.Endpoint, "$($saved.Mode)" -join ' ' | Should -Be 'fixture 我 127.0.0.1:24680 Web'
        $saved.Problem | Should -BeNullOrEmpty
        $saved.Created.ToString('yyyy-MM-dd') | Should -Be '2026-11-30'
    }

    It 'is exported, and its 503 messages stay in the inbox' {
        $secret = Export-WeChatSession -Saved -Name fixture -StorePath $store -WarningVariable warned -WarningAction SilentlyContinue
        $secret.Length | Should -BeGreaterThan 500
        "$warned" | Should -Match '503'
    }

    It 'belongs to its own endpoint' {
        { Connect-WeChat -Name fixture -Endpoint http://127.0.0.1:9 -StorePath $store -NonInteractive } |
            Should -Throw '*http://127.0.0.1:24680/*' -ErrorId 'WeChat.EndpointMismatch,WeChatPS.ConnectWeChat'
        (Get-WeChatSession -Saved -StorePath $store).Problem | Should -BeNullOrEmpty
    }

    It 'has an export that is read' {
        { Connect-WeChat -Name other -Endpoint http://127.0.0.1:9 -Ephemeral -SavedSession $export -NonInteractive } |
            Should -Throw '*http://127.0.0.1:24680/*' -ErrorId 'WeChat.EndpointMismatch,WeChatPS.ConnectWeChat'
    }
}
