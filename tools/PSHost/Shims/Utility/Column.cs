using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>One of the things that -Property takes: a name with wildcards, a script block or a calculated property.</summary>
internal sealed class Column
{
    private Column(PSPropertyExpression expression, string? name, bool? descending)
    {
        Expression = expression;
        Name = name;
        Descending = descending;
    }

    public PSPropertyExpression Expression { get; }

    /// <summary>The name that a calculated property was given.</summary>
    public string? Name { get; }

    /// <summary>The order that a calculated property of Sort-Object was given.</summary>
    public bool? Descending { get; }

    public static Column[] ParseAll(object[]? properties) => [.. (properties ?? []).Select(Parse)];

    public static Column Parse(object property)
    {
        object bare = property is PSObject wrapped ? wrapped.BaseObject : property;
        if (bare is not IDictionary calculated) return new Column(ExpressionOf(bare), null, null);
        object expression = Entry(calculated, "Expression") ?? throw new PSArgumentException("A calculated property needs an Expression.");
        bool? descending = Entry(calculated, "Descending") is { } down ? LanguagePrimitives.IsTrue(down)
            : Entry(calculated, "Ascending") is { } up ? !LanguagePrimitives.IsTrue(up) : null;
        return new Column(ExpressionOf(expression), (Entry(calculated, "Name") ?? Entry(calculated, "Label"))?.ToString(), descending);
    }

    /// <summary>The properties of one object under their names; a name without wildcards is there even if the object lacks it.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Values(PSObject item)
    {
        List<PSPropertyExpressionResult> results = Expression.GetValues(item);
        if (results.Count == 0 && !Expression.HasWildCardCharacters) return [new(Name ?? Expression.ToString(), null)];
        return results.Select(result => new KeyValuePair<string, object?>(
            Name ?? result.ResolvedExpression.ToString(), result.Exception is null ? result.Result : null));
    }

    public object? Value(PSObject item) => Values(item).Select(pair => pair.Value).FirstOrDefault();

    private static PSPropertyExpression ExpressionOf(object value) => value is ScriptBlock block
        ? new PSPropertyExpression(block)
        : new PSPropertyExpression(LanguagePrimitives.ConvertTo<string>(value));

    private static object? Entry(IDictionary table, string name)
    {
        foreach (DictionaryEntry entry in table)
        {
            if (entry.Key is string key && key.Length > 0 && name.StartsWith(key, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            }
        }

        return null;
    }
}
