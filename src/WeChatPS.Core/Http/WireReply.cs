using System;

namespace WeChatPS.Http;

/// <summary>A whole reply: status, body bytes, the few headers that matter.</summary>
internal sealed class WireReply(int status, ReadOnlyMemory<byte> body)
{
    public int Status { get; } = status;

    /// <summary>The decompressed body. Always read as UTF-8 with replacement: the charset the server names is not to be trusted.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    public string? Location { get; init; }

    public string? ContentType { get; init; }

    public TimeSpan Elapsed { get; init; }
}
