using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Measure-Object.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = "GenericMeasure")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Sum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Average { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Maximum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Minimum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter StandardDeviation { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter AllStats { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Line { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Word { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Character { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is { } item) _items.Add(item);
    }

    protected override void EndProcessing()
    {
        if (Property is null)
        {
            WriteObject(Measure(_items, null));
            return;
        }

        foreach (Column column in Column.ParseAll(Property))
        {
            IEnumerable<PSObject> values = _items.Select(column.Value).Where(value => value is not null).Select(PSObject.AsPSObject);
            WriteObject(Measure([.. values], column.Expression.ToString()));
        }
    }

    private object Measure(List<PSObject> values, string? property)
    {
        if (ParameterSetName == "TextMeasure") return MeasureText(values, property);
        var order = new ValueOrder(caseSensitive: false);
        double[] numbers = Sum || Average || StandardDeviation || AllStats ? [.. Numbers(values)] : [];
        double mean = numbers.Length > 0 ? numbers.Average() : 0;
        return new GenericMeasureInfo
        {
            Count = values.Count,
            Property = property,
            Sum = Sum || AllStats ? numbers.Sum() : null,
            Average = (Average || AllStats) && numbers.Length > 0 ? mean : null,
            StandardDeviation = (StandardDeviation || AllStats) && numbers.Length > 1
                ? Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1)) : null,
            Maximum = (Maximum || AllStats) && values.Count > 0 ? Extreme(values.MaxBy(value => (object?)value, order)) : null,
            Minimum = (Minimum || AllStats) && values.Count > 0 ? Extreme(values.MinBy(value => (object?)value, order)) : null,
        };
    }

    private IEnumerable<double> Numbers(List<PSObject> values)
    {
        foreach (PSObject value in values)
        {
            if (LanguagePrimitives.TryConvertTo(value, out double number))
            {
                yield return number;
            }
            else
            {
                WriteError(new ErrorRecord(new PSInvalidCastException($"Input object \"{value}\" is not numeric."),
                    "NonNumericInputObject", ErrorCategory.InvalidType, value));
            }
        }
    }

    private static object? Extreme(PSObject? value) =>
        value?.BaseObject is sbyte or byte or short or ushort or int or uint or long or ulong or float or decimal
        ? LanguagePrimitives.ConvertTo<double>(value) : value?.BaseObject;

    private TextMeasureInfo MeasureText(List<PSObject> values, string? property)
    {
        string[] texts = [.. values.Select(value => LanguagePrimitives.ConvertTo<string>(value))];
        return new TextMeasureInfo
        {
            Property = property,
            Lines = Line ? texts.Sum(text => text.Length == 0 ? 1 : text.TrimEnd('\n').Split('\n').Length) : null,
            Words = Word ? texts.Sum(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length) : null,
            Characters = Character ? texts.Sum(text => text.Length) : null,
        };
    }
}

/// <summary>What Measure-Object found out about values.</summary>
public sealed class GenericMeasureInfo
{
    public int Count { get; init; }

    public double? Average { get; init; }

    public double? Sum { get; init; }

    public object? Maximum { get; init; }

    public object? Minimum { get; init; }

    public double? StandardDeviation { get; init; }

    public string? Property { get; init; }
}

/// <summary>What Measure-Object found out about text.</summary>
public sealed class TextMeasureInfo
{
    public int? Lines { get; init; }

    public int? Words { get; init; }

    public int? Characters { get; init; }

    public string? Property { get; init; }
}
