using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;

namespace WeChatPS.Http;

/// <summary>One request as a protocol wants it on the wire. Built without I/O, sent by WeChatHttp.</summary>
internal sealed class WireRequest(string endpoint, HttpMethod method, Uri uri)
{
    /// <summary>The endpoint's short name (<c>synccheck</c>, <c>webwxsync</c> …) for logs, progress and errors.</summary>
    public string Endpoint { get; } = endpoint;

    public HttpMethod Method { get; } = method;

    public Uri Uri { get; } = uri;

    /// <summary>The body's bytes; none when null.</summary>
    public byte[]? Body { get; init; }

    /// <summary>
    /// A body too large to be copied, in pieces; instead of <see cref="Body"/>. They must stay as they are until the request is over, which
    /// takes as long as it takes, as long as something moves.
    /// </summary>
    public IReadOnlyList<ArraySegment<byte>>? Pieces { get; init; }

    /// <summary>Told how many bytes of <see cref="Pieces"/> are out, on whatever thread they go.</summary>
    public Action<long>? Moved { get; init; }

    /// <summary>How long the body is, in bytes; 0 without one.</summary>
    public long BodyLength => Pieces?.Sum(piece => (long)piece.Count) ?? Body?.Length ?? 0;

    public string? ContentType { get; init; }

    /// <summary>Headers beyond the common ones (User-Agent, Accept, Cookie), in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the reply keeps all of its headers, for somebody to look at.</summary>
    public bool KeepsHeaders { get; init; }

    /// <summary>How long the whole exchange may take, the body included; the common default when null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The largest reply body accepted, in decompressed bytes; the common limit when null.</summary>
    public int? BodyLimit { get; init; }

    /// <summary>Where the reply's body goes: it is valid until the next request with the same buffer. An array of its own when null.</summary>
    public ReusableBuffer? ReplyBuffer { get; set; }
}
