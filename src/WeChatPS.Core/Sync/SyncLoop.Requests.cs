using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Sync;

/// <content>The requests of a turn: polls that are trusted or not, fetches beside them, and the confirmation that a session is over.</content>
internal sealed partial class SyncLoop
{
    /// <summary>The number of polls that fail in a row before the loop tries to fetch.</summary>
    private const int FailedPollsBeforeFetch = 2;

    // A message that a silent poll misses is fetched within 5 s.
    private static readonly TimeSpan s_besidePoll = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The time after which another request asks whether the session is really over. A server that is being restarted says 1101 to everybody
    /// for about a second.
    /// </summary>
    public static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(2);

    // A server that holds the confirming poll for this long has accepted it.
    private static readonly TimeSpan s_confirmation = TimeSpan.FromSeconds(3);

    // A network that flaps must not make the loop run free.
    private static readonly TimeSpan s_betweenWakings = TimeSpan.FromSeconds(10);

    private int _failedPolls;
    private TimeSpan? _longestHold;
    private CancellationTokenSource _waking = new();
    private long? _wokenAt;

    /// <summary>Ends the pause or the poll of the loop, because the machine woke up or its network changed.</summary>
    private void Wake()
    {
        lock (_gate)
        {
            if (_wokenAt is { } last && time.GetElapsedTime(last) < s_betweenWakings) return;
            _wokenAt = time.GetTimestamp();
        }

        transport.Refresh();
        Interlocked.Exchange(ref _waking, new CancellationTokenSource()).Cancel();
    }

    /// <returns>The poll; null when it was given up because a fetch is more urgent.</returns>
    private async Task<PollReply?> PollUnlessWokenAsync(CancellationToken stop)
    {
        CancellationToken woken = Volatile.Read(ref _waking).Token;
        using var polling = CancellationTokenSource.CreateLinkedTokenSource(stop, woken);
        Task<PollReply> poll = PollAsync(polling.Token);
        try
        {
            if (await FetchBesideAsync(poll, stop).ConfigureAwait(false)) return await poll.ConfigureAwait(false);
        }
        catch (Exception) when (woken.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            // The machine woke up or its network changed.
        }
        finally
        {
            await EndAsync(poll, polling).ConfigureAwait(false);
        }

        _owesFetch = true;
        return null;
    }

    /// <summary>
    /// Fetches beside a poll that cannot be trusted: polls before it failed or came back at once without messages, or the server holds it
    /// for longer than any before it.
    /// </summary>
    /// <returns>Whether the poll goes on or has ended; false when a fetch says that the session is over.</returns>
    private async Task<bool> FetchBesideAsync(Task<PollReply> poll, CancellationToken stop)
    {
        TimeSpan? patience = _failedPolls > 0 || _guard.IsActive ? s_besidePoll : _longestHold + s_besidePoll;
        while (patience is { } wait && !await EndsWithinAsync(poll, wait, stop).ConfigureAwait(false))
        {
            patience = s_besidePoll;
            if (inbox.Obstacle() is not null) continue;
            FetchReply reply = await FetchAsync(isAsked: false, stop).ConfigureAwait(false);
            if (reply.Verdict == SyncVerdict.Fatal) return false;
            if (IsUsable(reply.Verdict, reply.Detail, TimeSpan.Zero)) StoreBeside(reply.Batch!);
            else if (reply.Verdict == SyncVerdict.Throttled) patience = null;
        }

        return true;
    }

    private async Task<bool> EndsWithinAsync(Task poll, TimeSpan wait, CancellationToken stop)
    {
        if (poll.IsCompleted) return true;
        await poll.WaitAsync(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        return poll.IsCompleted;
    }

    /// <summary>Cancels a poll, if it is still under way, and waits for its end, because no other may begin before.</summary>
    private static async Task EndAsync(Task poll, CancellationTokenSource polling)
    {
        polling.Cancel();
        await poll.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<PollReply> PollAsync(CancellationToken stop)
    {
        await TakePlaceAsync(stop).ConfigureAwait(false);
        health.Polled();
        long started = time.GetTimestamp();
        PollReply reply;
        try
        {
            reply = await transport.PollAsync(inbox.Cursor, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            reply = new PollReply(SyncVerdict.Transient, false, 0, 0, time.GetElapsedTime(started), Unexpected(e));
        }

        if (reply is { Verdict: SyncVerdict.Ok, HasChanges: false } && !(reply.Elapsed <= _longestHold)) _longestHold = reply.Elapsed;

        // A fatal response must be confirmed first.
        if (reply.Verdict != SyncVerdict.Fatal) Joined()?.TrySetResult(reply);
        return reply;
    }

    /// <param name="isAsked">Whether a user's command asks for the fetch, so that it takes no place in the budget.</param>
    /// <param name="stop">Cancels the fetch.</param>
    private async Task<FetchReply> FetchAsync(bool isAsked, CancellationToken stop)
    {
        while (true)
        {
            if (!isAsked) await TakePlaceAsync(stop).ConfigureAwait(false);
            CancellationToken woken = Volatile.Read(ref _waking).Token;
            using var fetching = CancellationTokenSource.CreateLinkedTokenSource(stop, woken);
            try
            {
                return await transport.FetchAsync(inbox.Cursor, fetching.Token).ConfigureAwait(false);
            }
            catch (Exception) when (woken.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                // The connection is probably dead. The next one is new.
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                return new FetchReply(SyncVerdict.Transient, 0, Unexpected(e), null);
            }
        }
    }

    /// <summary>
    /// Fetches. The session counts as over when a poll and a fetch say so, some time apart, because single codes can be false alarms.
    /// </summary>
    /// <param name="doubt">The poll that said that the session is over; null without one.</param>
    /// <param name="isAsked">Whether a user's command asks for the fetch.</param>
    /// <param name="stop">Cancels the fetch.</param>
    private async Task<FetchReply> VerifiedFetchAsync(PollReply? doubt, bool isAsked, CancellationToken stop)
    {
        if (doubt is not null) await time.DelayAsync(ConfirmAfter, stop).ConfigureAwait(false);
        FetchReply reply = await FetchAsync(isAsked, stop).ConfigureAwait(false);
        if (reply.Verdict != SyncVerdict.Fatal) return reply;
        if (doubt is null)
        {
            await time.DelayAsync(ConfirmAfter, stop).ConfigureAwait(false);
            PollReply second = await PollBrieflyAsync(stop).ConfigureAwait(false);
            if (second.Verdict != SyncVerdict.Fatal)
            {
                reply = await FetchAsync(isAsked, stop).ConfigureAwait(false);
                return reply.Verdict != SyncVerdict.Fatal ? reply : reply with { Verdict = SyncVerdict.Transient, Detail = $"{reply.Detail}, but {second.Detail}" };
            }
        }

        var ended = new SyncEndedException(reply.Code, reply.Detail);
        Joined()?.TrySetException(ended);
        throw ended;
    }

    private async Task<PollReply> PollBrieflyAsync(CancellationToken stop)
    {
        using var polling = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<PollReply> poll = PollAsync(polling.Token);
        try
        {
            return await EndsWithinAsync(poll, s_confirmation, stop).ConfigureAwait(false)
                ? await poll.ConfigureAwait(false)
                : new PollReply(SyncVerdict.Ok, false, 0, 0, s_confirmation, "the poll was held");
        }
        finally
        {
            await EndAsync(poll, polling).ConfigureAwait(false);
        }
    }

    /// <summary>Checks with a fetch whether the session is really over, after a poll that said so.</summary>
    private async Task<PollReply> VerifyEndAsync(PollReply poll, CancellationToken stop)
    {
        FetchReply second = await VerifiedFetchAsync(poll, isAsked: true, stop).ConfigureAwait(false);
        if (!IsUsable(second.Verdict, second.Detail, TimeSpan.Zero)) throw Failure(second.Verdict, second.Detail);
        long gains = Gains;
        if (!Keep(second.Batch!)) TurnWasEmpty(poll.Detail, poll.Elapsed, isGood: true);
        return poll with { Verdict = SyncVerdict.Ok, HasChanges = Gains > gains };
    }

    private async Task TakePlaceAsync(CancellationToken stop)
    {
        await budget.TakeAsync(stop).ConfigureAwait(false);
        Interlocked.Increment(ref _unearned);
    }

    // The message only, because an unexpected exception may contain anything.
    private static string Unexpected(Exception e) => $"{e.GetType().Name}: {DisplayText.Visible(e.Message, 200)}";
}
