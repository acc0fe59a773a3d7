# Builds the module into output/WeChatPS, and only when something has changed.

$moduleSource = [IO.Path]::Combine($root, 'src', 'WeChatPS', 'Module')
$moduleOutput = [IO.Path]::Combine($output, 'WeChatPS')

function Get-ModuleVersion {
    $properties = [Xml.Linq.XDocument]::Load([IO.Path]::Combine($root, 'Directory.Build.props'))
    foreach ($element in $properties.Descendants('Version')) { return $element.Value }
    throw 'Directory.Build.props has no Version.'
}

function Build-Module {
    $stamp = [IO.Path]::Combine($artifacts, 'pack', 'stamp.txt')
    $present = [IO.File]::Exists($stamp) ? [IO.File]::ReadAllText($stamp) : ''
    if ($present -and $present -eq (Get-PackState)) { return }

    $expected = Get-ExpectedFile
    Publish-Project
    Copy-ToOutput
    Assert-PackedFile $expected
    Set-PackedVersion
    [IO.File]::WriteAllText($stamp, (Get-PackState))
}

# Everything that goes in and everything that came out, by name, size and time.
function Get-PackState {
    $files = [Collections.Generic.SortedSet[string]]::new([StringComparer]::Ordinal)
    $folders = [IO.Path]::Combine($root, 'src'), [IO.Path]::Combine($root, 'tools', 'build'), $moduleOutput
    foreach ($folder in $folders.Where{ [IO.Directory]::Exists($_) }) {
        foreach ($file in [IO.DirectoryInfo]::new($folder).EnumerateFiles('*', 'AllDirectories')) {
            $null = $files.Add("$($file.FullName) $($file.Length) $($file.LastWriteTimeUtc.Ticks)")
        }
    }
    foreach ($file in [IO.DirectoryInfo]::new($root).EnumerateFiles()) {
        if ($file.Extension -in '.props', '.psd1', '.json', '.config', '.targets') {
            $null = $files.Add("$($file.FullName) $($file.Length) $($file.LastWriteTimeUtc.Ticks)")
        }
    }
    $files -join "`n"
}

function Get-ExpectedFile {
    $list = [IO.Path]::Combine($moduleSource, 'files.txt')
    if (-not [IO.File]::Exists($list)) { throw "The list of the files to ship is not there: $list" }
    [IO.File]::ReadAllLines($list).ForEach{ $_.Trim() }.Where{ $_ -and -not $_.StartsWith('#') }
}

function Publish-Project {
    $folder = [IO.Path]::Combine($artifacts, 'pack', 'published')
    if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
    $project = [IO.Path]::Combine($root, 'tools', 'build', 'pack.proj')
    $options = '-restore', '-t:Publish', "-p:PackFolder=$folder", '-nologo', '-v:quiet', '-clp:ErrorsOnly;NoSummary', '-nodeReuse:false'
    & dotnet msbuild $project @options | ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { throw 'The module does not build; the errors are above.' }
}

function Copy-ToOutput {
    if ([IO.Directory]::Exists($moduleOutput)) { [IO.Directory]::Delete($moduleOutput, $true) }
    Copy-OneFile ([IO.Path]::Combine($root, 'WeChatPS.psd1')) 'WeChatPS.psd1'
    foreach ($file in [IO.Directory]::EnumerateFiles($moduleSource, '*', 'AllDirectories')) {
        $name = [IO.Path]::GetRelativePath($moduleSource, $file)
        if ($name -ne 'files.txt') { Copy-OneFile $file $name }
    }
    foreach ($project in [IO.Directory]::EnumerateDirectories([IO.Path]::Combine($artifacts, 'pack', 'published'))) {
        foreach ($file in [IO.Directory]::EnumerateFiles($project, '*', 'AllDirectories')) {
            $name = [IO.Path]::GetRelativePath($project, $file)
            if ($name -notmatch '\.(pdb|xml|deps\.json)$|^WeChatPS\.(Loader\.)?(dll\.config|runtimeconfig\.json)$') {
                Copy-OneFile $file ([IO.Path]::Combine('bin', $name))
            }
        }
    }
}

function Copy-OneFile([string]$From, [string]$To) {
    $target = [IO.Path]::Combine($moduleOutput, $To)
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
    [IO.File]::Copy($From, $target, $true)
}

# A dependency that comes along by itself, or stays away, must be somebody's decision.
function Assert-PackedFile([string[]]$Expected) {
    $packed = [string[]]@(foreach ($file in [IO.Directory]::EnumerateFiles($moduleOutput, '*', 'AllDirectories')) {
        [IO.Path]::GetRelativePath($moduleOutput, $file).Replace('\', '/')
    })
    [Array]::Sort($packed, [StringComparer]::Ordinal)
    $surprises = @($packed.Where{ $_ -cnotin $Expected })
    $missing = @($Expected.Where{ $_ -cnotin $packed })
    if ($surprises.Count -eq 0 -and $missing.Count -eq 0) { return }
    $findings = @($surprises.ForEach{ "not in the list: $_" }; $missing.ForEach{ "missing: $_" })
    throw "The packed files are not those of src/WeChatPS/Module/files.txt:`n  $($findings -join "`n  ")"
}

function Set-PackedVersion {
    $manifest = [IO.Path]::Combine($moduleOutput, 'WeChatPS.psd1')
    $text = [IO.File]::ReadAllText($manifest)
    $pattern = [regex]::new("(?m)^(\s*ModuleVersion\s*=\s*)'[^']*'")
    if (-not $pattern.IsMatch($text)) { throw 'WeChatPS.psd1 has no ModuleVersion to set.' }
    [IO.File]::WriteAllText($manifest, $pattern.Replace($text, "`${1}'$(Get-ModuleVersion)'", 1))
}
