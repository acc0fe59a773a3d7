using System;

namespace WeChatPS.Web;

/// <summary>Enumerates the items of an array. The rest of a broken array is returned as one last item.</summary>
internal ref struct JsonItems(ReadOnlySpan<byte> text, int start, int end)
{
    private readonly ReadOnlySpan<byte> _text = text.Slice(0, end);
    private int _at = start;

    public JsonSlice Current { get; private set; }

    public readonly JsonItems GetEnumerator() => this;

    public bool MoveNext()
    {
        int item = JsonScan.SkipSeparators(_text, _at);
        // The last byte is the array's closing bracket.
        if (item >= _text.Length - 1)
            return false;
        _at = JsonScan.EndOf(_text, item);
        if (_at <= item || _at >= _text.Length)
            _at = _text.Length - 1;
        Current = new JsonSlice(_text, item, _at);
        return true;
    }
}
