using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace WeChatPS.Emulator.Wire;

/// <summary>The sync keys: 2 messages, 3 contacts, 11 activity, 201 the server's clock.</summary>
internal static class SyncKeys
{
    public const int Profile = 1;
    public const int Messages = 2;
    public const int Contacts = 3;
    public const int Activity = 11;
    public const int Clock = 201;
    public const int Login = 1000;
    public const int Client = 1001;

    /// <summary>Parses the keys in the body of webwxsync.</summary>
    public static Dictionary<int, long>? Parse(JsonElement syncKey)
    {
        if (!syncKey.TryGetProperty("List", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var keys = new Dictionary<int, long>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (Number(item, "Key") is not (>= 0 and <= int.MaxValue and long key) || Number(item, "Val") is not long value)
            {
                return null;
            }

            keys[(int)key] = value;
        }

        return keys;
    }

    /// <summary>Parses the query parameter of synccheck, <c>1_600|2_601</c>.</summary>
    public static Dictionary<int, long>? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var keys = new Dictionary<int, long>();
        foreach (string pair in text.Split('|'))
        {
            int underscore = pair.IndexOf('_', StringComparison.Ordinal);
            if (underscore < 0
                || !int.TryParse(pair.AsSpan(0, underscore), NumberStyles.None, CultureInfo.InvariantCulture, out int key)
                || !long.TryParse(pair.AsSpan(underscore + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                return null;
            }

            keys[key] = value;
        }

        return keys;
    }

    /// <param name="json">The writer.</param>
    /// <param name="name">SyncKey or SyncCheckKey.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="surplus">The number by which Count exceeds the number of keys.</param>
    public static void Write(ServerJsonWriter json, string name, IReadOnlyList<KeyValuePair<int, long>> keys, int surplus = 0)
    {
        json.BeginObject(name);
        json.Number("Count", keys.Count + surplus);
        json.BeginArray("List");
        foreach (KeyValuePair<int, long> key in keys)
        {
            json.BeginObject();
            json.Number("Key", key.Key);
            json.Number("Val", key.Value);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }

    private static long? Number(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long value) ? value : null;
}
