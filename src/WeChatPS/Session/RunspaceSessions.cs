using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>The sessions that one runspace has opened, and which of them is current there. What lives is the process's affair.</summary>
internal sealed class RunspaceSessions
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceSessions> s_all = new();

    private readonly List<WeChatSession> _opened = [];
    private string? _chosen;

    /// <summary>Those of the runspace that runs the calling cmdlet.</summary>
    public static RunspaceSessions Here => s_all.GetValue(Runspace.DefaultRunspace, _ => new RunspaceSessions());

    /// <summary>From now on this name is meant here where none is given, whether its session can be connected or not.</summary>
    public void Choose(string name) => _chosen = name;

    /// <summary>Notes a session that was opened here.</summary>
    public void Add(WeChatSession session)
    {
        _opened.RemoveAll(one => one == session || !SessionRegistry.Live.Contains(one));
        _opened.Add(session);
    }

    /// <summary>Releases what this runspace opened.</summary>
    public void Close()
    {
        foreach (WeChatSession session in _opened)
            session.Dispose();
        _opened.Clear();
        _chosen = null;
    }

    /// <summary>
    /// The session meant where none is named: the one that Connect-WeChat named last here; where it named none, the only one in the process.
    /// When the chosen one is gone, no other stands in for it: it would be another account's.
    /// </summary>
    /// <exception cref="WeChatException">NotConnected or AmbiguousSession.</exception>
    public WeChatSession Select()
    {
        IReadOnlyList<WeChatSession> live = SessionRegistry.Live;
        if (live.Count == 0)
            throw new WeChatException(WeChatErrorReason.NotConnected, "No WeChat session is connected.");
        string names = string.Join(", ", live.Select(one => one.Name));
        if (_chosen is not null)
        {
            return _opened.FirstOrDefault(one => IsChosen(one) && live.Contains(one)) ?? throw new WeChatException(
                WeChatErrorReason.AmbiguousSession,
                $"The current session '{_chosen}' is not connected. No other session takes its place. Connected: {names}.");
        }

        return live.Count == 1 ? live[0] : throw new WeChatException(
            WeChatErrorReason.AmbiguousSession, $"{live.Count} sessions are connected and none of them was opened here: {names}.");
    }

    private bool IsChosen(WeChatSession session) => string.Equals(session.Name, _chosen, StringComparison.OrdinalIgnoreCase);
}
