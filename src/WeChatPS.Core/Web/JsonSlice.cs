using System;
using System.Buffers.Text;

namespace WeChatPS.Web;

/// <summary>
/// One JSON value as a slice of a response's bytes. It only finds where values begin and end, in one forward pass without recursion and
/// allocation. An invalid item (a raw control character, invalid UTF-8, an unknown escape) therefore does not affect other items. A
/// validating reader would reject the whole batch.
/// </summary>
internal readonly ref struct JsonSlice
{
    private readonly ReadOnlySpan<byte> _text;

    internal JsonSlice(ReadOnlySpan<byte> text, int start, int end)
    {
        _text = text;
        Start = start;
        Length = end - start;
    }

    /// <summary>The position of the value in the response.</summary>
    public int Start { get; }

    public int Length { get; }

    public ReadOnlySpan<byte> Bytes => _text.Slice(Start, Length);

    public bool IsObject => Length > 0 && _text[Start] == '{';

    public bool IsArray => Length > 0 && _text[Start] == '[';

    public bool IsString => Length > 0 && _text[Start] == '"';

    /// <summary>The properties of an object; empty for other values.</summary>
    public JsonProperties Properties => IsObject ? new JsonProperties(_text, Start + 1, Start + Length) : default;

    /// <summary>The items of an array; empty for other values.</summary>
    public JsonItems Items => IsArray ? new JsonItems(_text, Start + 1, Start + Length) : default;

    /// <summary>Gets the root object of a text, after a byte order mark and white space; empty for other values.</summary>
    /// <remarks>After enumerating the properties, <see cref="JsonProperties.IsComplete"/> tells whether the object is complete.</remarks>
    public static JsonSlice Root(ReadOnlySpan<byte> text)
    {
        int start = JsonScan.SkipBlank(text, text.StartsWith("\uFEFF"u8) ? 3 : 0);
        return start < text.Length && text[start] == '{' ? new JsonSlice(text, start, text.Length) : default;
    }

    /// <summary>Gets a property's value; an empty slice if there is none.</summary>
    public JsonSlice Find(ReadOnlySpan<byte> name)
    {
        foreach (JsonProperty property in Properties)
        {
            if (property.Is(name))
                return property.Value;
        }
        return default;
    }

    /// <summary>Gets the text of a string or the digits of a number; empty for other values.</summary>
    public string AsText() => JsonText.Decode(Scalar(out bool isString), isString);

    /// <summary>Gets <see cref="AsText()"/> of at most so many bytes.</summary>
    public string AsText(int mostBytes)
    {
        ReadOnlySpan<byte> bytes = Scalar(out bool isString);
        return JsonText.Decode(bytes.Length > mostBytes ? bytes.Slice(0, mostBytes) : bytes, isString);
    }

    /// <summary>Gets the integer at the start of a number or string; 0 for other values.</summary>
    public long AsInt64() => Utf8Parser.TryParse(Number(), out long value, out _) ? value : 0;

    /// <summary>Gets <see cref="AsInt64"/> as an Int32; 0 for larger numbers.</summary>
    public int AsInt32() => AsInt64() is var value and >= int.MinValue and <= int.MaxValue ? (int)value : 0;

    /// <summary>Gets an unsigned integer that takes up the whole value, as a number or string.</summary>
    public bool TryGetUInt64(out ulong value)
    {
        ReadOnlySpan<byte> digits = Number();
        return Utf8Parser.TryParse(digits, out value, out int used) && used == digits.Length;
    }

    private ReadOnlySpan<byte> Number()
    {
        ReadOnlySpan<byte> text = Scalar(out _);
        return text.Slice(JsonScan.SkipBlank(text, 0));
    }

    private ReadOnlySpan<byte> Scalar(out bool isString)
    {
        isString = IsString;
        if (isString)
            return Bytes.Slice(1, Length - 2);
        return Length == 0 || IsObject || IsArray || _text[Start] == 'n' ? default : Bytes;
    }
}
