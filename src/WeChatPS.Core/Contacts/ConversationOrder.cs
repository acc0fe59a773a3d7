using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WeChatPS;

/// <summary>The order of chats by last use, from the phone's list at the login and from messages since.</summary>
internal sealed class ConversationOrder
{
    private readonly ConcurrentDictionary<string, long> _lastUses = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>The user names, the latest chat first.</summary>
    public IReadOnlyList<string> LatestFirst => [.. _lastUses.ToArray().OrderByDescending(use => use.Value).Select(use => use.Key)];

    /// <summary>Sets the initial list, the latest chat first.</summary>
    public void Start(IEnumerable<string> latestFirst)
    {
        foreach (string userName in latestFirst.Reverse()) Use(userName);
    }

    /// <summary>Notes a message in a chat, which becomes the latest.</summary>
    public void Use(string userName) => _lastUses[userName] = Interlocked.Increment(ref _uses);
}
