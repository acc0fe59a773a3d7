using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace WeChatPS.Web;

/// <summary>The sync key: the client's position in each sequence of the server. Unknown keys are kept.</summary>
internal sealed record SyncKey(IReadOnlyList<KeyValuePair<int, long>> List)
{
    /// <summary>The most pairs that are taken as a key. Real keys have up to fifteen, and the address of every poll carries them.</summary>
    public const int MaxPairs = 100;

    /// <summary>Reads <c>{"Count":…,"List":[{"Key":…,"Val":…}]}</c>. The list is used, and the count is ignored.</summary>
    /// <returns>Null when the key is missing, empty, or too long to be one, so that the previous key remains valid.</returns>
    public static SyncKey? Read(JsonSlice value)
    {
        var list = new List<KeyValuePair<int, long>>();
        foreach (JsonSlice item in value.Find("List"u8).Items)
        {
            if (!item.IsObject)
                continue;
            if (list.Count == MaxPairs)
                return null;
            list.Add(new(item.Find("Key"u8).AsInt32(), item.Find("Val"u8).AsInt64()));
        }

        return list.Count == 0 ? null : new SyncKey(list);
    }

    /// <summary>Parses the text of <see cref="ToQuery"/>.</summary>
    public static bool TryParse(string text, out SyncKey key)
    {
        var list = new List<KeyValuePair<int, long>>();
        foreach (string pair in text.Split('|'))
        {
            string[] parts = pair.Split('_');
            if (parts.Length != 2
                || list.Count == MaxPairs
                || !int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int name)
                || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            {
                key = new SyncKey([]);
                return false;
            }
            list.Add(new(name, value));
        }
        key = new SyncKey(list);
        return true;
    }

    /// <summary>Gets the form of the query parameter <c>synckey</c>: <c>1_2|3_4</c>.</summary>
    public string ToQuery() => string.Join("|", List.Select(pair => FormattableString.Invariant($"{pair.Key}_{pair.Value}")));

    /// <summary>Writes the form for request bodies.</summary>
    public void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("Count", List.Count);
        writer.WriteStartArray(nameof(List));
        foreach (KeyValuePair<int, long> pair in List)
        {
            writer.WriteStartObject();
            writer.WriteNumber("Key", pair.Key);
            writer.WriteNumber("Val", pair.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public bool Equals(SyncKey? other) => other is not null && List.SequenceEqual(other.List);

    public override int GetHashCode() => ToQuery().GetHashCode();

    public override string ToString() => ToQuery();
}
