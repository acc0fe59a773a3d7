using System;
using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>
/// Notices that a server keeps responding immediately without messages. Only messages count: contacts, status messages and new sync keys
/// are applied and change nothing here. While the guard is active, the polls prove nothing, so every turn fetches.
/// </summary>
internal sealed class TurnGuard(TimeProvider time)
{
    /// <summary>The number of immediate empty turns that activates the guard.</summary>
    public const int Limit = 5;

    /// <summary>The hold time of a poll from which on the server counts as well, which resets the guard.</summary>
    public static readonly TimeSpan GoodHold = TimeSpan.FromSeconds(10);

    /// <summary>The hold time of a poll from which on its response is not immediate. A server may hold its polls for a few seconds only, and the budget bears it.</summary>
    public static readonly TimeSpan Immediate = TimeSpan.FromSeconds(2);

    // The budget slows the turns down to one in 4 s or so, and they must count nevertheless.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(30);

    private readonly Queue<long> _empty = new();

    /// <summary>Whether the server keeps responding immediately without messages.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Counts an empty turn.</summary>
    /// <param name="elapsed">The hold time of the turn's poll. After a hold of <see cref="GoodHold"/> or longer, the guard is reset.</param>
    public void Empty(TimeSpan elapsed)
    {
        if (elapsed >= GoodHold) Reset();
        if (elapsed >= Immediate) return;
        _empty.Enqueue(time.GetTimestamp());
        while (time.GetElapsedTime(_empty.Peek()) > s_window) _empty.Dequeue();
        IsActive |= _empty.Count >= Limit;
    }

    /// <summary>Notes that a message came, or that the server held a poll.</summary>
    public void Reset()
    {
        _empty.Clear();
        IsActive = false;
    }
}
