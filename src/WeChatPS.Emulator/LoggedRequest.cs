using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>A request of a client and its response. Nothing is redacted, because the emulator has no real secrets.</summary>
public sealed class LoggedRequest
{
    /// <summary>The number of the request, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>The time of the complete arrival.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The number of the connection that the request came by.</summary>
    public long Connection { get; init; }

    /// <summary>GET or POST.</summary>
    public required string Method { get; init; }

    /// <summary>The endpoint's name, or an unknown path.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>The undecoded query.</summary>
    public required string Query { get; init; }

    /// <summary>All headers, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The first 16 KiB of the body as text.</summary>
    public required string Body { get; init; }

    /// <summary>The length of the body in bytes.</summary>
    public required int BodyLength { get; init; }

    /// <summary>The HTTP status of the response; null before the response and for a raw one, 0 for <c>HTTP/1.1 0 -</c>.</summary>
    public int? Status { get; internal set; }

    /// <summary>The Ret or retcode of the response, or null.</summary>
    public int? Ret { get; internal set; }

    /// <summary>The fault of the request, or null.</summary>
    public FaultKind? Fault { get; internal set; }

    /// <summary>The time from arrival to response; null before the response.</summary>
    public TimeSpan? Elapsed { get; internal set; }

    /// <summary>Whether the client disconnected before the response.</summary>
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
