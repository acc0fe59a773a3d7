using System;
using System.Management.Automation;

namespace WeChatPS.Benchmarks;

/// <summary>What the process held at one moment, in bytes.</summary>
public sealed record MemoryReading(long Heap, long WorkingSet)
{
    /// <summary>Reads after a collection that gives back what is free.</summary>
    public static MemoryReading Take()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new MemoryReading(GC.GetTotalMemory(false), Environment.WorkingSet);
    }
}

/// <summary>Measure-Memory: reads the memory after every so many messages.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Memory")]
public sealed class MeasureMemoryCommand : PSCmdlet
{
    private long _count;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public WeChatMessage Message { get; set; } = null!;

    [Parameter(Mandatory = true)]
    public int Every { get; set; }

    protected override void ProcessRecord()
    {
        if (++_count % Every == 0)
            WriteObject(MemoryReading.Take());
    }
}
