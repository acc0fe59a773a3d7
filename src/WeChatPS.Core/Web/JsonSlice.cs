using System;
using System.Buffers.Text;

namespace WeChatPS.Web;

/// <summary>
/// One JSON value as a slice of a reply's bytes. It finds where values begin and end and checks nothing else, in one forward pass that
/// neither recurses nor allocates: what the server wrote badly inside one item (a raw control character, invalid UTF-8, an unknown
/// escape) spoils that item alone and not the batch around it, which a validating reader would refuse as a whole.
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

    /// <summary>Where the value begins in the reply.</summary>
    public int Start { get; }

    public int Length { get; }

    public ReadOnlySpan<byte> Bytes => _text.Slice(Start, Length);

    public bool IsObject => Length > 0 && _text[Start] == '{';

    public bool IsArray => Length > 0 && _text[Start] == '[';

    public bool IsString => Length > 0 && _text[Start] == '"';

    /// <summary>The object's properties; none when it is not an object.</summary>
    public JsonProperties Properties => IsObject ? new JsonProperties(_text, Start + 1, Start + Length) : default;

    /// <summary>The array's items; none when it is not an array.</summary>
    public JsonItems Items => IsArray ? new JsonItems(_text, Start + 1, Start + Length) : default;

    /// <summary>The object that a reply or an item is, past a byte order mark and white space; empty when it is none.</summary>
    /// <remarks>Whether it is whole shows at the end of the walk over its properties (<see cref="JsonProperties.IsComplete"/>).</remarks>
    public static JsonSlice Root(ReadOnlySpan<byte> text)
    {
        int start = JsonScan.SkipBlank(text, text.StartsWith("\uFEFF"u8) ? 3 : 0);
        return start < text.Length && text[start] == '{' ? new JsonSlice(text, start, text.Length) : default;
    }

    /// <summary>The property's value; an empty slice when there is none.</summary>
    public JsonSlice Find(ReadOnlySpan<byte> name)
    {
        foreach (JsonProperty property in Properties)
        {
            if (property.Is(name))
                return property.Value;
        }
        return default;
    }

    /// <summary>The text of a string, or the digits of a number; empty for anything else.</summary>
    public string AsText() => JsonText.Decode(Scalar(out bool isString), isString);

    /// <summary>The whole number that a number or a string of digits begins with; 0 for anything else.</summary>
    public long AsInt64() => Utf8Parser.TryParse(Number(), out long value, out _) ? value : 0;

    /// <summary><see cref="AsInt64"/> where only small numbers make sense; 0 for those that do not fit.</summary>
    public int AsInt32() => AsInt64() is var value and >= int.MinValue and <= int.MaxValue ? (int)value : 0;

    /// <summary>A number without a sign that takes up the whole value, as a number or as text.</summary>
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
