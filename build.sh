#!/usr/bin/env bash
# Runs build.ps1 in the PowerShell that .config/dotnet-tools.json names. Only the .NET SDK 10 is needed.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

if ! packages=$(cd -- "$root" && dotnet nuget locals global-packages --list); then
    echo "The .NET SDK 10 is needed: install it from https://dotnet.microsoft.com/download/dotnet/10.0" \
        "and check that 'dotnet' is on the PATH." >&2
    exit 1
fi

version=$(sed -n '/"powershell"/,/}/s/.*"version": "\([^"]*\)".*/\1/p' "$root/.config/dotnet-tools.json")
engine=("${packages#*: }"/powershell/"$version"/tools/*/any/unix/pwsh.dll)
if [[ ! -f ${engine[0]} ]]; then
    echo "Restoring PowerShell $version ..." >&2
    log=$(cd -- "$root" && dotnet tool restore 2>&1) || { echo "$log" >&2; exit 1; }
    engine=("${packages#*: }"/powershell/"$version"/tools/*/any/unix/pwsh.dll)
    # The SDK remembers where it restored a tool, and does not look whether the packages have moved.
    [[ -f ${engine[0]} ]] || { echo "Delete the folder .dotnet/toolResolverCache in your home, then try again." >&2; exit 1; }
fi

# Not `dotnet pwsh`: its extra processes pass on no signal, and it looks for its cache in HOME.
exec dotnet "${engine[0]}" -NoLogo -NoProfile -File "$root/build.ps1" "$@"
