using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>A message that a client sent.</summary>
public sealed class SentMessage
{
    /// <summary>The MsgId.</summary>
    public required string MsgId { get; init; }

    /// <summary>The ClientMsgId.</summary>
    public required string ClientMsgId { get; init; }

    /// <summary>The time of arrival.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The endpoint, such as <c>webwxsendmsg</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The session that sent it.</summary>
    public required WebSession Session { get; init; }

    /// <summary>The recipient.</summary>
    public required Contact To { get; init; }

    /// <summary>The message type on the wire: 1 text, 3 image, 6 file, 43 video, 47 emoticon.</summary>
    public required int Type { get; init; }

    /// <summary>The MsgType for the recipients, which differs for a sent file, and may differ for a sticker.</summary>
    internal int MsgType => Endpoint == "webwxsendemoticon" ? 47 : Type == 6 ? 49 : Type;

    /// <summary>The text or XML. A <c>\u</c> escape remains, because the real server does not decode it.</summary>
    public required string Text { get; init; }

    /// <summary>The id of uploaded media, or empty.</summary>
    public string MediaId { get; init; } = "";

    /// <summary>The uploaded file's name, or empty.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The uploaded bytes; empty for a text.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The members that were mentioned in a group.</summary>
    public IReadOnlyList<Contact> Mentions { get; init; } = [];

    /// <summary>The number of dropped duplicates of this message.</summary>
    public int DroppedCopies { get; internal set; }

    /// <summary>Whether the client recalled the message.</summary>
    public bool IsRevoked { get; internal set; }
}
