using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WeChatPS;

/// <summary>Which conversations were used last: as the phone listed them at the login, then as messages came and went.</summary>
internal sealed class ConversationOrder
{
    private readonly ConcurrentDictionary<string, long> _lastUses = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>User names, the latest conversation first.</summary>
    public IReadOnlyList<string> LatestFirst => [.. _lastUses.ToArray().OrderByDescending(use => use.Value).Select(use => use.Key)];

    /// <summary>Starts with a list, the latest conversation first.</summary>
    public void Start(IEnumerable<string> latestFirst)
    {
        foreach (string userName in latestFirst.Reverse()) Use(userName);
    }

    /// <summary>A message came or went: the conversation is the latest.</summary>
    public void Use(string userName) => _lastUses[userName] = Interlocked.Increment(ref _uses);
}
