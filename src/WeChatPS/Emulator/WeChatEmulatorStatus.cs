using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace WeChatPS;

/// <summary>A running emulator, as it was when it was asked.</summary>
public sealed class WeChatEmulatorStatus
{
    internal WeChatEmulatorStatus(JsonElement status)
    {
        Endpoint = new Uri(status.GetProperty("endpoint").GetString()!);
        ProcessId = status.GetProperty("processId").GetInt32();
        Accounts = [.. status.GetProperty("accounts").EnumerateArray().Select(account => account.GetProperty("name").GetString()!)];
        Contacts = [.. status.GetProperty("contacts").EnumerateArray().Select(contact => contact.GetProperty("name").GetString()!)];
        Sessions = status.GetProperty("sessions").EnumerateArray().Count(session => session.GetProperty("endCode").GetInt32() == 0);
        Faults = [.. status.GetProperty("faults").EnumerateArray().Select(fault => new WeChatEmulatorFault(fault))];
        JsonElement counters = status.GetProperty("counters");
        Requests = counters.GetProperty("requests").GetInt64();
        Polls = counters.GetProperty("polls").GetInt64();
        OpenPolls = counters.GetProperty("openPolls").GetInt64();
        Syncs = counters.GetProperty("syncs").GetInt64();
        Sends = counters.GetProperty("sends").GetInt64();
    }

    /// <summary>Its address: what Connect-WeChat -Endpoint takes.</summary>
    public Uri Endpoint { get; }

    /// <summary>The process that it runs in.</summary>
    public int ProcessId { get; }

    /// <summary>The nicknames of its accounts.</summary>
    public IReadOnlyList<string> Accounts { get; }

    /// <summary>The names of the first account's contacts and groups.</summary>
    public IReadOnlyList<string> Contacts { get; }

    /// <summary>How many logins are alive.</summary>
    public int Sessions { get; }

    /// <summary>What goes wrong.</summary>
    public IReadOnlyList<WeChatEmulatorFault> Faults { get; }

    /// <summary>Requests answered or being answered.</summary>
    public long Requests { get; }

    /// <summary>Long polls so far.</summary>
    public long Polls { get; }

    /// <summary>Long polls that are being held now.</summary>
    public long OpenPolls { get; }

    /// <summary>Fetches so far.</summary>
    public long Syncs { get; }

    /// <summary>Messages that were sent to it.</summary>
    public long Sends { get; }

    /// <summary>The address.</summary>
    public override string ToString() => Endpoint.ToString();
}
