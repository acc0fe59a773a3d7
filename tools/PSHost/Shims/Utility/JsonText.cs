using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-Json.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly System.Collections.Generic.List<object?> _items = [];
    private bool _truncated;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    protected override void ProcessRecord() => _items.Add(InputObject);

    protected override void EndProcessing()
    {
        if (_items.Count == 0) return;
        object? whole = _items.Count == 1 && !AsArray ? _items[0] : _items;
        JsonNode? node = ToNode(whole, _items.Count == 1 && !AsArray ? 0 : -1);
        if (_truncated) WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        var options = new JsonSerializerOptions
        {
            WriteIndented = !Compress,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NewLine = Environment.NewLine,
        };
        WriteObject(node is null ? "null" : node.ToJsonString(options));
    }

    private JsonNode? ToNode(object? value, int depth)
    {
        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null or DBNull or System.Management.Automation.Language.NullString: return null;
            case string or bool or Guid or Uri or char: return Simple(bare);
            case Enum named: return EnumsAsStrings ? JsonValue.Create(named.ToString()) : JsonNode.Parse(named.ToString("D"));
            case DateTime or DateTimeOffset: return JsonSerializer.SerializeToNode(bare, bare.GetType());
            case double number when !double.IsFinite(number): return JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));
            case IConvertible number and (byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal):
                return JsonSerializer.SerializeToNode(number, number.GetType());
            case System.Numerics.BigInteger big: return JsonNode.Parse(big.ToString(CultureInfo.InvariantCulture));
        }

        if (depth > Depth)
        {
            _truncated = true;
            return JsonValue.Create(LanguagePrimitives.ConvertTo<string>(value));
        }

        return bare switch
        {
            IDictionary table => ToObject(table, depth),
            IEnumerable items => ToArray(items, depth),
            _ => ToObject(PSObject.AsPSObject(value!), depth),
        };
    }

    private static JsonValue? Simple(object value) => value switch
    {
        bool flag => JsonValue.Create(flag),
        Uri uri => JsonValue.Create(uri.OriginalString),
        _ => JsonValue.Create(value.ToString()),
    };

    private JsonArray ToArray(IEnumerable items, int depth)
    {
        var array = new JsonArray();
        foreach (object? item in items) array.Add(ToNode(item, depth + 1));
        return array;
    }

    private JsonObject ToObject(IDictionary table, int depth)
    {
        var result = new JsonObject();
        foreach (DictionaryEntry entry in table) result[LanguagePrimitives.ConvertTo<string>(entry.Key)] = ToNode(entry.Value, depth + 1);
        return result;
    }

    private JsonObject ToObject(PSObject item, int depth)
    {
        var result = new JsonObject();
        foreach (PSPropertyInfo property in item.Properties)
        {
            object? value = null;
            try
            {
                value = property.Value;
            }
            catch (GetValueException)
            {
                // A property that cannot be read is null, as in pwsh.
            }

            result[property.Name] = ToNode(value, depth + 1);
        }

        return result;
    }
}

/// <summary>ConvertFrom-Json.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
[OutputType(typeof(PSObject), typeof(Hashtable))]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly System.Collections.Generic.List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => _lines.Add(InputObject);

    protected override void EndProcessing()
    {
        string text = string.Join(Environment.NewLine, _lines);
        if (string.IsNullOrWhiteSpace(text)) return;
        try
        {
            var options = new JsonDocumentOptions
            {
                MaxDepth = Depth,
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            };
            using var document = JsonDocument.Parse(text, options);
            WriteObject(FromElement(document.RootElement), enumerateCollection: !NoEnumerate);
        }
        catch (JsonException error)
        {
            var reason = new ArgumentException($"Conversion from JSON failed with error: {error.Message}", error);
            ThrowTerminatingError(new ErrorRecord(reason, "System.ArgumentException", ErrorCategory.NotSpecified, targetObject: null));
        }
    }

    private object? FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? whole : element.GetRawText().AsSpan().IndexOfAny(".eE") < 0
            ? System.Numerics.BigInteger.Parse(element.GetRawText(), CultureInfo.InvariantCulture) : element.GetDouble(),
        JsonValueKind.String => FromString(element),
        JsonValueKind.Array => FromArray(element),
        _ => AsHashtable ? FromTable(element) : FromObject(element),
    };

    // Only the full ISO form is taken for a date.
    private static object FromString(JsonElement element)
    {
        string text = element.GetString()!;
        bool dated = text.Length >= 19 && text[4] == '-' && text[10] == 'T';
        return dated && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime date)
            ? date : text;
    }

    private object?[] FromArray(JsonElement element)
    {
        var items = new object?[element.GetArrayLength()];
        for (int i = 0; i < items.Length; i++) items[i] = FromElement(element[i]);
        return items;
    }

    private Hashtable FromTable(JsonElement element)
    {
        var table = new Hashtable(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject()) table[property.Name] = FromElement(property.Value);
        return table;
    }

    private PSObject FromObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (result.Properties[property.Name] is { } known) known.Value = FromElement(property.Value);
            else result.Properties.Add(new PSNoteProperty(property.Name, FromElement(property.Value)));
        }

        return result;
    }
}
