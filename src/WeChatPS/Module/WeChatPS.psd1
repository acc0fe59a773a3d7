@{
    RootModule = 'WeChatPS.psm1'
    ModuleVersion = '0.3.0'
    GUID = '5d1e2a0c-6f0b-4c55-9a3e-7c1d3be0f6a4'
    Author = 'WeChatPS contributors'
    CompanyName = 'WeChatPS contributors'
    Copyright = '(c) WeChatPS contributors. MIT licence.'
    Description = 'A personal WeChat account in the PowerShell pipeline: log in by QR code, receive messages as objects, answer them. Unofficial.'

    PowerShellVersion = '7.6'
    CompatiblePSEditions = @('Core')

    FormatsToProcess = @('WeChatPS.Format.ps1xml', 'WeChatPS.Emulator.Format.ps1xml', 'WeChatPS.Lines.Format.ps1xml')
    TypesToProcess = @('WeChatPS.Types.ps1xml')

    CmdletsToExport = @(
        'Add-WeChatEmulatorFault'
        'Add-WeChatFriend'
        'Add-WeChatGroupMember'
        'Approve-WeChatFriendRequest'
        'Complete-WeChatMessage'
        'Connect-WeChat'
        'Deny-WeChatFriendRequest'
        'Disconnect-WeChat'
        'Exit-WeChatGroup'
        'Export-WeChatSession'
        'Get-WeChatArticle'
        'Get-WeChatContact'
        'Get-WeChatEmulator'
        'Get-WeChatEmulatorRequest'
        'Get-WeChatGroupMember'
        'Get-WeChatSession'
        'Invoke-WeChatRequest'
        'New-WeChatGroup'
        'Receive-WeChatMessage'
        'Register-WeChatEvent'
        'Remove-WeChatEmulatorFault'
        'Remove-WeChatGroupMember'
        'Remove-WeChatSession'
        'Revoke-WeChatMessage'
        'Save-WeChatAvatar'
        'Save-WeChatMedia'
        'Send-WeChatEmulatorMessage'
        'Send-WeChatFile'
        'Send-WeChatMessage'
        'Set-WeChatContact'
        'Set-WeChatGroup'
        'Start-WeChatEmulator'
        'Stop-WeChatEmulator'
        'Test-WeChatSync'
        'Wait-WeChatSync'
    )
    AliasesToExport = @()
    FunctionsToExport = @()
    VariablesToExport = @()

    # What the package holds. A build that makes anything else fails.
    FileList = @(
        'WeChatPS.psd1'
        'WeChatPS.psm1'
        'WeChatPS.Emulator.Format.ps1xml'
        'WeChatPS.Format.ps1xml'
        'WeChatPS.Lines.Format.ps1xml'
        'WeChatPS.Types.ps1xml'
        'LICENSE'
        'THIRD-PARTY-NOTICES.txt'
        'CHANGELOG.md'
        'en-US/WeChatPS.dll-Help.xml'
        'en-US/about_WeChatPS.help.txt'
        'en-US/about_WeChatPS_Delivery.help.txt'
        'en-US/about_WeChatPS_Messages.help.txt'
        'en-US/about_WeChatPS_Sessions.help.txt'
        'en-US/about_WeChatPS_Sync.help.txt'
        'en-US/about_WeChatPS_Tasks.help.txt'
        'zh-CN/WeChatPS.dll-Help.xml'
        'zh-CN/about_WeChatPS.help.txt'
        'zh-CN/about_WeChatPS_Delivery.help.txt'
        'zh-CN/about_WeChatPS_Messages.help.txt'
        'zh-CN/about_WeChatPS_Sessions.help.txt'
        'zh-CN/about_WeChatPS_Sync.help.txt'
        'zh-CN/about_WeChatPS_Tasks.help.txt'
        'bin/Polly.Core.dll'
        'bin/QRCoder.dll'
        'bin/System.IO.Hashing.dll'
        'bin/System.Security.Cryptography.ProtectedData.dll'
        'bin/WeChatPS.Core.dll'
        'bin/WeChatPS.Emulator.dll'
        'bin/WeChatPS.Emulator.runtimeconfig.json'
        'bin/WeChatPS.Loader.dll'
        'bin/WeChatPS.dll'
        '_manifest/spdx_2.2/manifest.spdx.json'
        '_manifest/spdx_2.2/manifest.spdx.json.sha256'
    )

    PrivateData = @{
        PSData = @{
            Tags = @('WeChat', 'Chat', 'Bot', 'Messaging', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://spdx.org/licenses/MIT.html'
            Prerelease = ''       # pack sets it from the version,
            ReleaseNotes = ''     # and these from CHANGELOG.md
        }
    }
}
