# The benchmarks: the packed module against the packed emulator.

# Returns the exit code.
function Invoke-Benchmark([string[]]$Arguments) {
    Build-Module
    $project = [IO.Path]::Combine($root, 'benchmarks', 'WeChatPS.Benchmarks', 'WeChatPS.Benchmarks.csproj')
    & dotnet build $project -c Release -nologo -v:quiet '-clp:ErrorsOnly;NoSummary' -nodeReuse:false | ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { throw 'The benchmarks do not build; the errors are above.' }
    if ($Arguments.Count -eq 0 -or 'import' -in $Arguments) { Publish-Ahead $project }
    $program = [IO.Path]::Combine($artifacts, 'bin', 'WeChatPS.Benchmarks', 'release', 'WeChatPS.Benchmarks.dll')
    & dotnet $program @Arguments | ForEach-Object { [Console]::Out.WriteLine($_) }
    $LASTEXITCODE
}

# The same program with an engine that is compiled ahead, as it is in the PowerShell that people install and is not in the NuGet package.
function Publish-Ahead($Project) {
    $target = [IO.Path]::Combine($artifacts, 'publish', 'WeChatPS.Benchmarks', 'ahead')
    & dotnet publish $Project -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o $target -nologo -v:quiet '-clp:ErrorsOnly;NoSummary' -nodeReuse:false |
        ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { throw 'The engine could not be compiled ahead; the errors are above.' }
}
