using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using WeChatPS.Http;

namespace WeChatPS;

/// <summary>Converts a response to an object, a text or bytes, regardless of its content type, and redacts secrets in objects and texts.</summary>
internal static class ResponseContent
{
    private static readonly HashSet<string> s_reserved =
        new(["PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames", "PSStandardMembers"], StringComparer.OrdinalIgnoreCase);

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The content, and the server's code if present.</returns>
    public static (object? Content, int? Ret) Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return (null, null);
        byte[] bytes = body.ToArray();
        if (Text(bytes) is not { } text)
            return (bytes, null);
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? (Value(json.RootElement), Ret(json.RootElement))
                : (Redaction.Redact(text), null);
        }
        catch (JsonException)
        {
            return (Redaction.Redact(text), null);
        }
    }

    // Images and voice messages are not valid UTF-8, and text contains no NUL.
    private static string? Text(byte[] bytes)
    {
        try
        {
            return Array.IndexOf(bytes, (byte)0) < 0 ? s_strict.GetString(bytes).TrimStart('\uFEFF') : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int? Ret(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("BaseResponse", out JsonElement response)
        && response.ValueKind == JsonValueKind.Object && response.TryGetProperty("Ret", out JsonElement ret)
        && ret.ValueKind == JsonValueKind.Number && ret.TryGetInt32(out int code) ? code : null;

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Properties(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => String(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out long whole) ? whole : json.TryGetDouble(out double number) ? number : json.GetRawText(),
        _ => null,
    };

    // Each string is redacted separately, so a nickname cannot hide later values. The parser rejects a lone surrogate (half an emoji).
    private static string String(JsonElement json)
    {
        try
        {
            return Redaction.Redact(json.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return Redaction.Redact(json.GetRawText());
        }
    }

    private static PSObject Properties(JsonElement json)
    {
        var result = new PSObject();
        foreach (JsonProperty property in json.EnumerateObject())
        {
            // PowerShell requires a property name, reserves some names and ignores case.
            string name = property.Name.Length == 0 || s_reserved.Contains(property.Name) ? "_" + property.Name : property.Name;
            object? value = Value(property.Value);
            if (value is long or string { Length: > 0 } && Redaction.IsSecret(property.Name)) value = "***";
            if (result.Properties[name] is { } earlier) earlier.Value = value;
            else result.Properties.Add(new PSNoteProperty(name, value));
        }

        return result;
    }
}
