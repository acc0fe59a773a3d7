using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <summary>
/// Limits the requests that a session makes by itself: polls, fetches, look-ups of names, repeated sends. Only messages earn speed: a
/// request that leads to a message returns its place. Of all others there are at most 15 in any 15 s, failures included.
/// </summary>
internal sealed class RequestBudget(TimeProvider time)
{
    // 7 at once and one every 2 s are at most 15 in any 15 s. The next place is never far away, so a turn of a poll and a fetch takes at
    // most 4 s, and a message that comes while the session is slowed down is delivered within 5 s.
    private const int Burst = 7;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly Pace _pace = new(s_interval, Burst, time);

    /// <summary>Whether the next request need not wait.</summary>
    public bool HasPlace => _pace.IsFree;

    /// <summary>Waits for a place.</summary>
    public Task TakeAsync(CancellationToken stop) => _pace.TakeAsync(stop);

    /// <summary>Takes a place for a request that can be left out.</summary>
    /// <param name="leave">The number of places that must stay free for the other requests.</param>
    /// <returns>False when too few places are free.</returns>
    public bool TryTake(int leave) => _pace.TryTake(leave);

    /// <summary>Returns the places of requests that led to a message.</summary>
    public void Return(int places)
    {
        for (; places > 0; places--) _pace.Return();
    }
}
