using System;
using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>
/// Prevents the loop from spinning when a server keeps responding immediately without data. A turn is empty when it returns no message
/// and no contact change, even with a new sync key. Several empty turns in a short time slow the loop until data arrives.
/// </summary>
internal sealed class TurnGuard(TimeProvider time)
{
    /// <summary>The number of empty turns within <see cref="Window"/> that activates the guard.</summary>
    public const int Limit = 5;

    /// <summary>The time in which <see cref="Limit"/> empty turns activate the guard. A server that holds its polls stays far below it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<long> _empty = new();

    // Doubling reaches the longest pause within a minute. There is no jitter, so that no pause is shorter than reported.
    private readonly BackOff _backOff = new(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30), static () => 0);

    /// <summary>Whether the guard slows the loop.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Counts an empty turn.</summary>
    /// <param name="elapsed">The hold time of the turn's poll. After a hold of <see cref="Window"/> or longer, the guard is reset.</param>
    /// <returns>The pause before the next turn; zero while the guard is not active.</returns>
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

    /// <summary>Notes a turn with data, which resets the guard.</summary>
    public void Data()
    {
        _empty.Clear();
        _backOff.Reset();
        IsActive = false;
    }
}
