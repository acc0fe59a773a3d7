using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace WeChatPS;

/// <summary>A request from a client to an emulator. Its secrets are not redacted, because they are valid only in the emulator.</summary>
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

    /// <summary>The number of the request, from 1.</summary>
    public long Number { get; }

    /// <summary>The time of its arrival.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>GET or POST.</summary>
    public string Method { get; }

    /// <summary>The short name of the endpoint (synccheck, webwxsync …), or the path of an unknown endpoint.</summary>
    public string Name { get; }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The raw query.</summary>
    public string Query { get; }

    /// <summary>All headers, in order.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>The first 16 KiB of the body, as text.</summary>
    public string Body { get; }

    /// <summary>The HTTP status of the response; null before it.</summary>
    public int? Status { get; }

    /// <summary>The Ret or retcode of the response, if present.</summary>
    public int? Ret { get; }

    /// <summary>The fault that affected the request, if any.</summary>
    public string? Fault { get; }

    /// <summary>The time from arrival to response; null before it.</summary>
    public TimeSpan? Elapsed { get; }

    /// <summary>Whether the client disconnected before the response.</summary>
    public bool IsAbandoned { get; }

    private static string Header(JsonElement header) => $"{header.GetProperty("name").GetString()}: {header.GetProperty("value").GetString()}";

    /// <summary>The method, the name and the status.</summary>
    public override string ToString() => DisplayText.Visible($"{Method} {Name} {Status}");
}
