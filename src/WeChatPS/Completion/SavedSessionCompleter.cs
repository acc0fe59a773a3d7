using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Completes the names of saved sessions.</summary>
public sealed class SavedSessionCompleter : NameCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound)
    {
        try
        {
            string root = bound[nameof(ConnectWeChat.StorePath)]?.ToString() ?? SessionStore.DefaultRoot;
            return [.. new SessionStore(root).List().Select(one => new Candidate(one.Name, $"saved {one.Saved:g}"))];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or WeChatException)
        {
            return [];
        }
    }
}
