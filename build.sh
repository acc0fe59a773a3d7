#!/usr/bin/env bash
# Runs build.ps1: in pwsh 7.4 or newer if there is one, otherwise in tools/PSHost, which needs the .NET SDK alone.
set -euo pipefail

case ${BASH_SOURCE[0]} in
    */*) root=$(cd -- "${BASH_SOURCE[0]%/*}" && pwd) ;;
    *) root=$PWD ;;
esac
host=$root/artifacts/bin/PSHost/release/PSHost.dll
built=$host.built

# Nothing is left running behind a build.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_CLI_UI_LANGUAGE=en

is_recent_pwsh() {
    command -v pwsh >/dev/null && pwsh -NoLogo -NoProfile -NonInteractive \
        -Command 'exit [int]($PSVersionTable.PSVersion -lt [semver]"7.4.0")' </dev/null >/dev/null 2>&1
}

require_sdk() {
    if ! command -v dotnet >/dev/null || ! (cd -- "$root" && dotnet --version >/dev/null 2>&1); then
        echo "The .NET SDK 10 is needed: install it from https://dotnet.microsoft.com/download/dotnet/10.0" \
            "and see that 'dotnet' is on the PATH." >&2
        exit 1
    fi
}

is_host_current() {
    local source
    [[ -f $host && -f $built ]] || return 1
    for source in "$root"/{global.json,Directory.*.props} "$root"/tools/PSHost/{,Host/,Shims/,Shims/*/,Modules/*/}*; do
        [[ ! $source -nt $built ]] || return 1
    done
}

build_host() {
    echo 'Building the PowerShell host (tools/PSHost) ...' >&2
    local log
    log=$(dotnet build "$root/tools/PSHost/PSHost.csproj" -c Release -v quiet -nologo </dev/null 2>&1) || { echo "$log" >&2; exit 1; }
    # A build that finds nothing to do leaves the old times as they are.
    : >"$built"
}

if is_recent_pwsh; then
    exec pwsh -NoLogo -NoProfile -File "$root/build.ps1" "$@"
fi

require_sdk
is_host_current || build_host
exec dotnet "$host" -File "$root/build.ps1" "$@"
