using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-Object.</summary>
[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "DefaultParameter")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _held = new();
    private readonly HashSet<object?> _seen = new(new ObjectIdentity(caseSensitive: true));
    private Column[] _columns = [];
    private Column? _expanded;
    private int _skipped;
    private int _first;
    private int _index;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string[] ExcludeProperty { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    [Parameter(ParameterSetName = "IndexParameter")]
    public int[]? Index { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    protected override void BeginProcessing()
    {
        _columns = Column.ParseAll(Property);
        if (ExcludeProperty.Length > 0 && _columns.Length == 0 && ExpandProperty is null) _columns = [Column.Parse("*")];
        if (ExpandProperty is not null) _expanded = Column.Parse(ExpandProperty);
    }

    protected override void ProcessRecord()
    {
        if (InputObject is not { } item) return;
        if (Index is not null)
        {
            if (Index.Contains(_index++)) Emit(item);
            StopWhen(_index > Index.Max());
            return;
        }

        // With -Last the skipped ones are at the end.
        bool fromEnd = Last >= 0 && First < 0;
        if (!fromEnd && _skipped < Skip)
        {
            _skipped++;
            return;
        }

        if (First >= 0 && _first < First)
        {
            _first++;
            Emit(item);
        }
        else if (Last >= 0)
        {
            _held.Enqueue(item);
            if (_held.Count > Last + (fromEnd ? Skip : 0)) _held.Dequeue();
        }
        else if (SkipLast > 0)
        {
            _held.Enqueue(item);
            if (_held.Count > SkipLast) Emit(_held.Dequeue());
        }
        else if (First < 0)
        {
            Emit(item);
        }

        StopWhen(First >= 0 && _first >= First && Last < 0);
    }

    protected override void EndProcessing()
    {
        if (Last < 0) return;
        int count = First < 0 ? Math.Max(_held.Count - Skip, 0) : _held.Count;
        foreach (PSObject item in _held.Take(count)) Emit(item);
    }

    private void StopWhen(bool enough)
    {
        if (enough && !Wait) throw EngineInternals.StopUpstream(this);
    }

    private void Emit(PSObject item)
    {
        if (_expanded is not null)
        {
            Expand(item);
            return;
        }

        Write(_columns.Length == 0 ? item : Project(item));
    }

    private void Write(PSObject? item)
    {
        if (!Unique || _seen.Add(item)) WriteObject(item);
    }

    private PSObject Project(PSObject item)
    {
        var result = new PSObject();
        foreach ((string name, object? value) in Values(item)) Add(result, name, value);
        result.TypeNames.Insert(0, "Selected." + item.TypeNames.FirstOrDefault());
        return result;
    }

    private IEnumerable<KeyValuePair<string, object?>> Values(PSObject item) => _columns.SelectMany(column => column.Values(item))
        .Where(pair => !ExcludeProperty.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(pair.Key)));

    private void Expand(PSObject item)
    {
        KeyValuePair<string, object?>[] found = [.. _expanded!.Values(item)];
        if (item.Properties.Match(ExpandProperty!).Count == 0 && item.BaseObject is not IDictionary)
        {
            WriteError(new ErrorRecord(new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."),
                "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
            return;
        }

        IEnumerable? values = LanguagePrimitives.GetEnumerable(found[0].Value);
        foreach (object? value in values ?? new[] { found[0].Value })
        {
            if (value is null)
            {
                Write(null);
                continue;
            }

            PSObject expanded = PSObject.AsPSObject(value);
            foreach ((string name, object? extra) in Values(item)) Add(expanded, name, extra);
            Write(expanded);
        }
    }

    private void Add(PSObject target, string name, object? value)
    {
        if (target.Properties[name] is null)
        {
            target.Properties.Add(new PSNoteProperty(name, value));
        }
        else
        {
            WriteError(new ErrorRecord(new PSArgumentException(
                $"The property cannot be processed because the property \"{name}\" already exists."),
                "AlreadyExistingUserSpecifiedPropertyNoExpand", ErrorCategory.InvalidOperation, target));
        }
    }
}
