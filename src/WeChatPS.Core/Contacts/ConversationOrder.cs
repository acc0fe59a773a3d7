using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WeChatPS;

/// <summary>The order of chats by last use, of the latest thousands, from the phone's list at the login and from messages since.</summary>
internal sealed class ConversationOrder
{
    private readonly ConcurrentDictionary<string, long> _lastUses = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>Called with a sentence when there are too many chats, once.</summary>
    public Action<string>? Limited { get; set; }

    /// <summary>The user names, the latest chat first.</summary>
    public IReadOnlyList<string> LatestFirst => [.. _lastUses.ToArray().OrderByDescending(use => use.Value).Select(use => use.Key)];

    /// <summary>Sets the initial list, the latest chat first.</summary>
    public void Start(IEnumerable<string> latestFirst)
    {
        foreach (string userName in latestFirst.Reverse()) Use(userName);
    }

    /// <summary>Notes a message in a chat, which becomes the latest.</summary>
    public void Use(string userName)
    {
        if (userName.Length > ContactLimits.UserName) return;
        _lastUses[userName] = Interlocked.Increment(ref _uses);
        if (Interlocked.Read(ref _uses) % ContactLimits.Contacts == 0) ForgetOldest();
    }

    // Checked once in so many uses, between which no more chats can be new.
    private void ForgetOldest()
    {
        if (_lastUses.Count <= ContactLimits.Contacts) return;
        foreach (string userName in LatestFirst.Skip(ContactLimits.Contacts)) _lastUses.TryRemove(userName, out _);
        Limited?.Invoke($"WeChat sent messages of more than {ContactLimits.Contacts} chats. Only the latest count as recent.");
        Limited = null;
    }
}
