Import-Module WeChatPS

Describe 'Remove-WeChatEmulatorFault' {
    BeforeAll { $emulator = Start-WeChatEmulator }

    BeforeEach {
        Remove-WeChatEmulatorFault
        $one = Add-WeChatEmulatorFault synccheck Reset
        $two = Add-WeChatEmulatorFault synccheck Empty
        $three = Add-WeChatEmulatorFault webwxsync Html
    }

    AfterAll { Stop-WeChatEmulator }

    It 'removes all' {
        Remove-WeChatEmulatorFault
        (Get-WeChatEmulator).Faults.Count | Should -Be 0
    }

    It 'removes those of a request' {
        Remove-WeChatEmulatorFault synccheck
        (Get-WeChatEmulator).Faults.Id | Should -Be $three.Id
    }

    It 'removes the ones that are piped' {
        $one, $three | Remove-WeChatEmulatorFault
        (Get-WeChatEmulator).Faults.Id | Should -Be $two.Id
    }

    It 'removes nothing with -WhatIf' {
        Remove-WeChatEmulatorFault -WhatIf
        (Get-WeChatEmulator).Faults.Count | Should -Be 3
    }

    It 'says so when there is no such fault' {
        { Remove-WeChatEmulatorFault -Id 999 } | Should -Throw -ErrorId 'WeChat.EmulatorFailed,WeChatPS.RemoveWeChatEmulatorFault'
    }
}
