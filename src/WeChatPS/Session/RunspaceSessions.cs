using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>The sessions that one runspace has connected, and its current session. <see cref="SessionRegistry"/> holds the sessions of the process.</summary>
internal sealed class RunspaceSessions
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceSessions> s_all = new();

    private readonly List<WeChatSession> _opened = [];
    private string? _chosen;

    /// <summary>Gets the sessions of the runspace that runs the calling cmdlet.</summary>
    public static RunspaceSessions Here => s_all.GetValue(Runspace.DefaultRunspace, _ => new RunspaceSessions());

    /// <summary>Makes this name the default of the runspace, even if its session cannot be connected.</summary>
    public void Choose(string name) => _chosen = name;

    /// <summary>Adds a session that this runspace has connected.</summary>
    public void Add(WeChatSession session)
    {
        _opened.RemoveAll(one => one == session || !SessionRegistry.Live.Contains(one));
        _opened.Add(session);
    }

    /// <summary>Disconnects the sessions of this runspace.</summary>
    public void Close()
    {
        foreach (WeChatSession session in _opened)
            session.Dispose();
        _opened.Clear();
        _chosen = null;
    }

    /// <summary>
    /// Selects the default session: the one of the last Connect-WeChat in this runspace or, without one, the only session in the process.
    /// If the current session is not connected, no other session replaces it, because it could belong to another account.
    /// </summary>
    /// <exception cref="WeChatException">NotConnected: no session is connected. AmbiguousSession: the current session is not connected, or none is current among several.</exception>
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
                $"The current session '{_chosen}' is not connected. No other session replaces it. Connected: {names}.");
        }

        return live.Count == 1 ? live[0] : throw new WeChatException(
            WeChatErrorReason.AmbiguousSession, $"{live.Count} sessions are connected, and this runspace has no current session: {names}.");
    }

    private bool IsChosen(WeChatSession session) => string.Equals(session.Name, _chosen, StringComparison.OrdinalIgnoreCase);
}
