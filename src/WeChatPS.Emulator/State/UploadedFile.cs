using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator.State;

/// <summary>An upload in pieces.</summary>
internal sealed class UploadedFile(string name, long length, int pieces)
{
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private ReadOnlyMemory<byte> _last;

    public string Name { get; } = name;

    public long Length { get; } = length;

    public int Pieces { get; } = pieces;

    /// <summary>The MediaId of the complete file; empty before the last piece.</summary>
    public string MediaId { get; private set; } = "";

    public bool IsComplete => _pieces.Count == Pieces;

    /// <summary>Adds the next piece, or accepts the previous one again, because its response may have been lost.</summary>
    /// <returns>False for any other piece.</returns>
    public bool Take(int index, ReadOnlyMemory<byte> data)
    {
        if (index == _pieces.Count && index < Pieces)
        {
            _pieces.Add(data.ToArray());
            return true;
        }

        return index == _pieces.Count - 1 && data.Span.SequenceEqual(_pieces[index].Span);
    }

    /// <summary>Whether this is its last piece.</summary>
    public bool Ends(int index, ReadOnlyMemory<byte> data) => index == Pieces - 1 && data.Span.SequenceEqual(_last.Span);

    /// <summary>Completes the upload with its MediaId. Only the last piece is kept, because it may be sent again.</summary>
    public string End(string mediaId)
    {
        _last = _pieces[^1];
        _pieces.Clear();
        return MediaId = mediaId;
    }

    public byte[] ToArray()
    {
        int total = 0;
        _pieces.ForEach(piece => total += piece.Length);
        var bytes = new byte[total];
        int at = 0;
        foreach (ReadOnlyMemory<byte> piece in _pieces)
        {
            piece.CopyTo(bytes.AsMemory(at));
            at += piece.Length;
        }

        return bytes;
    }
}
