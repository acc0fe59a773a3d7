using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;

namespace WeChatPS.Http;

/// <summary>One request as sent on the wire. It is built without I/O and sent by <see cref="WeChatHttp"/>.</summary>
internal sealed class WireRequest(string endpoint, HttpMethod method, Uri uri)
{
    /// <summary>The endpoint's short name (<c>synccheck</c>, <c>webwxsync</c> …) for logs, progress and errors.</summary>
    public string Endpoint { get; } = endpoint;

    public HttpMethod Method { get; } = method;

    public Uri Uri { get; } = uri;

    /// <summary>The body's bytes; null for no body.</summary>
    public byte[]? Body { get; init; }

    /// <summary>
    /// The body in pieces, instead of <see cref="Body"/>, to avoid copying a large body. The pieces must not change during the request.
    /// Such a request has no overall deadline, only an idle timeout.
    /// </summary>
    public IReadOnlyList<ArraySegment<byte>>? Pieces { get; init; }

    /// <summary>Called with the number of bytes of <see cref="Pieces"/> sent so far, on any thread.</summary>
    public Action<long>? Moved { get; init; }

    /// <summary>The length of the body in bytes; 0 without a body.</summary>
    public long BodyLength => Pieces?.Sum(piece => (long)piece.Count) ?? Body?.Length ?? 0;

    public string? ContentType { get; init; }

    /// <summary>Headers in addition to the common ones (User-Agent, Accept, Cookie), in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether <see cref="WireReply.Headers"/> is filled.</summary>
    public bool KeepsHeaders { get; init; }

    /// <summary>
    /// The time limit for the whole exchange including the body. With null, the response must begin within the session's deadline, and its
    /// body must keep coming.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The largest accepted response body, in decompressed bytes; null for the default.</summary>
    public int? BodyLimit { get; init; }

    /// <summary>The buffer for the response's body, which is valid until the next request with the same buffer. With null, a new array is used.</summary>
    public ReusableBuffer? ReplyBuffer { get; set; }
}
