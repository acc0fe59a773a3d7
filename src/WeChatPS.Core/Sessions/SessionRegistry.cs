using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Sessions;

/// <summary>The sessions that live in this process: one for a name, wherever each is saved.</summary>
internal static class SessionRegistry
{
    private static readonly object s_gate = new();
    private static readonly List<WeChatSession> s_live = [];

    /// <summary>A snapshot, oldest first.</summary>
    public static IReadOnlyList<WeChatSession> Live
    {
        get
        {
            lock (s_gate) return s_live.ToArray();
        }
    }

    /// <summary>The session of a name, in any case; null where none lives.</summary>
    public static WeChatSession? Named(string name)
    {
        lock (s_gate) return s_live.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Adds a session unless its name is taken.</summary>
    /// <returns>Whether it was added.</returns>
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
