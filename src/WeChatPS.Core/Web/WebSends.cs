using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>
/// Sends texts: paced, in order for each receiver, paused while the server asks for less traffic. A text has one ClientMsgId for life; when
/// a reply is lost the request is repeated with the same one, as Tencent's own web client does, and the server drops the double.
/// </summary>
internal sealed class WebSends(WebConnection connection, Pace pace, TimeProvider time, Func<double> random)
{
    /// <summary>The first attempt and two repetitions.</summary>
    private const int MaxAttempts = 3;

    /// <summary>How far apart attempts are; as long as a reply is waited for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(30);

    private readonly InOrder _order = new();
    private readonly object _gate = new();
    private readonly BackOff _coolDown = new(TimeSpan.FromMinutes(1), 2, s_longestPause, random);
    private DateTimeOffset? _pausedUntil;

    /// <summary>Until when nothing is sent because the server asked for less traffic; kept with the saved session.</summary>
    public DateTimeOffset? PausedUntil
    {
        get
        {
            lock (_gate) return _pausedUntil;
        }

        set
        {
            lock (_gate) _pausedUntil = value;
        }
    }

    /// <summary>Raised when <see cref="PausedUntil"/> was set.</summary>
    public Action? Paused { get; set; }

    /// <summary>Sends one text.</summary>
    /// <returns>The server's id of the message and the number of attempts.</returns>
    /// <exception cref="WeChatException">
    /// <see cref="WeChatErrorReason.SendOutcomeUnknown"/> with the ClientMsgId as subject when no reply came; <see cref="WeChatErrorReason.Unreachable"/>
    /// when the text certainly did not get there; <see cref="WeChatErrorReason.Throttled"/> when it waited too long; or the server's refusal.
    /// </exception>
    public async Task<(string MessageId, int Attempts)> SendAsync(OutgoingText text, SendOptions options, CancellationToken cancellationToken)
    {
        DateTimeOffset? giveUpAt = options.Timeout is { } timeout ? time.GetUtcNow() + timeout : null;
        using IDisposable turn = await WaitForEarlierOnesAsync(text.To, options, cancellationToken).ConfigureAwait(false);
        return await SendInTurnAsync(text, options, giveUpAt, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IDisposable> WaitForEarlierOnesAsync(string receiver, SendOptions options, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = time.CancelAfter(options.Timeout ?? Timeout.InfiniteTimeSpan);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await _order.EnterAsync(receiver, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WeChatException(
                WeChatErrorReason.Throttled, "The message was not sent: earlier ones to the same receiver still wait, and it may wait no longer.");
        }
    }

    private async Task<(string MessageId, int Attempts)> SendInTurnAsync(
        OutgoingText text, SendOptions options, DateTimeOffset? giveUpAt, CancellationToken cancellationToken)
    {
        for (bool isSure = options.NoRetry; ;)
        {
            await WaitForTurnAsync(options, giveUpAt, cancellationToken).ConfigureAwait(false);
            (SendReply reply, int attempts, bool mayHaveArrived) =
                await SendUntilAnsweredAsync(text, options.NoRetry, cancellationToken).ConfigureAwait(false);
            int code = reply.Response.Ret;
            if (code == 0)
            {
                lock (_gate) _coolDown.Reset();
                return (reply.MessageId, attempts);
            }

            if (code == ServerRefusal.TooOften) Pause();
            if (mayHaveArrived) throw Unknown(text, $"an earlier attempt was lost, and this one was answered with code {code}.", null);
            if (!isSure && SyncClassification.IsFatal(code))
            {
                // the key may have been exchanged while it was on its way; refused, so not sent, it goes out once more with the new one
                isSure = true;
                continue;
            }

            // refused for haste it was not sent: it waits with all the others, and nothing is dropped
            if (code != ServerRefusal.TooOften) throw reply.Response.ToException("webwxsendmsg");
        }
    }

    private void Pause()
    {
        lock (_gate)
        {
            // several may have been on their way when the first was refused: that is one refusal
            DateTimeOffset now = time.GetUtcNow();
            if (_pausedUntil > now) return;
            _pausedUntil = now + _coolDown.Next();
        }

        Paused?.Invoke();
    }

    private async Task WaitForTurnAsync(SendOptions options, DateTimeOffset? giveUpAt, CancellationToken cancellationToken)
    {
        while (true)
        {
            // the pace counts from the end of a pause: what waited there must not go out all at once
            while (PauseLeft() is { Ticks: > 0 } pause) await WaitAsync(pause, options, giveUpAt, cancellationToken).ConfigureAwait(false);
            TimeSpan wait = pace.Take();
            try
            {
                await WaitAsync(wait, options, giveUpAt, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                pace.Return();
                throw;
            }

            if (PauseLeft() <= TimeSpan.Zero) return;
            pace.Return();
        }
    }

    // longer than any pause can be: the clock was set back since, and nothing can be said about what is left
    private TimeSpan PauseLeft() => PausedUntil - time.GetUtcNow() is { } left && left <= s_longestPause ? left : TimeSpan.Zero;

    private async Task WaitAsync(TimeSpan wait, SendOptions options, DateTimeOffset? giveUpAt, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero) return;
        if (time.GetUtcNow() + wait > giveUpAt)
        {
            throw new WeChatException(
                WeChatErrorReason.Throttled,
                $"The message was not sent: its turn would come in {wait.TotalSeconds:0} seconds, which is longer than it may wait.");
        }

        options.Waiting?.Report(wait);
        await time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(SendReply Reply, int Attempts, bool MayHaveArrived)> SendUntilAnsweredAsync(
        OutgoingText text, bool noRetry, CancellationToken cancellationToken)
    {
        bool mayHaveArrived = false;
        for (int attempt = 1; ; attempt++)
        {
            DateTimeOffset started = time.GetUtcNow();
            Exception trouble;
            try
            {
                WireRequest request = SendRequests.Text(connection.Endpoints, connection.Credentials, text);
                WireReply reply = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
                return (SendReply.Parse(request.Endpoint, reply.Body.Span), attempt, mayHaveArrived);
            }
            catch (WireException e)
            {
                mayHaveArrived |= !e.NeverSent;
                trouble = e;
            }
            catch (WireReplyException e)
            {
                mayHaveArrived = true;
                trouble = e;
            }

            if (attempt == MaxAttempts || noRetry)
            {
                throw mayHaveArrived
                    ? Unknown(text, trouble.Message, trouble)
                    : new WeChatException(WeChatErrorReason.Unreachable, "The message was not sent: " + trouble.Message, trouble);
            }

            await time.DelayAsync(started + s_patience - time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static WeChatException Unknown(OutgoingText text, string why, Exception? inner) => new(
        WeChatErrorReason.SendOutcomeUnknown,
        $"Whether the message was sent is not known: {why} Its ClientMsgId is {text.ClientMsgId}.",
        inner)
    { Subject = text.ClientMsgId };
}
