using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Takes values for the same that are equal, and objects whose properties all are.</summary>
internal sealed class ObjectIdentity(bool caseSensitive) : IEqualityComparer<object?>
{
    private readonly ValueOrder _order = new(caseSensitive);

    public new bool Equals(object? x, object? y)
    {
        object?[] left = Parts(x);
        object?[] right = Parts(y);
        return left.Length == right.Length && left.Zip(right).All(pair => _order.Equals(pair.First, pair.Second));
    }

    public int GetHashCode(object? obj)
    {
        var hash = default(HashCode);
        foreach (object? part in Parts(obj)) hash.Add(_order.GetHashCode(part));
        return hash.ToHashCode();
    }

    private static object?[] Parts(object? value) => value switch
    {
        null => [null],
        PSObject { BaseObject: IComparable simple } => [simple],
        PSObject complex => [.. complex.Properties.Select(property => property.Name + "=" + Text(property))],
        _ => [value],
    };

    private static string Text(PSPropertyInfo property)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<string>(property.Value);
        }
        catch (GetValueException)
        {
            return "";
        }
    }
}
