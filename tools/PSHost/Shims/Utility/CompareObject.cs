using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Compare-Object.</summary>
[Cmdlet(VerbsData.Compare, "Object")]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _differences = [];

    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    [Parameter]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _differences.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        Column[] columns = Column.ParseAll(Property);
        var order = new ValueOrder(CaseSensitive);
        object?[] Key(PSObject item) => columns.Length == 0 ? [item] : [.. columns.Select(column => column.Value(item))];
        List<PSObject> unmatched = [.. ReferenceObject];
        var added = new List<PSObject>();
        foreach (PSObject item in _differences)
        {
            int same = unmatched.FindIndex(other => Key(other).SequenceEqual(Key(item), order));
            if (same < 0)
            {
                added.Add(item);
                continue;
            }

            if (IncludeEqual || ExcludeDifferent) Report(unmatched[same], "==", columns);
            unmatched.RemoveAt(same);
        }

        if (ExcludeDifferent) return;
        foreach (PSObject item in added) Report(item, "=>", columns);
        foreach (PSObject item in unmatched) Report(item, "<=", columns);
    }

    private void Report(PSObject item, string side, Column[] columns)
    {
        PSObject result = PassThru ? item : new PSObject();
        if (!PassThru && columns.Length == 0) result.Properties.Add(new PSNoteProperty("InputObject", item));
        if (!PassThru)
        {
            foreach ((string name, object? value) in columns.SelectMany(column => column.Values(item)))
                result.Properties.Add(new PSNoteProperty(name, value));
        }

        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}
