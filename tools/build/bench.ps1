# The benchmarks: the packed module in fresh processes against the packed emulator. benchmarks/README.md says more.

# Returns the exit code.
function Invoke-Benchmark([string[]]$Arguments) {
    Build-Module
    $project = [IO.Path]::Combine($root, 'benchmarks', 'WeChatPS.Benchmarks', 'WeChatPS.Benchmarks.csproj')
    $options = '-restore', '-p:Configuration=Release', '-nologo', '-v:quiet', '-clp:ErrorsOnly;NoSummary', '-nodeReuse:false'
    & dotnet msbuild $project @options | ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { throw 'The benchmarks do not build; the errors are above.' }
    $env:WECHATPS_PWSH = @(Get-EngineCommand).Where{ $_ -notlike '-*' }[-1]
    $program = [IO.Path]::Combine($artifacts, 'bin', 'WeChatPS.Benchmarks', 'release', 'WeChatPS.Benchmarks.dll')
    & dotnet $program @Arguments | ForEach-Object { [Console]::Out.WriteLine($_) }
    $LASTEXITCODE
}
