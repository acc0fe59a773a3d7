using System.Collections.Generic;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>
/// The key lists of a session: SyncKey for fetches, and SyncCheckKey for polls. They differ in key 11, which changes in SyncKey only with a
/// message. A client that polls with SyncKey is therefore notified of the same activity again and again, until somebody writes
/// (WeixinBot #49 and #61, openwechat #464).
/// </summary>
internal static class KeyRing
{
    private const long ClientStart = 1_546_210_755;

    /// <summary>Gets the four keys of webwxinit. A new session receives everything, and a resumed one only later changes.</summary>
    public static IReadOnlyList<KeyValuePair<int, long>> AtLogin(WebSession session) =>
    [
        new(SyncKeys.Profile, session.Profiles.End),
        new(SyncKeys.Messages, session.IsInitialized ? session.Messages.End : session.Messages.Start),
        new(SyncKeys.Contacts, session.ContactChanges.End),
        new(SyncKeys.Login, session.LoginTime.ToUnixTimeSeconds()),
    ];

    /// <summary>Gets the seven keys of webwxsync, for SyncKey or, with the current activity, for SyncCheckKey.</summary>
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

    /// <summary>Gets the selector for a poll with these keys; 0 for no change.</summary>
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
