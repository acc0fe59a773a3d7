using System;

namespace WeChatPS.Emulator;

/// <summary>A fault that is set up, and how far it has come.</summary>
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

    /// <summary>Its number, for removal.</summary>
    public int Id { get; }

    /// <summary>What goes wrong.</summary>
    public Fault Fault { get; }

    /// <summary>How often it struck.</summary>
    public int Hits { get; private set; }

    /// <summary>How often it will still strike; null: until it is removed.</summary>
    public int? Remaining { get; private set; }

    internal bool Strikes()
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
