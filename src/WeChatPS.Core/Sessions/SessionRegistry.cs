using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Sessions;

/// <summary>The connected sessions of this process: one per name, regardless of the folder.</summary>
internal static class SessionRegistry
{
    private static readonly object s_gate = new();
    private static readonly List<WeChatSession> s_live = [];

    /// <summary>A snapshot of the sessions, oldest first.</summary>
    public static IReadOnlyList<WeChatSession> Live
    {
        get
        {
            lock (s_gate) return s_live.ToArray();
        }
    }

    /// <summary>Finds a session by name, ignoring case; null without one.</summary>
    public static WeChatSession? Named(string name)
    {
        lock (s_gate) return s_live.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Adds a session if its name is free.</summary>
    /// <returns>Whether the session was added.</returns>
    public static bool TryAdd(WeChatSession session)
    {
        lock (s_gate)
        {
            if (Named(session.Name) is not null) return false;
            s_live.Add(session);
            return true;
        }
    }

    public static void Remove(WeChatSession session)
    {
        lock (s_gate) s_live.Remove(session);
    }
}
