using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using WeChatPS.Web;
using WeChatPS.Web.Checks;

namespace WeChatPS;

/// <content>The tests of Test-WeChatSync.</content>
public sealed partial class WeChatSession
{
    /// <summary>The number of polls with changes after which the account is too busy to measure the hold.</summary>
    private const int MaxPolls = 4;

    /// <summary>Tests the connection to the server and the long poll. Messages stay in the inbox.</summary>
    /// <param name="timeout">How long to observe polls.</param>
    /// <param name="cancellationToken">Cancels the test.</param>
    /// <returns>One finding for each check, as they complete. Without a connected session, only the State finding.</returns>
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

        var examination = new SyncExamination(Name, _connection!, cursor, _transport!, stop => ObservePollsAsync(timeout, stop), StateFinding);
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

    /// <summary>Observes polls until one is held. With a receiver, observes its polls. Otherwise, makes polls, each with the fetch that it announces.</summary>
    private async Task<PollObservation> ObservePollsAsync(TimeSpan timeout, CancellationToken cancellationToken)
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
                obstacle = $"WeChat is throttling this account. Polling pauses until {until.ToLocalTime():HH:mm:ss}.";
            }
            else
            {
                for (int polls = 0, empty = 0; polls < MaxPolls && empty < 2; polls++)
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
        return new PollObservation
        {
            Last = last,
            IsFresh = last != before,
            IsReceiving = isReceiving,
            HasFetched = _loop.Gains > gains,
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
            return Finding.Warning($"WeChat is throttling this account. Requests pause until {until.ToLocalTime():HH:mm:ss}.", "Wait, then send and make requests less often.");
        if (DegradedSince is { } since)
        {
            return Finding.Warning(
                $"Degraded since {since.ToLocalTime():HH:mm:ss}: {DisplayText.Visible(DegradedReason)}",
                NextTry is { } next ? $"The next try is due at {next.ToLocalTime():HH:mm:ss}." : "The session retries automatically while Receive-WeChatMessage runs.");
        }

        return Finding.Ok(
            $"Online{(LastSync is { } last ? $", last response {last.ToLocalTime():HH:mm:ss}" : "")}; polls: {PollCount}, pending: {PendingCount}.");
    }
}
