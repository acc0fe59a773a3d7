using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace WeChatPS.Emulator.Wire;

/// <summary>
/// Writes JSON in the exact layout of the real server: one member a line, no indentation, unescaped UTF-8, and the comma after an object
/// on its own line. Stored pieces are inserted without copying.
/// </summary>
internal sealed class ServerJsonWriter
{
    private static readonly SearchValues<char> s_escaped = SearchValues.Create(EscapedCharacters());

    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly List<(int At, ReadOnlyMemory<byte> Piece)> _splices = [];
    private int _depth;
    private bool _first = true;
    private bool _endsWithLine;

    public void BeginObject()
    {
        NextItem();
        Open('{');
        Put("\n"u8);
    }

    public void BeginObject(string name)
    {
        Name(name);
        Open('{');
        Put("\n"u8);
    }

    public void EndObject()
    {
        if (!_first && !_endsWithLine)
        {
            Put("\n"u8);
        }

        Close();
        Put("}\n"u8);
        _endsWithLine = true;
    }

    public void BeginArray(string name)
    {
        Name(name);
        Open('[');
    }

    public void EndArray()
    {
        Close();
        Put("]"u8);
        _endsWithLine = false;
    }

    public void String(string name, string value)
    {
        Name(name);
        PutString(value);
        _endsWithLine = false;
    }

    public void Number(string name, long value)
    {
        Name(name);
        Span<byte> target = _buffer.GetSpan(20);
        Utf8Formatter.TryFormat(value, target, out int written);
        _buffer.Advance(written);
        _endsWithLine = false;
    }

    /// <summary>Inserts a stored array item.</summary>
    public void Item(ReadOnlyMemory<byte> json)
    {
        NextItem();
        _splices.Add((_buffer.WrittenCount, json));
        _endsWithLine = true;
    }

    /// <summary>Writes any JSON value in this layout.</summary>
    public void Element(JsonElement element)
    {
        NextItem();
        Value(element);
    }

    public void Element(string name, JsonElement element)
    {
        Name(name);
        Value(element);
    }

    /// <summary>Gets the written JSON in pieces.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces()
    {
        var pieces = new List<ReadOnlyMemory<byte>>((_splices.Count * 2) + 1);
        ReadOnlyMemory<byte> written = _buffer.WrittenMemory;
        int from = 0;
        foreach ((int at, ReadOnlyMemory<byte> piece) in _splices)
        {
            pieces.Add(written[from..at]);
            pieces.Add(piece);
            from = at;
        }

        pieces.Add(written[from..]);
        return pieces;
    }

    /// <summary>Gets the written JSON, without inserted pieces.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    private void Value(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Open('{');
                Put("\n"u8);
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Element(property.Name, property.Value);
                }

                EndObject();
                break;
            case JsonValueKind.Array:
                Open('[');
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Element(item);
                }

                EndArray();
                break;
            case JsonValueKind.String:
                PutString(element.GetString()!);
                _endsWithLine = false;
                break;
            default:
                Put(Encoding.UTF8.GetBytes(element.GetRawText()));
                _endsWithLine = false;
                break;
        }
    }

    private void Open(char bracket)
    {
        Span<byte> one = [(byte)bracket];
        Put(one);
        _depth++;
        _first = true;
    }

    private void Close()
    {
        _depth--;
        _first = false;
    }

    private void Name(string name)
    {
        if (!_first)
        {
            Put(",\n"u8);
        }

        _first = false;
        PutString(name);
        Put(": "u8);
    }

    private void NextItem()
    {
        if (_depth > 0 && !_first)
        {
            Put(","u8);
        }

        _first = false;
    }

    private void PutString(string value)
    {
        Put("\""u8);
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            int plain = rest.IndexOfAny(s_escaped);
            if (plain < 0)
            {
                PutUtf8(rest);
                break;
            }

            PutUtf8(rest[..plain]);
            PutEscape(rest[plain]);
            rest = rest[(plain + 1)..];
        }

        Put("\""u8);
    }

    private static string EscapedCharacters()
    {
        var characters = new StringBuilder("\"\\");
        for (char c = '\0'; c < ' '; c++)
        {
            characters.Append(c);
        }

        return characters.ToString();
    }

    private void PutEscape(char c)
    {
        switch (c)
        {
            case '"':
                Put("\\\""u8);
                break;
            case '\\':
                Put("\\\\"u8);
                break;
            case '\n':
                Put("\\n"u8);
                break;
            case '\r':
                Put("\\r"u8);
                break;
            case '\t':
                Put("\\t"u8);
                break;
            default:
                Put(Encoding.ASCII.GetBytes($"\\u{(int)c:x4}"));
                break;
        }
    }

    private void PutUtf8(ReadOnlySpan<char> text)
    {
        Span<byte> target = _buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        _buffer.Advance(Encoding.UTF8.GetBytes(text, target));
    }

    private void Put(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);
}
