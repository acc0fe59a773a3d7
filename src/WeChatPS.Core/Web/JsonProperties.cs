using System;

namespace WeChatPS.Web;

/// <summary>A property of an object.</summary>
internal readonly ref struct JsonProperty(ReadOnlySpan<byte> name, JsonSlice value)
{
    private readonly ReadOnlySpan<byte> _name = name;

    public JsonSlice Value { get; } = value;

    public bool Is(ReadOnlySpan<byte> name) => _name.SequenceEqual(name) || (_name.Contains((byte)'\\') && IsEscaped(name));

    // A name is rarely written with escapes, but "\u0041ddMsgList" is the same name.
    private bool IsEscaped(ReadOnlySpan<byte> name)
    {
        byte[] quoted = [(byte)'"', .. _name, (byte)'"'];
        return new JsonSlice(quoted, 0, quoted.Length).AsText() == WireText.FromUtf8(name);
    }
}

/// <summary>Enumerates the properties of an object, up to the first broken one.</summary>
internal ref struct JsonProperties(ReadOnlySpan<byte> text, int start, int end)
{
    private readonly ReadOnlySpan<byte> _text = text.Slice(0, end);
    private int _at = start;

    public JsonProperty Current { get; private set; }

    /// <summary>Whether the enumeration reached the end of the object.</summary>
    public bool IsComplete { get; private set; }

    public readonly JsonProperties GetEnumerator() => this;

    public bool MoveNext()
    {
        int name = JsonScan.SkipSeparators(_text, _at);
        if (name >= _text.Length || _text[name] != '"')
        {
            IsComplete = name < _text.Length && _text[name] == '}';
            return false;
        }
        int nameEnd = JsonScan.EndOfString(_text, name);
        int colon = nameEnd < 0 ? _text.Length : JsonScan.SkipBlank(_text, nameEnd);
        int value = colon < _text.Length && _text[colon] == ':' ? JsonScan.SkipBlank(_text, colon + 1) : _text.Length;
        int valueEnd = value < _text.Length ? JsonScan.EndOf(_text, value) : -1;
        if (valueEnd < 0)
            return false;
        Current = new JsonProperty(_text.Slice(name + 1, nameEnd - name - 2), new JsonSlice(_text, value, valueEnd));
        _at = valueEnd;
        return true;
    }
}
