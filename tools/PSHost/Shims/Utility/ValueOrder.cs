using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Compares as PowerShell does: numbers as numbers, text by culture, null first, and anything else as text.</summary>
internal sealed class ValueOrder(bool caseSensitive) : IComparer<object?>, IEqualityComparer<object?>
{
    public int Compare(object? x, object? y)
    {
        object? left = Bare(x);
        object? right = Bare(y);
        if (left is null || right is null) return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        if (LanguagePrimitives.TryCompare(left, right, !caseSensitive, CultureInfo.CurrentCulture, out int order)) return order;
        CompareOptions options = caseSensitive ? CompareOptions.None : CompareOptions.IgnoreCase;
        return string.Compare(Text(left), Text(right), CultureInfo.CurrentCulture, options);
    }

    public new bool Equals(object? x, object? y) => Compare(x, y) == 0;

    // Values of different types can be equal (1 and '1'): their text decides the bucket.
    public int GetHashCode(object? obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(Bare(obj) is { } value ? Text(value) : "");

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static string Text(object value) => LanguagePrimitives.ConvertTo<string>(value);
}
