using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Random.</summary>
[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "RandomNumberParameterSet")]
public sealed class GetRandomCommand : PSCmdlet
{
    private readonly List<object?> _items = [];

    [Parameter(ParameterSetName = "RandomNumberParameterSet", Position = 0)]
    public object? Maximum { get; set; }

    [Parameter(ParameterSetName = "RandomNumberParameterSet")]
    public object? Minimum { get; set; }

    [Parameter(ParameterSetName = "RandomListItemParameterSet", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "ShuffleParameterSet", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object?[]? InputObject { get; set; }

    [Parameter(ParameterSetName = "RandomNumberParameterSet")]
    [Parameter(ParameterSetName = "RandomListItemParameterSet")]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    [Parameter(ParameterSetName = "ShuffleParameterSet", Mandatory = true)]
    public SwitchParameter Shuffle { get; set; }

    [Parameter]
    public int? SetSeed { get; set; }

    protected override void ProcessRecord() => _items.AddRange(InputObject ?? []);

    protected override void EndProcessing()
    {
        Random random = SetSeed is { } seed ? new Random(seed) : Random.Shared;
        if (ParameterSetName != "RandomNumberParameterSet")
        {
            object?[] shuffled = [.. _items];
            random.Shuffle(shuffled);
            WriteObject(Shuffle ? shuffled : shuffled.Take(Count), enumerateCollection: true);
            return;
        }

        for (int i = 0; i < Count; i++) WriteObject(Number(random));
    }

    private object Number(Random random)
    {
        object? high = Maximum is PSObject top ? top.BaseObject : Maximum;
        object? low = Minimum is PSObject bottom ? bottom.BaseObject : Minimum;
        if (high is double or float || low is double or float)
        {
            double from = low is null ? 0 : LanguagePrimitives.ConvertTo<double>(low);
            double to = high is null ? double.MaxValue : LanguagePrimitives.ConvertTo<double>(high);
            return from + (random.NextDouble() * (to - from));
        }

        long least = low is null ? 0 : LanguagePrimitives.ConvertTo<long>(low);
        long most = high is null ? int.MaxValue : LanguagePrimitives.ConvertTo<long>(high);
        if (least >= most)
            throw new PSArgumentException($"The Minimum value ({least}) cannot be greater than or equal to the Maximum value ({most}).");
        long number = random.NextInt64(least, most);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : number;
    }
}

/// <summary>New-Guid.</summary>
[Cmdlet(VerbsCommon.New, "Guid")]
[OutputType(typeof(Guid))]
public sealed class NewGuidCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter Empty { get; set; }

    protected override void ProcessRecord() => WriteObject(Empty ? Guid.Empty : Guid.NewGuid());
}
