# Mutants: Stryker changes a part of the client in many small ways, and the tests of that part must notice each of them.
# Not part of `test`: a mutant takes seconds.

# Returns the exit code.
function Invoke-Mutation([string[]]$Arguments) {
    if ($Arguments.Count -eq 0) { throw 'mutate needs a folder or file of src/WeChatPS.Core: build.sh mutate Sync, or build.sh mutate Sync/BackOff.cs' }
    $part = $Arguments[0].Replace('\', '/').Trim('/')
    $path = [IO.Path]::Combine($root, 'src', 'WeChatPS.Core', $part)
    $isFolder = [IO.Directory]::Exists($path)
    if (-not $isFolder -and -not [IO.File]::Exists($path)) { throw "There is no '$part' in src/WeChatPS.Core." }

    # The tests of a folder are in a folder of the same name. A file outside of folders has none of its own, so all tests.
    $words = @($Arguments | Select-Object -Skip 1)
    if ($words.Count -eq 0 -and ($isFolder -or $part.Contains('/'))) { $words = @("WeChatPS.Core.Tests.$($part.Split('/')[0]).") }
    $report = [IO.Path]::Combine($artifacts, 'mutants', $part.Replace('/', '.'))
    $null = [IO.Directory]::CreateDirectory($report)
    $config = [IO.Path]::Combine($report, 'stryker-config.json')
    [IO.File]::WriteAllText($config, (Get-MutationConfig ($isFolder ? "$part/**/*.cs" : $part) $words))

    # Stryker builds the projects itself, and looks for the tool's manifest from the working folder up.
    $env:RunAnalyzers = 'false'
    $paths = $ExecutionContext.SessionState.Path
    $paths.PushCurrentLocation('mutate')
    try {
        $null = $paths.SetLocation($root)
        & dotnet tool restore | ForEach-Object { [Console]::Error.WriteLine($_) }
        if ($LASTEXITCODE -ne 0) { return 1 }
        & dotnet restore ([IO.Path]::Combine($root, 'WeChatPS.slnx')) -v quiet -nologo | ForEach-Object { [Console]::Error.WriteLine($_) }
        if ($LASTEXITCODE -ne 0) { return 1 }
        $null = $paths.SetLocation([IO.Path]::Combine($root, 'tests', 'WeChatPS.Core.Tests'))
        & dotnet stryker --config-file $config --output $report --skip-version-check | ForEach-Object { [Console]::Out.WriteLine($_) }
        if ($LASTEXITCODE -ne 0) { return 1 }
        Write-Survivor ([IO.Path]::Combine($report, 'reports', 'mutation-report.json'))
        0
    } finally {
        $null = $paths.PopLocation('mutate')
    }
}

function Get-MutationConfig([string]$Pattern, [string[]]$Words) {
    $options = [ordered]@{
        project = 'WeChatPS.Core.csproj'
        configuration = 'Release'
        concurrency = [Environment]::ProcessorCount
        mutate = @($Pattern)
        # No test runs in a synchronization context, and the analyzers ask for each of these calls.
        'ignore-methods' = @('ConfigureAwait')
        reporters = @('progress', 'html', 'json')
    }
    if ($Words) { $options['test-case-filter'] = $Words.ForEach{ "FullyQualifiedName~$_" } -join '|' }
    ConvertTo-Json @{ 'stryker-config' = $options } -Depth 4
}

# A line for each mutant that no test noticed, and one for each file.
function Write-Survivor([string]$Report) {
    $files = (ConvertFrom-Json ([IO.File]::ReadAllText($Report)) -AsHashtable).files
    foreach ($file in $files.Keys | Sort-Object) {
        $tried = @($files[$file].mutants.Where{ $_.status -in 'Killed', 'Timeout', 'Survived', 'NoCoverage' })
        if ($tried.Count -eq 0) { continue }
        $name = [IO.Path]::GetRelativePath($root, $file)
        $missed = @($tried.Where{ $_.status -in 'Survived', 'NoCoverage' })
        foreach ($mutant in $missed | Sort-Object { $_.location.start.line }) {
            $change = $mutant.replacement -replace '\s+', ' '
            [Console]::Out.WriteLine("${name}:$($mutant.location.start.line): $($mutant.status), $($mutant.mutatorName): $change")
        }
        [Console]::Out.WriteLine("${name}: $($tried.Count - $missed.Count) of $($tried.Count) mutants were noticed")
    }
}
