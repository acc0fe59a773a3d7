# What is in the package, and that the same sources make the same package.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Engine.ps1'))
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $folder = Join-Path $root 'output' 'WeChatPS'
    $manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $folder 'WeChatPS.psd1')
    $data = $manifest.PrivateData.PSData
    # What ships beside our own code, as the libraries themselves say.
    $libraries = Get-ChildItem -LiteralPath (Join-Path $folder 'bin') -Filter *.dll | Where-Object Name -NotLike 'WeChatPS*' |
        ForEach-Object { "$($_.BaseName) $($_.VersionInfo.ProductVersion -replace '\+.*')" } | Sort-Object
    function Get-FileName { Get-ChildItem -LiteralPath $folder -File -Recurse | ForEach-Object { [IO.Path]::GetRelativePath($folder, $_.FullName).Replace('\', '/') } | Sort-Object }
}

Describe 'The manifest of the module' {
    It 'lists the files of the folder and no other' {
        Get-FileName | Should -Be ($manifest.FileList | Sort-Object)
    }

    It 'has the version of the project and what changed in it' {
        $version = ([xml](Get-Content -LiteralPath (Join-Path $root 'Directory.Build.props') -Raw)).Project.PropertyGroup.Version
        (@($manifest.ModuleVersion, $data.Prerelease) | Where-Object { $_ }) -join '-' | Should -Be $version
        $changes = Get-Content -LiteralPath (Join-Path $root 'CHANGELOG.md') -Raw
        $data.ReleaseNotes | Should -Not -BeNullOrEmpty
        $data.ReleaseNotes | Should -Not -Match '(?m)^## '
        $changes | Should -BeLike "*## ``[$version``]*"
        $changes.Replace("`r", '').Contains($data.ReleaseNotes) | Should -BeTrue
    }

    It 'is valid and names the licence' {
        (Test-ModuleManifest -Path (Join-Path $folder 'WeChatPS.psd1') -ErrorAction Stop).LicenseUri | Should -Be 'https://spdx.org/licenses/MIT.html'
        Get-Content -LiteralPath (Join-Path $folder 'LICENSE') -TotalCount 1 | Should -Be 'MIT License'
        $data.Tags | Should -Contain 'WeChat'
    }
}

Describe 'THIRD-PARTY-NOTICES.txt' {
    BeforeAll {
        $notices = Get-Content -LiteralPath (Join-Path $folder 'THIRD-PARTY-NOTICES.txt') -Raw
        $sections = [regex]::Matches($notices, '(?m)^={78}\n(?<names>(?:[^=].*\n)+)={78}\n(?<text>(?s:.*?))(?=^={78}$|\z)')
    }

    It 'names every library that ships, and no other' {
        $libraries.Count | Should -BeGreaterThan 2
        $sections.ForEach{ $_.Groups['names'].Value.Trim() -split '\n' } | Sort-Object | Should -Be $libraries
    }

    It 'has the text of each licence, and whose work it is' {
        foreach ($section in $sections) {
            $text = $section.Groups['text'].Value
            $text | Should -Match 'Copyright|©' -Because $section.Groups['names'].Value
            $text | Should -Match 'Permission is hereby granted|Redistribution and use' -Because $section.Groups['names'].Value
            $text | Should -Not -Match '\{copyright\}'
        }
    }
}

Describe 'The SPDX manifest' {
    BeforeAll {
        $path = Join-Path $folder '_manifest' 'spdx_2.2' 'manifest.spdx.json'
        $spdx = Get-Content -LiteralPath $path -Raw | ConvertFrom-Json -DateKind String
    }

    It 'names the libraries that ship, and none that was only built with' {
        $spdx.packages.Where{ $_.SPDXID -ne 'SPDXRef-RootPackage' }.ForEach{ "$($_.name) $($_.versionInfo)" } | Sort-Object | Should -Be $libraries
    }

    It 'has the checksum of every other file' {
        $spdx.files.ForEach{ $_.fileName -replace '^\./' } | Sort-Object | Should -Be (Get-FileName | Where-Object { $_ -notlike '_manifest/*' })
        foreach ($file in $spdx.files) {
            $file.checksums.Where{ $_.algorithm -eq 'SHA256' }.checksumValue | Should -Be (Get-FileHash -LiteralPath (Join-Path $folder $file.fileName)).Hash -Because $file.fileName
        }
        Get-Content -LiteralPath "$path.sha256" -Raw | Should -Be (Get-FileHash -LiteralPath $path).Hash
    }

    It 'holds nothing that differs from one build to the next' {
        $spdx.creationInfo.created | Should -Match 'T00:00:00Z$'
        $spdx.documentNamespace | Should -BeLike "*/$($manifest.GUID)"
        Get-Content -LiteralPath $path -Raw | Should -Not -Match 'tag_id'
        $names = [string[]]$spdx.files.fileName
        $sorted = [string[]]$names.Clone()
        [Array]::Sort($sorted, [StringComparer]::Ordinal)
        $names | Should -Be $sorted
    }
}

Describe 'The package' {
    It 'holds the files of the folder, and beside them only what makes it a package' {
        $zip = [IO.Compression.ZipFile]::OpenRead((Get-Item (Join-Path $root 'output' 'WeChatPS.*.nupkg')).FullName)
        try {
            $entries = $zip.Entries.Where{ $_.FullName -notmatch '^(_rels/|package/|\[Content_Types\]\.xml$|WeChatPS\.nuspec$)' }
            $entries.FullName | Sort-Object | Should -Be (Get-FileName)
            foreach ($entry in $entries) {
                $stream = $entry.Open()
                try { (Get-FileHash -InputStream $stream).Hash | Should -Be (Get-FileHash -LiteralPath (Join-Path $folder $entry.FullName)).Hash -Because $entry.FullName }
                finally { $stream.Dispose() }
            }
        } finally {
            $zip.Dispose()
        }
    }

    It 'is a container without names and times of its own' {
        $zip = [IO.Compression.ZipFile]::OpenRead((Get-Item (Join-Path $root 'output' 'WeChatPS.*.nupkg')).FullName)
        try {
            @($zip.Entries.LastWriteTime.Year | Sort-Object -Unique) | Should -Be 1980
            $zip.Entries.FullName -match '\.psmdcp$' | Should -Be 'package/services/metadata/core-properties/package.psmdcp'
            foreach ($name in '_rels/.rels', '[Content_Types].xml') {
                $reader = [IO.StreamReader]::new($zip.GetEntry($name).Open())
                try { $reader.ReadToEnd() | Should -Not -Match '[0-9a-f]{32}' } finally { $reader.Dispose() }
            }
        } finally {
            $zip.Dispose()
        }
    }

    It 'does not say in which folder it was built' {
        foreach ($file in Get-ChildItem -LiteralPath $folder -File -Recurse) {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file.FullName)).Contains($root) | Should -BeFalse -Because $file.Name
        }
    }
}

Describe 'Import-Module ./WeChatPS.psd1 in the repository' {
    It 'imports the module that was built' {
        $run = Invoke-Engine -WorkingDirectory $root -Command 'Import-Module ./WeChatPS.psd1; (Get-Command Connect-WeChat).Module.ModuleBase; (Get-Command -Module WeChatPS).Count'
        $run.Error | Should -BeNullOrEmpty
        $run.Output | Should -Be "$folder`n$($manifest.CmdletsToExport.Count)"
    }

    It 'says what to do before the first build' {
        $copy = New-Item -ItemType Directory -Path ([IO.Path]::Combine($TestDrive, 'clone', 'tools', 'build'))
        Copy-Item -LiteralPath (Join-Path $root 'tools' 'build' 'built.psm1') -Destination $copy
        Copy-Item -LiteralPath (Join-Path $root 'WeChatPS.psd1') -Destination (Join-Path $TestDrive 'clone')
        { Import-Module -Name (Join-Path $TestDrive 'clone' 'WeChatPS.psd1') } | Should -Throw 'The module is not built yet: run ./build.sh pack.'
    }
}
