# Sessions that receive and get nothing, in one process. Those that come before have compiled whatever all share.
param([uri] $Endpoint, [int] $Before, [int] $Count, [int] $Seconds)
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:WECHATPS_MODULE

function Open-Session([int] $First, [int] $Last) {
    foreach ($n in $First..$Last) {
        $session = Connect-WeChat -Name "s$n" -Endpoint $Endpoint -Ephemeral -Login Qr -QrCode None 6>$null
        Register-WeChatEvent Message -Session $session -SourceIdentifier "s$n" -Action { throw 'A message came.' }
    }
    Start-Sleep -Seconds 5
}

$jobs = @(Open-Session 1 $Before)
$first = Read-Memory
$jobs += @(Open-Session ($Before + 1) ($Before + $Count))
$last = Read-Memory
$cpu = [Environment]::CpuUsage.TotalTime
Start-Sleep -Seconds $Seconds
$cpu = [Environment]::CpuUsage.TotalTime - $cpu
if ($jobs.Where{ $_.State -notin 'Running', 'NotStarted' }) { throw 'A session that was to be idle has ended.' }
Write-Figure @{
    heapGrowth = $last.Heap - $first.Heap
    workingSetGrowth = $last.WorkingSet - $first.WorkingSet
    idleCpu = $cpu.TotalSeconds
}
