using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Sessions;

/// <summary>The sessions that live in this process. A name is live at most once for each store.</summary>
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

    public static IReadOnlyList<WeChatSession> Named(string name) =>
        Live.Where(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)).ToArray();

    public static void Add(WeChatSession session)
    {
        lock (s_gate) s_live.Add(session);
    }

    public static void Remove(WeChatSession session)
    {
        lock (s_gate) s_live.Remove(session);
    }
}
