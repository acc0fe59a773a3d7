Import-Module WeChatPS

Describe 'Get-WeChatSession' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $store = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'WeChatPS-' + [Guid]::NewGuid().ToString('N'))
        foreach ($name in 'work', 'home') {
            $null = Connect-WeChat -Name $name -Endpoint $emulator.Endpoint -Login Qr -QrCode None -StorePath $store 6> $null
        }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
        if ([IO.Directory]::Exists($store)) { [IO.Directory]::Delete($store, $true) }
    }

    It 'lists what is connected, by name or wildcard' {
        (Get-WeChatSession).Name -join ' ' | Should -Be 'work home'
        (Get-WeChatSession w*).Name | Should -Be 'work'
        Get-WeChatSession x* | Should -BeNullOrEmpty
    }

    It 'lists what is saved, with the account and the server' {
        $saved = Get-WeChatSession -Saved -StorePath $store
        $saved.Name -join ' ' | Should -Be 'home work'
        $saved[0].User | Should -Be '我'
        $saved[0].Endpoint | Should -Be $emulator.Endpoint.Authority
    }

    It 'has nothing to list in an empty store' {
        Get-WeChatSession -StorePath ([IO.Path]::Combine($store, 'none')) | Should -BeNullOrEmpty
    }

    It 'lists what is saved in a store without -Saved too' {
        (Get-WeChatSession -StorePath $store | ForEach-Object GetType | Select-Object -Unique).Name | Should -Be 'SavedSessionInfo'
    }

    It 'says so when a name means nothing' {
        { Get-WeChatSession nobody -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.SessionNotFound,WeChatPS.GetWeChatSession'
        { Get-WeChatSession nobody -Saved -StorePath $store -ErrorAction Stop } | Should -Throw -ErrorId 'WeChat.SessionNotFound,WeChatPS.GetWeChatSession'
    }

    It 'is completed with what is connected and what is saved' {
        Get-WeChatSession work | Disconnect-WeChat
        $line = "Connect-WeChat -StorePath '$store' -Name "
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' | Should -Be 'home work'
        $line = 'Disconnect-WeChat -Session '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'home'
    }

    It 'refuses a store outside the file system' {
        { Get-WeChatSession -Saved -StorePath variable:x } | Should -Throw -ErrorId 'WeChat.FileUnavailable,WeChatPS.GetWeChatSession'
    }
}
