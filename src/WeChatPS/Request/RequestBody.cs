using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Converts the value of -Body to bytes.</summary>
internal static class RequestBody
{
    // The protocol's requests are less deep. The limit stops object graphs with cycles.
    private const int MaxDepth = 20;

    /// <exception cref="WeChatException">InvalidRequest: the body contains itself, or an object that JSON cannot represent.</exception>
    public static byte[] Bytes(object body)
    {
        switch (Plain(body))
        {
            case byte[] bytes: return bytes;
            case string text: return Encoding.UTF8.GetBytes(text);
        }

        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, WireJson.Options))
            Write(writer, body, MaxDepth);
        return json.ToArray();
    }

    private static void Write(Utf8JsonWriter json, object? value, int depth)
    {
        if (depth == 0) throw new WeChatException(WeChatErrorReason.InvalidRequest, $"The body has more than {MaxDepth} levels.");
        switch (Plain(value))
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case char letter: json.WriteStringValue(letter.ToString()); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case SwitchParameter flag: json.WriteBooleanValue(flag); break;
            case Enum or byte or sbyte or short or ushort or int or long or uint: json.WriteNumberValue(Convert.ToInt64(Plain(value), null)); break;
            case ulong number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double or float: WriteNumber(json, Convert.ToDouble(Plain(value), null)); break;
            case IDictionary dictionary: WriteDictionary(json, dictionary, depth); break;
            case PSObject properties: WriteProperties(json, properties, depth); break;
            case IEnumerable items: WriteItems(json, items, depth); break;
            case var other: throw new WeChatException(WeChatErrorReason.InvalidRequest, $"The body cannot contain an object of type {other.GetType().Name}.");
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number)) throw new WeChatException(WeChatErrorReason.InvalidRequest, "The body cannot contain NaN or infinity.");
        json.WriteNumberValue(number);
    }

    private static void WriteDictionary(Utf8JsonWriter json, IDictionary dictionary, int depth)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            json.WritePropertyName(entry.Key.ToString()!);
            Write(json, entry.Value, depth - 1);
        }

        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, PSObject properties, int depth)
    {
        json.WriteStartObject();
        foreach (PSPropertyInfo property in properties.Properties)
        {
            json.WritePropertyName(property.Name);
            Write(json, property.Value, depth - 1);
        }

        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items, int depth)
    {
        json.WriteStartArray();
        foreach (object? item in items)
            Write(json, item, depth - 1);
        json.WriteEndArray();
    }

    // A [pscustomobject] has no base object of its own.
    private static object? Plain(object? value) =>
        value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
}
