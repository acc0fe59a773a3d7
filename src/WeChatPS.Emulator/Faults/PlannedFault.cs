using System;

namespace WeChatPS.Emulator;

/// <summary>A fault in a plan, with its counters.</summary>
public sealed class PlannedFault
{
    private readonly Random _random;

    internal PlannedFault(int id, Fault fault)
    {
        Id = id;
        Fault = fault;
        Remaining = fault.Count;
        _random = new Random(fault.Seed);
    }

    /// <summary>The id, for the removal.</summary>
    public int Id { get; }

    /// <summary>The faults.</summary>
    public Fault Fault { get; }

    /// <summary>The number of affected requests.</summary>
    public int Hits { get; private set; }

    /// <summary>The number of remaining requests; null for no limit.</summary>
    public int? Remaining { get; private set; }

    internal bool CountHit()
    {
        if (Fault.Probability < 1 && _random.NextDouble() >= Fault.Probability)
        {
            return false;
        }

        Hits++;
        Remaining--;
        return true;
    }
}
