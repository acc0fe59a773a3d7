# Builds the module into output/WeChatPS, and only when something has changed.

$moduleSource = Join-Path $root 'src' 'WeChatPS' 'Module'
$moduleOutput = Join-Path $output 'WeChatPS'
$published = Join-Path $artifacts 'pack' 'published'

function Get-ModuleVersion {
    $properties = [xml](Get-Content -LiteralPath (Join-Path $root 'Directory.Build.props') -Raw)
    $properties.Project.PropertyGroup.Version
}

function Build-Module {
    $stamp = Join-Path $artifacts 'pack' 'stamp.txt'
    $present = (Test-Path -LiteralPath $stamp) ? [IO.File]::ReadAllText($stamp) : ''
    if ($present -and $present -eq (Get-PackState)) { return }

    Publish-Project
    Copy-ToOutput
    Write-Notices
    Complete-Manifest
    Assert-PackedFile -Without '_manifest/'
    [IO.File]::WriteAllText($stamp, (Get-PackState))
}

# Everything that goes in and everything that came out, by name, size and time.
function Get-PackState {
    $files = Get-ChildItem -LiteralPath $root -File | Where-Object { $_.Extension -in '.props', '.targets', '.json' -or $_.Name -in 'LICENSE', 'CHANGELOG.md' }
    $folders = (Join-Path $root 'src'), (Join-Path $root 'tools' 'build'), $moduleOutput | Where-Object { Test-Path -LiteralPath $_ }
    $files += Get-ChildItem -LiteralPath $folders -File -Recurse | Where-Object FullName -NotMatch '[\\/]_manifest[\\/]'
    ($files | ForEach-Object { "$($_.FullName) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" } | Sort-Object) -join "`n"
}

function Publish-Project {
    if (Test-Path -LiteralPath $published) { Remove-Item -LiteralPath $published -Recurse }
    $project = Join-Path $root 'tools' 'build' 'pack.proj'
    # The analyzers take two thirds of a build. The build of the tests runs them, in a folder of its own.
    $options = '-restore', '-t:Publish', "-p:PackFolder=$published", "-p:ArtifactsPath=$(Join-Path $artifacts 'pack' 'build')", '-p:RunAnalyzers=false'
    $options += '-nologo', '-v:quiet', '-clp:ErrorsOnly;NoSummary', '-nodeReuse:false'
    & dotnet msbuild $project @options | ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { throw 'The module does not build; the errors are above.' }
}

function Copy-ToOutput {
    if (Test-Path -LiteralPath $moduleOutput) { Remove-Item -LiteralPath $moduleOutput -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $output -Force
    # A package of what was packed before is none of this module.
    Get-ChildItem -LiteralPath $output -Filter 'WeChatPS.*.nupkg' | Remove-Item
    Copy-Item -LiteralPath $moduleSource -Destination $moduleOutput -Recurse
    Copy-Item -LiteralPath (Join-Path $root 'LICENSE'), (Join-Path $root 'CHANGELOG.md') -Destination $moduleOutput
    $bin = New-Item -ItemType Directory -Path (Join-Path $moduleOutput 'bin')
    foreach ($project in Get-ChildItem -LiteralPath $published -Directory) {
        Get-ChildItem -LiteralPath $project.FullName |
            Where-Object Name -NotMatch '\.(pdb|xml|deps\.json)$|^WeChatPS\.(Loader\.)?(dll\.config|runtimeconfig\.json)$' |
            Copy-Item -Destination $bin.FullName -Recurse -Force
    }
}

# What depends on the version: the manifest in src has placeholders.
function Complete-Manifest {
    $number, $prerelease = (Get-ModuleVersion) -split '-', 2
    $values = @{ ModuleVersion = $number; Prerelease = "$prerelease"; ReleaseNotes = (Get-Changes).Text }
    $path = Join-Path $moduleOutput 'WeChatPS.psd1'
    $text = Get-Content -LiteralPath $path -Raw
    foreach ($name in $values.Keys) {
        $pattern = "(?m)^(\s*$name\s*=\s*)'[^']*'.*$"
        if ($text -notmatch $pattern) { throw "WeChatPS.psd1 has no $name to set." }
        $text = [regex]::Replace($text, $pattern, { $args[0].Groups[1].Value + "'" + $values[$name].Replace("'", "''") + "'" })
    }
    [IO.File]::WriteAllText($path, $text)
}

# This version's section of the changelog: its date, which is empty until the release, and its text.
function Get-Changes {
    $changes = (Get-Content -LiteralPath (Join-Path $root 'CHANGELOG.md') -Raw).Replace("`r", '')
    $section = "(?ms)^## \[$([regex]::Escape((Get-ModuleVersion)))\](?: - (?:(?<date>[\d-]+)|\w+))?\n(?<text>.*?)(?=^## |\z)"
    if ($changes -notmatch $section) { throw "CHANGELOG.md has no section for $(Get-ModuleVersion)." }
    @{ Date = $Matches['date']; Text = $Matches['text'].Trim() }
}

# A dependency that comes along by itself, or stays away, must be somebody's decision.
function Assert-PackedFile([string]$Without) {
    $list = (Import-PowerShellDataFile -LiteralPath (Join-Path $moduleOutput 'WeChatPS.psd1')).FileList.Where{ -not $Without -or $_ -cnotlike "$Without*" }
    $packed = Get-ChildItem -LiteralPath $moduleOutput -File -Recurse | ForEach-Object { [IO.Path]::GetRelativePath($moduleOutput, $_.FullName).Replace('\', '/') }
    $findings = @($packed.Where{ $_ -cnotin $list }.ForEach{ "not in the list: $_" }) + @($list.Where{ $_ -cnotin $packed }.ForEach{ "missing: $_" })
    if ($findings) { throw "The packed files are not those of FileList in src/WeChatPS/Module/WeChatPS.psd1:`n  $($findings -join "`n  ")" }
}
