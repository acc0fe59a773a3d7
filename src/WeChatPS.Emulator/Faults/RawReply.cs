using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace WeChatPS.Emulator;

/// <summary>What happens to the connection after the last byte of a <see cref="RawReply"/>.</summary>
public enum RawEnd
{
    /// <summary>It closes normally.</summary>
    Close,

    /// <summary>It is reset. Bytes that are still on the way may be lost.</summary>
    Reset,

    /// <summary>It stays open without another byte, until the client leaves.</summary>
    Open,

    /// <summary>It serves the client's next request.</summary>
    KeepAlive,
}

/// <summary>Some bytes of a <see cref="RawReply"/>.</summary>
/// <param name="Bytes">The bytes, which are sent as they are.</param>
/// <param name="Pause">The pause before them.</param>
public readonly record struct RawPiece(ReadOnlyMemory<byte> Bytes, TimeSpan Pause = default);

/// <summary>
/// A response byte for byte, from the status line to the end of the connection. Nothing is added, checked or completed.
/// </summary>
/// <param name="Pieces">The pieces, in order. They are taken one by one while they are sent, so that a reply can be endless.</param>
/// <param name="End">What happens to the connection afterwards.</param>
public sealed record RawReply(IEnumerable<RawPiece> Pieces, RawEnd End = RawEnd.Close)
{
    /// <summary>Creates a reply of one piece.</summary>
    public static RawReply Of(ReadOnlyMemory<byte> bytes, RawEnd end = RawEnd.Close) => new([new RawPiece(bytes)], end);

    /// <summary>Creates a reply of one piece, in UTF-8.</summary>
    public static RawReply Of(string text, RawEnd end = RawEnd.Close) => Of(Encoding.UTF8.GetBytes(text), end);

    /// <summary>Gets the same bytes in pieces of a size, with a pause before each of them.</summary>
    public RawReply Dripped(int size, TimeSpan pause) => this with
    {
        Pieces = Pieces.SelectMany(piece => piece.Bytes.ToArray().Chunk(size), (_, bytes) => new RawPiece(bytes, pause)),
    };
}
