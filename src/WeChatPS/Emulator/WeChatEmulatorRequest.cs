using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace WeChatPS;

/// <summary>A request that a client made to an emulator. Nothing in it is redacted: an emulator's secrets open nothing.</summary>
public sealed class WeChatEmulatorRequest
{
    internal WeChatEmulatorRequest(JsonElement request)
    {
        Number = request.GetProperty("number").GetInt64();
        Time = request.GetProperty("time").GetDateTimeOffset().ToLocalTime();
        Method = request.GetProperty("method").GetString()!;
        Name = request.GetProperty("endpoint").GetString()!;
        Path = request.GetProperty("path").GetString()!;
        Query = request.GetProperty("query").GetString()!;
        Headers = [.. request.GetProperty("headers").EnumerateArray().Select(Header)];
        Body = request.GetProperty("body").GetString()!;
        Status = request.TryGetProperty("status", out JsonElement status) ? status.GetInt32() : null;
        Ret = request.TryGetProperty("ret", out JsonElement ret) ? ret.GetInt32() : null;
        Fault = request.TryGetProperty("fault", out JsonElement fault) ? fault.GetString() : null;
        Elapsed = request.TryGetProperty("elapsedMs", out JsonElement elapsed) ? TimeSpan.FromMilliseconds(elapsed.GetDouble()) : null;
        IsAbandoned = request.GetProperty("abandoned").GetBoolean();
    }

    /// <summary>Its number, from 1.</summary>
    public long Number { get; }

    /// <summary>When it had arrived.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>GET or POST.</summary>
    public string Method { get; }

    /// <summary>The endpoint's short name (synccheck, webwxsync …), or the path of something unknown.</summary>
    public string Name { get; }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The query as it stood on the wire.</summary>
    public string Query { get; }

    /// <summary>All headers, in order.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>The body as text, the first 16 KiB of it.</summary>
    public string Body { get; }

    /// <summary>The HTTP status of the reply; null while there is none.</summary>
    public int? Status { get; }

    /// <summary>The Ret or retcode of the reply, where it has one.</summary>
    public int? Ret { get; }

    /// <summary>The fault that struck, if any.</summary>
    public string? Fault { get; }

    /// <summary>From arrival to reply; null while there is none.</summary>
    public TimeSpan? Elapsed { get; }

    /// <summary>Whether the client hung up before the reply.</summary>
    public bool IsAbandoned { get; }

    private static string Header(JsonElement header) => $"{header.GetProperty("name").GetString()}: {header.GetProperty("value").GetString()}";

    /// <summary>What was asked and what came of it.</summary>
    public override string ToString() => DisplayText.Visible($"{Method} {Name} {Status}");
}
