using System;
using System.Collections.Generic;

namespace WeChatPS.Http;

/// <summary>A whole reply: status, body bytes, the few headers that matter.</summary>
internal sealed class WireReply(int status, ReadOnlyMemory<byte> body)
{
    public int Status { get; } = status;

    /// <summary>The decompressed body. Always read as UTF-8 with replacement: the charset the server names is not to be trusted.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>How many bytes of body came: more than <see cref="Body"/> holds where they went to a file.</summary>
    public long Received { get; init; } = body.Length;

    public string? Location { get; init; }

    public string? ContentType { get; init; }

    /// <summary>An encoding that the body still has: one that nobody here can undo.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The server's own time, where it tells.</summary>
    public DateTimeOffset? Date { get; init; }

    public Version? Version { get; init; }

    /// <summary>Whether a connection had to be opened for it.</summary>
    public bool OpenedConnection { get; init; }

    /// <summary>All headers but the cookies, each as one line; none unless the request wants them kept.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public TimeSpan Elapsed { get; init; }
}
