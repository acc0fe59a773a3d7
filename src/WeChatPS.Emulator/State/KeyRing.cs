using System.Collections.Generic;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>
/// The key lists of a session. SyncKey says where to fetch from, SyncCheckKey what a poll compares: they differ in key 11, which stands
/// still in SyncKey, so that a client which polls with SyncKey is told of the same activity again and again.
/// </summary>
internal static class KeyRing
{
    private const long ClientStart = 1_546_210_755;

    /// <summary>What webwxinit gives: four keys. A session that begins gets everything, one that resumes only what comes from now on.</summary>
    public static IReadOnlyList<KeyValuePair<int, long>> AtLogin(WebSession session) =>
    [
        new(SyncKeys.Profile, session.Profiles.End),
        new(SyncKeys.Messages, session.IsInitialized ? session.Messages.End : session.Messages.Start),
        new(SyncKeys.Contacts, session.ContactChanges.End),
        new(SyncKeys.Login, session.LoginTime.ToUnixTimeSeconds()),
    ];

    /// <summary>What webwxsync gives: seven keys, for SyncKey and, with the activity moved, for SyncCheckKey.</summary>
    public static IReadOnlyList<KeyValuePair<int, long>> AfterFetch(WebSession session, long messages, long contacts, long activity, long clock) =>
    [
        new(SyncKeys.Profile, session.Profiles.End),
        new(SyncKeys.Messages, messages),
        new(SyncKeys.Contacts, contacts),
        new(SyncKeys.Activity, activity),
        new(SyncKeys.Clock, clock),
        new(SyncKeys.Login, session.LoginTime.ToUnixTimeSeconds()),
        new(SyncKeys.Client, ClientStart),
    ];

    /// <summary>What a poll with these keys is told: 0 for nothing.</summary>
    public static int Selector(WebSession session, IReadOnlyDictionary<int, long> keys)
    {
        if (session.Messages.Position(keys.GetValueOrDefault(SyncKeys.Messages)) < session.Messages.End)
        {
            return 2;
        }

        if (session.ContactChanges.Position(keys.GetValueOrDefault(SyncKeys.Contacts)) < session.ContactChanges.End
            || session.Profiles.Position(keys.GetValueOrDefault(SyncKeys.Profile, session.Profiles.End)) < session.Profiles.End)
        {
            return 4;
        }

        long activity = keys.GetValueOrDefault(SyncKeys.Activity, session.ActivityStart);
        return activity < session.Activity ? session.ActivitySelector : 0;
    }
}
