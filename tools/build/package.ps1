# Makes a package of the module in output: its SPDX manifest in _manifest, and the nupkg beside the folder.

function Build-Package {
    Build-Module
    # Build-Module removes the package of a module that has changed.
    if (Test-Path -LiteralPath (Get-PackagePath)) { return }
    Write-SpdxManifest
    Assert-PackedFile
    Import-Module -Name (Join-Path $PSHOME 'Modules' 'Microsoft.PowerShell.PSResourceGet')
    $folder = Join-Path $artifacts 'pack'
    Get-ChildItem -LiteralPath $folder -Filter '*.nupkg*' | Remove-Item
    Compress-PSResource -Path $moduleOutput -DestinationPath $folder
    $package = Join-Path $folder (Split-Path (Get-PackagePath) -Leaf)
    Copy-Package $package "$package.new"
    Move-Item -LiteralPath "$package.new" -Destination (Get-PackagePath)
}

# Puts a package that was built elsewhere, and the module in it, where Build-Package would.
function Expand-Package([string]$Path) {
    if (-not (Test-Path -LiteralPath $Path)) { throw "There is no package '$Path'." }
    $given = (Get-Item -LiteralPath $Path).FullName
    $package = Join-Path $output (Split-Path $given -Leaf)
    $null = New-Item -ItemType Directory -Path $output -Force
    Get-ChildItem -LiteralPath $output -Filter 'WeChatPS.*.nupkg' | Where-Object FullName -NE $given | Remove-Item
    if ($given -ne $package) { Copy-Item -LiteralPath $given -Destination $package }
    if (Test-Path -LiteralPath $moduleOutput) { Remove-Item -LiteralPath $moduleOutput -Recurse -Force }
    [IO.Compression.ZipFile]::ExtractToDirectory($package, $moduleOutput)
    # What makes a zip file a NuGet package is no part of the module.
    foreach ($name in '_rels', 'package', '[Content_Types].xml', 'WeChatPS.nuspec') {
        Remove-Item -LiteralPath (Join-Path $moduleOutput $name) -Recurse -Force
    }
}

function Get-PackagePath { Join-Path $output "WeChatPS.$(Get-ModuleVersion).nupkg" }

function Write-SpdxManifest {
    $libraries = Get-ShippedLibrary
    $components = Join-Path $artifacts 'pack' 'components'
    $null = New-Item -ItemType Directory -Path $components -Force
    # Not the project files: they name what was only built with, too.
    $lines = @('<packages>') + $libraries.ForEach{ "<package id=`"$($_.Id)`" version=`"$($_.Version)`" />" } + '</packages>'
    [IO.File]::WriteAllLines((Join-Path $components 'packages.config'), [string[]]$lines)

    $manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $moduleOutput 'WeChatPS.psd1')
    # The same files get the same manifest: its time is the release's, and before that the oldest that a zip file knows.
    $time = "$((Get-Changes).Date ?? '1980-01-01')T00:00:00Z"
    Invoke-SbomTool @(
        'generate', '-b', $moduleOutput, '-bc', $components, '-D', 'true', '-mi', 'SPDX:2.2', '-V', 'Error', '-gt', $time
        '-pn', 'WeChatPS', '-pv', (Get-ModuleVersion), '-ps', $manifest.Author, '-nsb', 'https://spdx.org/spdxdocs', '-nsu', $manifest.GUID
    )
    Format-SpdxManifest (Join-Path $moduleOutput '_manifest' 'spdx_2.2' 'manifest.spdx.json')
}

function Invoke-SbomTool([string[]]$Arguments) {
    $dotnet = (Get-Command -Name dotnet -CommandType Application)[0].Source
    Push-Location -LiteralPath $root
    $path = $env:PATH
    try {
        $log = & $dotnet tool restore
        if ($LASTEXITCODE -ne 0) { throw "The tools cannot be restored:`n$($log -join "`n")" }
        # It would start pip, mvn and others that it finds, and wait for them.
        $env:PATH = ''
        $log = & $dotnet tool run sbom-tool @Arguments
        if ($LASTEXITCODE -ne 0) { throw "The SPDX manifest cannot be made:`n$($log -join "`n")" }
    } finally {
        $env:PATH = $path
        Pop-Location
    }
}

# The tool writes its lists in the order in which its threads finish, and a tag that is new each time.
function Format-SpdxManifest([string]$Path) {
    $document = Get-Content -LiteralPath $Path -Raw | ConvertFrom-Json -AsHashtable -DateKind String
    foreach ($package in $document.packages) {
        if ($package['hasFiles']) { $package.hasFiles = @(Get-Ordered $package.hasFiles { $_ }) }
        if ($package.SPDXID -eq 'SPDXRef-RootPackage') { $package.Remove('externalRefs') }
    }
    $document.files = @(Get-Ordered $document.files { $_.fileName })
    $document.packages = @(Get-Ordered $document.packages { $_.name })
    $document.relationships = @(Get-Ordered $document.relationships { $_.spdxElementId + $_.relatedSpdxElement })
    [IO.File]::WriteAllText($Path, ($document | ConvertTo-Json -Depth 20).Replace("`r", ''))
    [IO.File]::WriteAllText("$Path.sha256", (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash.ToLowerInvariant())
}

# Compress-PSResource takes the files in the folder's own order, and invents names and times for the container.
function Copy-Package([string]$From, [string]$To) {
    $source = [IO.Compression.ZipFile]::OpenRead($From)
    $target = [IO.Compression.ZipFile]::Open($To, 'Create')
    try {
        foreach ($entry in Get-Ordered $source.Entries { $_.FullName }) {
            $copy = $target.CreateEntry(($entry.FullName -replace '[0-9a-f]{32}(?=\.psmdcp$)', 'package'))
            $copy.LastWriteTime = [DateTime]'1980-01-01'
            $content = [IO.MemoryStream]::new()
            $stream = $entry.Open()
            $stream.CopyTo($content)
            $stream.Dispose()
            $bytes = $content.ToArray()
            if ($entry.FullName -match '^\[Content_Types\]\.xml$|\.rels$|\.psmdcp$') {
                $bytes = [Text.Encoding]::UTF8.GetBytes((Get-ContainerText ([Text.Encoding]::UTF8.GetString($bytes))))
            }
            $stream = $copy.Open()
            $stream.Write($bytes)
            $stream.Dispose()
        }
    } finally {
        $target.Dispose()
        $source.Dispose()
    }
}

function Get-ContainerText([string]$Text) {
    # the name and the id of the properties, and the system that wrote them
    $Text = $Text -replace "`r" -replace '[0-9a-f]{32}(?=\.psmdcp")', 'package' -replace '(?<=\.psmdcp" Id=")[^"]*', 'package' -replace ';[^<]*(?=</lastModifiedBy>)'
    $types = $Text -split '\n' -match '<Default '
    if ($types) { $Text = $Text.Replace($types -join "`n", (Get-Ordered $types { $_ }) -join "`n") }
    $Text
}

# Not Sort-Object, whose order is the culture's.
function Get-Ordered([object[]]$Items, [scriptblock]$Key) {
    $ordered = [Collections.Generic.SortedDictionary[string, object]]::new([StringComparer]::Ordinal)
    $Items | ForEach-Object { $ordered.Add((& $Key), $_) }
    $ordered.Values
}
