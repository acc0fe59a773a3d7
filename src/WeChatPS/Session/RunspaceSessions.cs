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

    /// <summary>Those of the runspace that runs the calling cmdlet.</summary>
    public static RunspaceSessions Here => s_all.GetValue(Runspace.DefaultRunspace, _ => new RunspaceSessions());

    /// <summary>The session that Connect-WeChat made here last, if it is still connected.</summary>
    public WeChatSession? Current => _opened.LastOrDefault(SessionRegistry.Live.Contains);

    /// <summary>The session that something came from: this runspace's own of that name, or the only one. No other stands in for it: it may be another account's.</summary>
    /// <exception cref="WeChatException">NotConnected or AmbiguousSession.</exception>
    public WeChatSession Owner(string name)
    {
        IReadOnlyList<WeChatSession> named = SessionRegistry.Named(name);
        if (named.FirstOrDefault(_opened.Contains) is { } own)
            return own;
        return named.Count switch
        {
            1 => named[0],
            0 => throw new WeChatException(
                WeChatErrorReason.NotConnected,
                $"This came from the session '{name}', which is not connected. Connect-WeChat -Name {name} connects it; -Session uses another one instead.")
            { Subject = name },
            _ => throw new WeChatException(
                WeChatErrorReason.AmbiguousSession, $"This came from the session '{name}', and {named.Count} of that name are connected.") { Subject = name },
        };
    }

    /// <summary>Makes a session the current one.</summary>
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
    }

    /// <summary>The session meant where none is named: the current one here, or the only one in the process.</summary>
    /// <exception cref="WeChatException">NotConnected or AmbiguousSession.</exception>
    public static WeChatSession Select()
    {
        if (Here.Current is { } current)
            return current;
        IReadOnlyList<WeChatSession> live = SessionRegistry.Live;
        return live.Count switch
        {
            0 => throw new WeChatException(WeChatErrorReason.NotConnected, "No WeChat session is connected."),
            1 => live[0],
            _ => throw new WeChatException(WeChatErrorReason.AmbiguousSession,
                $"{live.Count} sessions are connected and none of them was opened here: {string.Join(", ", live.Select(one => one.Name))}."),
        };
    }
}
