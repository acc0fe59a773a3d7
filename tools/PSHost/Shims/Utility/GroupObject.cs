using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Group-Object.</summary>
[Cmdlet(VerbsData.Group, "Object", DefaultParameterSetName = "Default")]
[OutputType(typeof(GroupInfo), typeof(Hashtable))]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<GroupInfo> _groups = [];
    private Column[] _columns = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter(ParameterSetName = "HashTable")]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter(ParameterSetName = "HashTable")]
    public SwitchParameter AsString { get; set; }

    protected override void BeginProcessing() => _columns = Column.ParseAll(Property);

    protected override void ProcessRecord()
    {
        if (InputObject is not { } item) return;
        var order = new ValueOrder(CaseSensitive);
        object?[] values = _columns.Length == 0 ? [item] : [.. _columns.Select(column => column.Value(item))];
        GroupInfo? group = _groups.Find(known => known.Values.Cast<object?>().SequenceEqual(values, order));
        if (group is null) _groups.Add(group = new GroupInfo(values, !NoElement));
        group.Add(item);
    }

    protected override void EndProcessing()
    {
        IEnumerable<GroupInfo> sorted = _groups.OrderBy(group => group.Values[0], new ValueOrder(CaseSensitive));
        if (!AsHashTable)
        {
            WriteObject(sorted, enumerateCollection: true);
            return;
        }

        var table = new Hashtable(CaseSensitive ? StringComparer.CurrentCulture : StringComparer.CurrentCultureIgnoreCase);
        foreach (GroupInfo group in sorted)
        {
            object? key = group.Values[0] is PSObject wrapped ? wrapped.BaseObject : group.Values[0];
            table[AsString || key is null ? group.Name : key] = group.Group;
        }

        WriteObject(table);
    }
}

/// <summary>The objects that have the same values.</summary>
public sealed class GroupInfo
{
    private readonly bool _keep;

    internal GroupInfo(object?[] values, bool keep)
    {
        Values = new ArrayList(values);
        _keep = keep;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The values as text.</summary>
    public string Name => string.Join(", ", Values.Cast<object?>().Select(value => LanguagePrimitives.ConvertTo<string>(value)));

    /// <summary>The objects; empty with -NoElement.</summary>
    public Collection<PSObject> Group { get; } = [];

    /// <summary>The values that they share.</summary>
    public ArrayList Values { get; }

    internal void Add(PSObject item)
    {
        Count++;
        if (_keep) Group.Add(item);
    }
}
