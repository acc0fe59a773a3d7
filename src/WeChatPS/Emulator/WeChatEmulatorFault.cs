using System;
using System.Text.Json;

namespace WeChatPS;

/// <summary>A fault of an emulator.</summary>
public sealed class WeChatEmulatorFault
{
    internal WeChatEmulatorFault(JsonElement fault)
    {
        Id = fault.GetProperty("id").GetInt32();
        Request = fault.GetProperty("endpoint").GetString()!;
        Kind = fault.GetProperty("kind").GetString()!;
        Code = fault.TryGetProperty("code", out JsonElement code) ? code.GetInt32() : null;
        Text = fault.TryGetProperty("text", out JsonElement text) ? text.GetString() : null;
        Contact = fault.TryGetProperty("contact", out JsonElement contact) ? contact.GetString() : null;
        Delay = TimeSpan.FromMilliseconds(fault.GetProperty("delayMs").GetDouble());
        Hits = fault.GetProperty("hits").GetInt32();
        Remaining = fault.TryGetProperty("remaining", out JsonElement remaining) ? remaining.GetInt32() : null;
    }

    /// <summary>The id, for Remove-WeChatEmulatorFault.</summary>
    public int Id { get; }

    /// <summary>The affected requests; * for all.</summary>
    public string Request { get; }

    /// <summary>The kind of fault.</summary>
    public string Kind { get; }

    /// <summary>The code in the response; null for the default of the kind.</summary>
    public int? Code { get; }

    /// <summary>The text or URL in the response; null for the default of the kind.</summary>
    public string? Text { get; }

    /// <summary>The contact that affected requests refer to; null for all requests.</summary>
    public string? Contact { get; }

    /// <summary>The delay before the fault.</summary>
    public TimeSpan Delay { get; }

    /// <summary>The number of requests that the fault has affected.</summary>
    public int Hits { get; }

    /// <summary>The number of further requests that the fault will affect; null until it is removed.</summary>
    public int? Remaining { get; }

    /// <summary>The kind and the requests.</summary>
    public override string ToString() => $"{Kind} at {Request}";
}
