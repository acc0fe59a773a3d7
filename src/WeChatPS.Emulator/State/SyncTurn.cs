using System;
using System.Collections.Generic;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>The result of one fetch: the changes after the client's keys up to a limit, and the next keys.</summary>
internal sealed record SyncTurn(
    IReadOnlyList<ReadOnlyMemory<byte>> Messages,
    IReadOnlyList<ContactChange> Contacts,
    bool HasMore,
    IReadOnlyList<KeyValuePair<int, long>>? SyncKey,
    IReadOnlyList<KeyValuePair<int, long>>? SyncCheckKey)
{
    /// <summary>The account's new nickname; null if it did not change.</summary>
    public string? NewNickName { get; init; }

    /// <summary>The number by which Count exceeds the number of keys.</summary>
    public int ExtraKeys { get; init; }

    /// <summary>Gets the changes after the keys. The same keys return the same changes again, and later ones.</summary>
    public static SyncTurn Take(WebSession session, IReadOnlyDictionary<int, long> keys, int maxMessages)
    {
        long from = session.Messages.Position(keys.GetValueOrDefault(SyncKeys.Messages));
        long contactsFrom = session.ContactChanges.Position(keys.GetValueOrDefault(SyncKeys.Contacts));
        List<ReadOnlyMemory<byte>> messages = session.Messages.After(from, maxMessages);
        List<ContactChange> contacts = session.ContactChanges.After(contactsFrom, maxMessages);
        long profile = session.Profiles.Position(keys.GetValueOrDefault(SyncKeys.Profile, session.Profiles.End));
        long next = from + messages.Count;
        long contactsNext = contactsFrom + contacts.Count;

        // Until the next message, SyncKey keeps the client's old value: reported of the real server (see KeyRing).
        long activity = messages.Count > 0 ? session.Activity : keys.GetValueOrDefault(SyncKeys.Activity, session.ActivityStart);
        long clock = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new(
            messages,
            contacts,
            next < session.Messages.End || contactsNext < session.ContactChanges.End,
            KeyRing.AfterFetch(session, next, contactsNext, activity, clock),
            KeyRing.AfterFetch(session, next, contactsNext, session.Activity, clock))
        {
            NewNickName = profile < session.Profiles.End ? session.Account.NickName : null,
        };
    }
}
