using System;
using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>
/// Notices that a server keeps responding immediately without messages. Only messages count: contacts, status messages and new sync keys
/// are applied and change nothing here. While the guard is active, the polls prove nothing, so every turn fetches.
/// </summary>
internal sealed class TurnGuard(TimeProvider time)
{
    /// <summary>The number of empty turns within <see cref="Window"/> that activates the guard.</summary>
    public const int Limit = 5;

    /// <summary>The time in which <see cref="Limit"/> empty turns activate the guard. A server that holds its polls stays far below it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<long> _empty = new();

    /// <summary>Whether the server keeps responding immediately without messages.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Counts an empty turn.</summary>
    /// <param name="elapsed">The hold time of the turn's poll. After a hold of <see cref="Window"/> or longer, the guard is reset.</param>
    public void Empty(TimeSpan elapsed)
    {
        if (elapsed >= Window)
        {
            Reset();
            return;
        }

        _empty.Enqueue(time.GetTimestamp());
        while (time.GetElapsedTime(_empty.Peek()) > Window) _empty.Dequeue();
        IsActive |= _empty.Count >= Limit;
    }

    /// <summary>Notes that a message came, or that the server held a poll.</summary>
    public void Reset()
    {
        _empty.Clear();
        IsActive = false;
    }
}
