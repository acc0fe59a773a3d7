using System;
using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>
/// Sees to it that a server that answers at once and brings nothing cannot make the loop spin. A turn is empty when it brings no message
/// and no contact change, whatever keys moved; several empty turns in a short time slow the loop down until data comes.
/// </summary>
internal sealed class TurnGuard(TimeProvider time)
{
    /// <summary>So many empty turns …</summary>
    public const int Limit = 5;

    /// <summary>… within this time slow the loop down. A server that holds its polls never gets near it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<long> _empty = new();

    // doubling: within a minute the pauses are as long as they get; and exact, so that none is shorter than promised
    private readonly BackOff _backOff = new(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30), static () => 0);

    /// <summary>Whether the guard slows the loop down at present.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Counts a turn that ended.</summary>
    /// <param name="elapsed">How long the server held it; a hold longer than the window is no early end.</param>
    /// <returns>The pause before the next turn; zero while all is well.</returns>
    public TimeSpan Empty(TimeSpan elapsed)
    {
        if (elapsed >= Window)
        {
            Data();
            return TimeSpan.Zero;
        }

        _empty.Enqueue(time.GetTimestamp());
        while (time.GetElapsedTime(_empty.Peek()) > Window) _empty.Dequeue();
        IsActive |= _empty.Count >= Limit;
        return IsActive ? _backOff.Next() : TimeSpan.Zero;
    }

    /// <summary>A turn brought something: back to full speed.</summary>
    public void Data()
    {
        _empty.Clear();
        _backOff.Reset();
        IsActive = false;
    }
}
