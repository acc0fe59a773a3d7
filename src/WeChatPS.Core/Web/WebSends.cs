using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>
/// Sends messages of every kind: paced, in order for each receiver, paused while the server asks for less traffic. A message has one
/// ClientMsgId for life; when a reply is lost the request is repeated with the same one, as Tencent's own web client does, and the server
/// drops the double.
/// </summary>
internal sealed class WebSends(WebConnection connection, Pace pace, SendPause pause, TimeProvider time)
{
    /// <summary>The first attempt and two repetitions.</summary>
    private const int MaxAttempts = 3;

    /// <summary>How far apart attempts are; as long as a reply is waited for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>How long a new key may be on its way.</summary>
    private static readonly TimeSpan s_keyExchange = TimeSpan.FromSeconds(1);

    private readonly InOrder _order = new();

    /// <summary>Sends one message.</summary>
    /// <returns>The server's id of the message and the number of attempts.</returns>
    /// <exception cref="WeChatException">
    /// <see cref="WeChatErrorReason.SendOutcomeUnknown"/> with the ClientMsgId as subject when no reply came; <see cref="WeChatErrorReason.Unreachable"/>
    /// when the message certainly did not get there; <see cref="WeChatErrorReason.Throttled"/> when it waited too long; or the server's refusal.
    /// </exception>
    public async Task<(string MessageId, int Attempts)> SendAsync(OutgoingMessage message, SendOptions options, CancellationToken cancellationToken)
    {
        var patience = new Patience(options, time);
        using IDisposable turn = await WaitForEarlierOnesAsync(message.To, options, cancellationToken).ConfigureAwait(false);
        return await SendInTurnAsync(message, options.NoRetry, patience, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IDisposable> WaitForEarlierOnesAsync(string receiver, SendOptions options, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Timeout ?? Timeout.InfiniteTimeSpan, time);
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
        OutgoingMessage message, bool noRetry, Patience patience, CancellationToken cancellationToken)
    {
        for (bool isSure = noRetry; ;)
        {
            await WaitForTurnAsync(patience, cancellationToken).ConfigureAwait(false);
            (SendReply reply, int attempts, bool mayHaveArrived) =
                await SendUntilAnsweredAsync(message, noRetry, patience, cancellationToken).ConfigureAwait(false);
            int code = reply.Response.Ret;
            if (code == 0)
            {
                pause.GotThrough();
                return (reply.MessageId, attempts);
            }

            if (code == ServerRefusal.TooOften) pause.Begin();
            if (mayHaveArrived) throw Unknown(message, $"an earlier attempt was lost, and this one was answered with code {code}.", null);
            if (!isSure && SyncClassification.IsFatal(code))
            {
                // the key may have been exchanged while it was on its way, and the new one be on its own way to us;
                // refused, so not sent, it goes out once more
                isSure = true;
                await time.DelayAsync(s_keyExchange, cancellationToken).ConfigureAwait(false);
                continue;
            }

            // refused for haste it was not sent: it waits with all the others, and nothing is dropped
            if (code != ServerRefusal.TooOften) throw reply.Response.ToException(message.Body.Endpoint);
        }
    }

    private async Task WaitForTurnAsync(Patience patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            // the pace counts from the end of a pause: what waited there must not go out all at once
            await pause.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
            TimeSpan wait = pace.Take();
            try
            {
                await patience.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                pace.Return();
                throw;
            }

            if (pause.IsOver) return;
            pace.Return();
        }
    }

    private async Task<(SendReply Reply, int Attempts, bool MayHaveArrived)> SendUntilAnsweredAsync(
        OutgoingMessage message, bool noRetry, Patience patience, CancellationToken cancellationToken)
    {
        bool mayHaveArrived = false;
        for (int attempt = 1; ; attempt++)
        {
            DateTimeOffset started = time.GetUtcNow();
            Exception trouble;
            try
            {
                WireRequest request = SendRequests.Message(connection.Endpoints, connection.Credentials, message);
                WireReply reply = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
                return (SendReply.Parse(request.Endpoint, reply.Body.Span, message.ClientMsgId), attempt, mayHaveArrived);
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
                    ? Unknown(message, trouble.Message, trouble)
                    : new WeChatException(WeChatErrorReason.Unreachable, "The message was not sent: " + trouble.Message, trouble);
            }

            await patience.WaitToRetryAsync(trouble, started + s_patience - time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static WeChatException Unknown(OutgoingMessage message, string why, Exception? inner) => new(
        WeChatErrorReason.SendOutcomeUnknown,
        $"Whether the message was sent is not known: {why} Its ClientMsgId is {message.ClientMsgId}.",
        inner)
    { Subject = message.ClientMsgId };
}
