# What the scripts share: the last line, by which the bench learns what was measured.
$ErrorActionPreference = 'Stop'

function Write-Figure([hashtable] $Figures) {
    # of the whole process, its start included
    $Figures.cpu = [Environment]::CpuUsage.TotalTime.TotalSeconds
    $Figures.workingSet = [Environment]::WorkingSet
    [Console]::Out.WriteLine((ConvertTo-Json $Figures -Compress))
}

# After a collection that gives back what is free, in bytes.
function Read-Memory {
    [GC]::Collect([GC]::MaxGeneration, 'Aggressive', $true, $true)
    @{ Heap = [GC]::GetTotalMemory($false); WorkingSet = [Environment]::WorkingSet }
}
