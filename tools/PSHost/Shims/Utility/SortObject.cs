using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Sort-Object.</summary>
[Cmdlet("Sort", "Object", DefaultParameterSetName = "Default")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Stable { get; set; }

    [Parameter(ParameterSetName = "Top", Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    [Parameter(ParameterSetName = "Bottom", Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Bottom { get; set; } = int.MaxValue;

    protected override void ProcessRecord()
    {
        if (InputObject is { } item) _items.Add(item);
    }

    protected override void EndProcessing()
    {
        Column[] columns = Column.ParseAll(Property);
        var order = new ValueOrder(CaseSensitive);
        object?[] KeysOf(PSObject item) => columns.Length == 0 ? [item] : [.. columns.Select(column => column.Value(item))];
        List<(PSObject Item, object?[] Keys)> keyed = [.. _items.Select(item => (item, KeysOf(item)))];
        int Compare(object?[] left, object?[] right)
        {
            for (int i = 0; i < left.Length; i++)
            {
                int result = order.Compare(left[i], right[i]);
                bool down = columns.Length > 0 && columns[i].Descending is { } own ? own : Descending;
                if (result != 0) return down ? -result : result;
            }

            return 0;
        }

        IEnumerable<(PSObject Item, object?[] Keys)> sorted = keyed.OrderBy(pair => pair.Keys, Comparer<object?[]>.Create(Compare));
        object?[]? previous = null;
        var kept = new List<PSObject>();
        foreach ((PSObject item, object?[] keys) in sorted)
        {
            if (!Unique || previous is null || Compare(previous, keys) != 0) kept.Add(item);
            previous = keys;
        }

        WriteObject(kept.Take(Top).TakeLast(Bottom), enumerateCollection: true);
    }
}

/// <summary>Get-Unique: of neighbours that are the same, the first.</summary>
[Cmdlet(VerbsCommon.Get, "Unique")]
public sealed class GetUniqueCommand : PSCmdlet
{
    private object? _last;
    private bool _any;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter AsString { get; set; }

    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    protected override void ProcessRecord()
    {
        object? key = AsString ? InputObject?.ToString() : InputObject;
        if (_any && new ObjectIdentity(!CaseInsensitive).Equals(_last, key)) return;
        _any = true;
        _last = key;
        WriteObject(InputObject);
    }
}
