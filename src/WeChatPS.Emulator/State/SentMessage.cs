using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>A message that a client sent, as the receivers got it.</summary>
public sealed class SentMessage
{
    /// <summary>The id that the server gave it.</summary>
    public required string MsgId { get; init; }

    /// <summary>The client's own id.</summary>
    public required string ClientMsgId { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The endpoint it came through, such as <c>webwxsendmsg</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The session that sent it.</summary>
    public required WebSession Session { get; init; }

    /// <summary>Who got it.</summary>
    public required Contact To { get; init; }

    /// <summary>The message type on the wire: 1 text, 3 image, 6 file, 43 video, 47 emoticon.</summary>
    public required int Type { get; init; }

    /// <summary>The MsgType under which the receivers have it: a sent file has a number of its own.</summary>
    internal int MsgType => Type == 6 ? 49 : Type;

    /// <summary>The text or XML. A <c>\u</c> escape stays visible: the real server does not read it.</summary>
    public required string Text { get; init; }

    /// <summary>The id of uploaded media, or empty.</summary>
    public string MediaId { get; init; } = "";

    /// <summary>The uploaded file's name, or empty.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The uploaded bytes; empty for a text.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The members that were mentioned in a group.</summary>
    public IReadOnlyList<Contact> Mentions { get; init; } = [];

    /// <summary>How often the client repeated it; the copies were dropped.</summary>
    public int DroppedCopies { get; internal set; }

    /// <summary>Whether the client revoked it.</summary>
    public bool IsRevoked { get; internal set; }
}
