using System;
using System.Text.Json;

namespace WeChatPS;

/// <summary>Something that goes wrong in an emulator, on demand.</summary>
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

    /// <summary>Its number: what Remove-WeChatEmulatorFault takes.</summary>
    public int Id { get; }

    /// <summary>The request that it strikes; * for every one.</summary>
    public string Request { get; }

    /// <summary>What goes wrong.</summary>
    public string Kind { get; }

    /// <summary>The code that is answered; null: the usual one of its kind.</summary>
    public int? Code { get; }

    /// <summary>The words or the address that is answered; null: the usual ones of its kind.</summary>
    public string? Text { get; }

    /// <summary>The contact that a request has to speak of to be struck; null: it strikes all.</summary>
    public string? Contact { get; }

    /// <summary>The time that passes first.</summary>
    public TimeSpan Delay { get; }

    /// <summary>How often it has struck.</summary>
    public int Hits { get; }

    /// <summary>How often it will strike yet; null: until it is removed.</summary>
    public int? Remaining { get; }

    /// <summary>What goes wrong and where.</summary>
    public override string ToString() => $"{Kind} at {Request}";
}
