using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Completes the names of sessions, connected and saved.</summary>
public sealed class SessionNameCompleter : NameCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound)
    {
        var names = SessionRegistry.Live.Select(one => new Candidate(one.Name, $"connected, {one.User?.Name}")).ToList();
        foreach (SavedSessionInfo saved in Saved(bound))
        {
            if (!names.Exists(one => one.Value == saved.Name))
                names.Add(new Candidate(saved.Name, $"saved, {saved.User}"));
        }

        return names;
    }

    private static IReadOnlyList<SavedSessionInfo> Saved(IDictionary bound)
    {
        try
        {
            return new SessionStore(bound[nameof(ConnectWeChat.StorePath)]?.ToString() ?? SessionStore.DefaultRoot).List();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or WeChatException)
        {
            return [];
        }
    }
}
