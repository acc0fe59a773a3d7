# Two public clients whose code is not here. Where a checkout is given, a program of ours drives it and prints a table of its calls;
# tests/interop/README.md says more. The phone does nothing by itself, because the programs say when it does.

$peerPhone = '--phone', '3600'

function Test-OpenWeChat([string]$Tests) {
    $checkout = Get-Checkout openwechat WECHATPS_OPENWECHAT go.mod
    if (-not $checkout) { return Skip-Client openwechat 'WECHATPS_OPENWECHAT names no checkout of it' }
    $go = Find-Go
    if (-not $go) { return Skip-Client openwechat 'it needs Go 1.20 or newer' }

    $program = Build-OpenWeChat $go ([IO.Path]::Combine($Tests, 'openwechat')) $checkout
    if (-not $program) { return New-Summary openwechat -Failed 1 }
    # It builds its addresses from a host name, and its cookies need that too.
    Invoke-Client openwechat { & $program } ($peerPhone + ('--redirect-host', 'wx.qq.com'))
}

function Test-ItChat([string]$Tests) {
    $checkout = Get-Checkout ItChat WECHATPS_ITCHAT itchat
    if (-not $checkout) { return Skip-Client ItChat 'WECHATPS_ITCHAT names no checkout of it' }
    $python = Find-Python
    if (-not $python) { return Skip-Client ItChat 'it needs Python 3 with requests, pyqrcode and png (pypng)' }

    $script = [IO.Path]::Combine($Tests, 'itchat', 'run.py')
    Invoke-Client ItChat { & $python -B -X utf8 -W ignore $script $checkout } $peerPhone
}

# The folder that the variable names; nothing where it names none.
function Get-Checkout([string]$Name, [string]$Variable, [string]$Part) {
    $checkout = [Environment]::GetEnvironmentVariable($Variable)
    if (-not $checkout) { return }
    if (-not [IO.Path]::Exists([IO.Path]::Combine($checkout, $Part))) { throw "$Variable is '$checkout', which is no checkout of $Name." }
    [IO.Path]::GetFullPath($checkout)
}

# In a workspace of our program and the checkout, which changes neither. Returns the program, or nothing where it does not build.
function Build-OpenWeChat([string]$Go, [string]$Source, [string]$Checkout) {
    $folder = [IO.Path]::Combine($artifacts, 'interop')
    $null = [IO.Directory]::CreateDirectory($folder)
    $env:GOWORK = [IO.Path]::Combine($folder, 'go.work')
    $env:GOTOOLCHAIN = 'local'
    [IO.File]::WriteAllText($env:GOWORK, "go 1.20`n`nuse $(ConvertTo-Json $Source)`nuse $(ConvertTo-Json $Checkout)`n")
    $program = [IO.Path]::Combine($folder, $IsWindows ? 'openwechat.exe' : 'openwechat')
    & $Go build -C $Source -o $program . | ForEach-Object { [Console]::Out.WriteLine($_) }
    if ($LASTEXITCODE -eq 0) { $program }
}

# The one on the PATH, or one of Debian's, which are not on it.
function Find-Go {
    $candidates = @(Get-Command -Name go -CommandType Application -ErrorAction Ignore).ForEach{ $_.Source }
    $candidates += @(Get-Item -Path '/usr/lib/go-*/bin/go' -ErrorAction Ignore).ForEach{ $_.FullName }
    foreach ($go in $candidates) {
        if ((& $go env GOVERSION) -match '^go(\d+\.\d+)' -and [version]$Matches[1] -ge [version]'1.20') { return $go }
    }
}

# One that has what ItChat imports. The system's may have it where another comes first on the PATH.
function Find-Python {
    foreach ($python in 'python3', '/usr/bin/python3', 'python') {
        if (-not (Get-Command -Name $python -CommandType Application -ErrorAction Ignore)) { continue }
        $null = & $python -c 'import requests, pyqrcode, png' 2>&1
        if ($LASTEXITCODE -eq 0) { return $python }
    }
}
