# The long runs, which `test` has in short. A line a run; the last one adds up.

# Returns the exit code.
function Invoke-Soak([string[]]$Arguments) {
    # The processes that are killed are those that users run.
    Build-Module
    $env:WECHATPS_MODULE = [IO.Path]::Combine($output, 'WeChatPS')
    $env:WECHATPS_PWSH = @(Get-EngineCommand).Where{ $_ -notlike '-*' }[-1]
    $project = [IO.Path]::Combine($root, 'tests', 'WeChatPS.Soak', 'WeChatPS.Soak.csproj')
    & dotnet build $project -c Release -v quiet '-clp:ErrorsOnly;NoSummary' -nologo -nodeReuse:false | ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { return 1 }
    & dotnet ([IO.Path]::Combine($artifacts, 'bin', 'WeChatPS.Soak', 'release', 'WeChatPS.Soak.dll')) @Arguments | ForEach-Object { [Console]::Out.WriteLine($_) }
    $LASTEXITCODE
}
