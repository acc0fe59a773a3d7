using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using WeChatPS.Web;
using WeChatPS.Web.Checks;

namespace WeChatPS;

/// <content>Test-WeChatSync's view of a session.</content>
public sealed partial class WeChatSession
{
    /// <summary>So many polls may bring something before the account counts as too busy to measure its hold.</summary>
    private const int MaxLooks = 4;

    /// <summary>Examines the way to the server and the long poll, and says what is wrong. Nothing is consumed.</summary>
    /// <param name="timeout">How long to watch polls.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    /// <returns>One finding a check, as they come; the last one alone when the session is not connected.</returns>
    /// <exception cref="WeChatException">The session was closed meanwhile (<see cref="WeChatErrorReason.NotConnected"/>).</exception>
    internal async IAsyncEnumerable<WeChatSyncFinding> ExamineSyncAsync(
        TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsConnected || _inbox is null || !WebCursor.TryRead(_inbox.Cursor, out WebCursor cursor))
        {
            Finding state = StateFinding();
            yield return state.Named("State", Name);
            yield break;
        }

        var examination = new SyncExamination(Name, _connection!, cursor, _transport!, stop => WatchPollsAsync(timeout, stop), StateFinding);
        using var open = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        ConfiguredCancelableAsyncEnumerable<WeChatSyncFinding>.Enumerator findings =
            examination.RunAsync(open.Token).ConfigureAwait(false).GetAsyncEnumerator();
        await using (findings)
        {
            while (await NextAsync(findings, cancellationToken).ConfigureAwait(false)) yield return findings.Current;
        }
    }

    private async Task<bool> NextAsync(
        ConfiguredCancelableAsyncEnumerable<WeChatSyncFinding>.Enumerator findings, CancellationToken cancellationToken)
    {
        try
        {
            return await findings.MoveNextAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException
            && _closing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw NotConnected();
        }
    }

    /// <summary>Watches polls until one is held: those of whoever receives, or else some of our own, each followed by the fetch that it asks for.</summary>
    private async Task<PollSight> WatchPollsAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        PollExchange? before = _transport!.LastPoll;
        long gains = _loop!.Gains, started = Time.GetTimestamp();
        TimeSpan? stillHeld = null;
        string? obstacle = null;
        bool isReceiving = _stream is not null || _keeping is not null;
        using var late = new CancellationTokenSource(timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            if (_health.ThrottledUntil is { } until && until > Time.GetUtcNow())
            {
                obstacle = $"WeChat asked for less traffic and is left alone until {until.ToLocalTime():HH:mm}.";
            }
            else
            {
                for (int look = 0, empty = 0; look < MaxLooks && empty < 2; look++)
                {
                    (long had, started) = (_loop.Gains, Time.GetTimestamp());
                    PollReply poll = await WhileConnectedAsync(_loop.WaitAsync, either.Token).ConfigureAwait(false);
                    if (!poll.HasChanges) break;
                    if (!isReceiving) await WhileConnectedAsync(DrainAsync, either.Token).ConfigureAwait(false);
                    if (_loop.Gains == had) empty++;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (_health.NextTry is { } next) obstacle = $"Polling pauses until {next.ToLocalTime():HH:mm:ss}.";
            else stillHeld = Time.GetElapsedTime(started);
        }
        catch (WeChatException e)
        {
            obstacle = e.Message;
        }

        PollExchange? last = _transport.LastPoll;
        return new PollSight
        {
            Last = last,
            IsFresh = last != before,
            IsReceiving = isReceiving,
            Brought = _loop.Gains > gains,
            StillHeld = stillHeld,
            LongestHold = _transport.LongestHold,
            Obstacle = obstacle,
        };
    }

    private async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        await _loop!.DrainAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private Finding StateFinding()
    {
        if (!IsConnected) return Finding.Problem(DisplayText.Visible(NotConnected().Message), "Run Connect-WeChat.");
        if (ThrottledUntil is { } until && until > Time.GetUtcNow())
            return Finding.Warning($"WeChat asked for less traffic; it is left alone until {until.ToLocalTime():HH:mm}.", "Wait, and then send and ask less often.");
        if (DegradedSince is { } since)
        {
            return Finding.Warning(
                $"Degraded since {since.ToLocalTime():HH:mm:ss}: {DisplayText.Visible(DegradedReason)}",
                NextTry is { } next ? $"The next try is due at {next.ToLocalTime():HH:mm:ss}." : "It tries again by itself while somebody receives.");
        }

        return Finding.Ok(
            $"Online{(LastSync is { } last ? $", last answer {last.ToLocalTime():HH:mm:ss}" : "")}; polls: {PollCount}, pending: {PendingCount}.");
    }
}
