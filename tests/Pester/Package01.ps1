# The package of version 0.1, of its own commit and built once, for PowerShell 7 alone. Nothing where that commit is not in the history.
. ([IO.Path]::Combine($PSScriptRoot, 'Engine.ps1'))

function Get-Package01 {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $folder = Join-Path $root 'artifacts' 'package-0.1'
    $package = Join-Path $folder 'WeChatPS.0.1.0.nupkg'
    if (Test-Path -LiteralPath $package) { return $package }

    $commit = '3328f5d'
    git -C $root cat-file -e "$commit^{commit}" 2> $null
    if ($LASTEXITCODE -ne 0) { return }
    $source = Join-Path $folder 'source'
    $module = Join-Path $folder 'WeChatPS'
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $folder
    git -C $root archive --format=zip -o (Join-Path $folder 'source.zip') $commit src WeChatPS.psd1 Directory.Build.props Directory.Packages.props global.json
    Expand-Archive -LiteralPath (Join-Path $folder 'source.zip') -DestinationPath $source

    Copy-Item -LiteralPath (Join-Path $source 'src' 'WeChatPS' 'Module') -Destination $module -Recurse
    Copy-Item -LiteralPath (Join-Path $source 'WeChatPS.psd1') -Destination $module
    foreach ($project in 'WeChatPS', 'WeChatPS.Loader') {
        $log = dotnet publish (Join-Path $source 'src' $project) -c Release -f net8.0 -p:TargetFrameworks=net8.0 -p:UseAppHost=false -p:UseSharedCompilation=false -p:RunAnalyzers=false -nodeReuse:false -o (Join-Path $module 'bin' 'net8.0')
        if ($LASTEXITCODE -ne 0) { throw "Version 0.1 does not build:`n$($log -join "`n")" }
    }
    Get-ChildItem -LiteralPath $module -Recurse -File | Where-Object Name -Match '\.(pdb|xml|deps\.json)$|^files\.txt$' |
        Where-Object Name -NotMatch '-Help\.xml$' | Remove-Item
    $run = Invoke-Engine -Command "Compress-PSResource -Path '$module' -DestinationPath '$folder'"
    if (-not (Test-Path -LiteralPath $package)) { throw "Version 0.1 cannot be packed: $($run.Error)" }
    Remove-Item -LiteralPath $source -Recurse -Force
    $package
}
