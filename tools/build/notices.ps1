# What ships beside the module's own code, and the licences of it.

# The packages whose libraries were published, by their deps.json: what was only built with is not in it.
function Get-ShippedLibrary {
    $packages = (dotnet nuget locals global-packages --list) -replace '^[^:]*:\s*'
    $found = foreach ($file in Get-ChildItem -LiteralPath $published -Filter '*.deps.json' -Recurse) {
        $dependencies = Get-Content -LiteralPath $file.FullName -Raw | ConvertFrom-Json -AsHashtable
        $runtime = $dependencies.targets[$dependencies.runtimeTarget.name]
        foreach ($key in $dependencies.libraries.Keys) {
            $library = $dependencies.libraries[$key]
            if ($library.type -eq 'package' -and $runtime[$key]['runtime']) {
                $id, $version = $key -split '/'
                [pscustomobject]@{ Id = $id; Version = $version; Folder = Join-Path $packages $library.path }
            }
        }
    }
    $found | Sort-Object -Property Id -Unique
}

function Write-Notices {
    $parts = @("WeChatPS contains the libraries below. WeChatPS itself is under the licence in the file LICENSE.`n")
    foreach ($group in Get-ShippedLibrary | Group-Object -Property { Get-LicenceText $_ } | Sort-Object -Property { $_.Group[0].Id }) {
        $names = $group.Group.ForEach{ "$($_.Id) $($_.Version)" }
        $rule = '=' * 78
        $parts += "$rule`n$($names -join "`n")`n$rule`n`n$($group.Name)`n"
    }
    [IO.File]::WriteAllText((Join-Path $moduleOutput 'THIRD-PARTY-NOTICES.txt'), $parts -join "`n")
}

# The package's own text, or the one of its licence's SPDX id, and the package's notices on what it contains itself.
function Get-LicenceText($Library) {
    $package = ([xml](Get-Content -LiteralPath (Join-Path $Library.Folder "$($Library.Id.ToLowerInvariant()).nuspec") -Raw)).package.metadata
    $id = $package.license.InnerText
    $known = Join-Path $root 'tools' 'build' 'licences' "$id.txt"
    $own = Get-ChildItem -LiteralPath $Library.Folder -File | Where-Object Name -Match '^licen[cs]e(\.txt|\.md)?$' | Select-Object -First 1
    $text = if ($own) {
        Get-Content -LiteralPath $own.FullName -Raw
    } elseif (Test-Path -LiteralPath $known) {
        (Get-Content -LiteralPath $known -Raw).Replace('{copyright}', $package.copyright)
    } else {
        throw "The package $($Library.Id) has no licence text: put the text of '$id' into $known."
    }
    $notices = Get-ChildItem -LiteralPath $Library.Folder -File | Where-Object Name -Match '^third-party-notices'
    ((@($text) + @($notices | ForEach-Object { Get-Content -LiteralPath $_.FullName -Raw })).ForEach{ $_.Replace("`r", '').Trim() }) -join "`n`n"
}
