using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>A request that a client made, and how it was answered. Nothing is redacted: no secret here is anybody's.</summary>
public sealed class LoggedRequest
{
    /// <summary>Its number, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it had arrived whole.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>GET or POST.</summary>
    public required string Method { get; init; }

    /// <summary>The endpoint's name, or the path of something unknown.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>The query as it stood on the wire.</summary>
    public required string Query { get; init; }

    /// <summary>All headers, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body as text, the first 16 KiB of it.</summary>
    public required string Body { get; init; }

    /// <summary>The whole body's length in bytes.</summary>
    public required int BodyLength { get; init; }

    /// <summary>The HTTP status of the reply; null while there is none, 0 for <c>HTTP/1.1 0 -</c>.</summary>
    public int? Status { get; internal set; }

    /// <summary>The Ret or retcode of the reply, where it has one.</summary>
    public int? Ret { get; internal set; }

    /// <summary>The fault that struck, or null.</summary>
    public FaultKind? Fault { get; internal set; }

    /// <summary>From arrival to reply; null while there is none.</summary>
    public TimeSpan? Elapsed { get; internal set; }

    /// <summary>Whether the client hung up before the reply.</summary>
    public bool IsAbandoned { get; internal set; }

    /// <summary>The first header of this name, or null.</summary>
    public string? Header(string name)
    {
        foreach (KeyValuePair<string, string> header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}
