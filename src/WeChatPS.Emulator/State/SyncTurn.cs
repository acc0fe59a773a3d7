using System;
using System.Collections.Generic;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>What one fetch brings: everything after the client's keys, as far as it fits, and the keys for the next one.</summary>
internal sealed record SyncTurn(
    IReadOnlyList<ReadOnlyMemory<byte>> Messages,
    IReadOnlyList<ContactChange> Contacts,
    bool HasMore,
    IReadOnlyList<KeyValuePair<int, long>>? SyncKey,
    IReadOnlyList<KeyValuePair<int, long>>? SyncCheckKey)
{
    /// <summary>What the account itself is called now; null when that did not change.</summary>
    public string? NewNickName { get; init; }

    /// <summary>How many keys more the reply says there are than there are.</summary>
    public int SurplusOfKeys { get; init; }

    /// <summary>The same keys bring the same turn again, or more.</summary>
    public static SyncTurn Take(WebSession session, IReadOnlyDictionary<int, long> keys, int maxMessages)
    {
        long from = session.Messages.Position(keys.GetValueOrDefault(SyncKeys.Messages));
        long contactsFrom = session.ContactChanges.Position(keys.GetValueOrDefault(SyncKeys.Contacts));
        List<ReadOnlyMemory<byte>> messages = session.Messages.After(from, maxMessages);
        List<ContactChange> contacts = session.ContactChanges.After(contactsFrom, maxMessages);
        long profile = session.Profiles.Position(keys.GetValueOrDefault(SyncKeys.Profile, session.Profiles.End));
        long next = from + messages.Count;
        long contactsNext = contactsFrom + contacts.Count;
        long clock = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new(
            messages,
            contacts,
            next < session.Messages.End || contactsNext < session.ContactChanges.End,
            KeyRing.AfterFetch(session, next, contactsNext, session.ActivityStart, clock),
            KeyRing.AfterFetch(session, next, contactsNext, session.Activity, clock))
        {
            NewNickName = profile < session.Profiles.End ? session.Account.NickName : null,
        };
    }
}
