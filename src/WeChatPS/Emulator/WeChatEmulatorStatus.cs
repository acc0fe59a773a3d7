using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace WeChatPS;

/// <summary>The status of a running emulator at the time of the query.</summary>
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

    /// <summary>The URL of the emulator, for Connect-WeChat -Endpoint.</summary>
    public Uri Endpoint { get; }

    /// <summary>The id of its process.</summary>
    public int ProcessId { get; }

    /// <summary>The nicknames of its accounts.</summary>
    public IReadOnlyList<string> Accounts { get; }

    /// <summary>The names of the first account's contacts and groups.</summary>
    public IReadOnlyList<string> Contacts { get; }

    /// <summary>The number of active logins.</summary>
    public int Sessions { get; }

    /// <summary>The active faults.</summary>
    public IReadOnlyList<WeChatEmulatorFault> Faults { get; }

    /// <summary>The number of requests, including those in progress.</summary>
    public long Requests { get; }

    /// <summary>The number of long polls so far.</summary>
    public long Polls { get; }

    /// <summary>The number of long polls that the emulator holds now.</summary>
    public long OpenPolls { get; }

    /// <summary>The number of fetches so far.</summary>
    public long Syncs { get; }

    /// <summary>The number of messages that clients have sent.</summary>
    public long Sends { get; }

    /// <summary>The URL.</summary>
    public override string ToString() => Endpoint.ToString();
}
