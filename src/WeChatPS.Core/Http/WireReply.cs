using System;
using System.Collections.Generic;

namespace WeChatPS.Http;

/// <summary>A complete response: status, body and the relevant headers.</summary>
internal sealed class WireReply(int status, ReadOnlyMemory<byte> body)
{
    public int Status { get; } = status;

    /// <summary>The decompressed body. It is always read as UTF-8 with replacement, because the charset that the server names is unreliable.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>The number of body bytes received. It exceeds the length of <see cref="Body"/> when the body was written to a file.</summary>
    public long Received { get; init; } = body.Length;

    /// <summary>Whether the server refused the request because its address or its headers are too long. A shorter one may be accepted.</summary>
    public bool IsTooLong { get; init; }

    public string? Location { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The content encoding that could not be undone, or null.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The server's time (Date header), or null.</summary>
    public DateTimeOffset? Date { get; init; }

    public Version? Version { get; init; }

    /// <summary>Whether the request opened a new connection.</summary>
    public bool OpenedConnection { get; init; }

    /// <summary>All headers except cookies, one entry for each name. Empty unless <see cref="WireRequest.KeepsHeaders"/> is set.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public TimeSpan Elapsed { get; init; }
}
