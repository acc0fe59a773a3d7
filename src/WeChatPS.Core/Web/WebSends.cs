using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>
/// Sends messages of all kinds: paced, in order for each recipient, and paused while the server throttles the account. Every message has
/// one ClientMsgId. When a response is lost, the request is retried with the same ClientMsgId, as Tencent's web client does, and the
/// server drops the duplicate.
/// </summary>
internal sealed class WebSends(WebConnection connection, Pace pace, SendPause pause, RequestBudget budget, TimeProvider time)
{
    /// <summary>The first attempt and two retries.</summary>
    private const int MaxAttempts = 3;

    /// <summary>The time between attempts, which is also the time limit for a response.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>The time in which a new skey can arrive.</summary>
    private static readonly TimeSpan s_keyExchange = TimeSpan.FromSeconds(1);

    private readonly InOrder _order = new();

    /// <summary>Sends one message.</summary>
    /// <returns>The server's id of the message and the number of attempts.</returns>
    /// <exception cref="WeChatException">
    /// <see cref="WeChatErrorReason.SendOutcomeUnknown"/> with the ClientMsgId as subject without a response; <see cref="WeChatErrorReason.Unreachable"/>
    /// when the message was not sent; <see cref="WeChatErrorReason.Throttled"/> when it waited too long; or the server's refusal.
    /// </exception>
    public async Task<(string MessageId, int Attempts)> SendAsync(OutgoingMessage message, SendOptions options, CancellationToken cancellationToken)
    {
        var patience = new Patience(options, budget, time);
        using IDisposable turn = await WaitForEarlierSendsAsync(message.To, options, cancellationToken).ConfigureAwait(false);
        return await SendInTurnAsync(message, options.NoRetry, patience, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IDisposable> WaitForEarlierSendsAsync(string recipient, SendOptions options, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Timeout ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await _order.EnterAsync(recipient, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WeChatException(
                WeChatErrorReason.Throttled, "The message was not sent: -TimeoutSec elapsed while earlier messages to the recipient were queued.");
        }
    }

    private async Task<(string MessageId, int Attempts)> SendInTurnAsync(
        OutgoingMessage message, bool noRetry, Patience patience, CancellationToken cancellationToken)
    {
        for (bool isLastTry = noRetry; ;)
        {
            await WaitForTurnAsync(patience, cancellationToken).ConfigureAwait(false);
            (SendReply reply, int attempts, bool mayHaveArrived) =
                await SendUntilAnsweredAsync(message, noRetry, patience, cancellationToken).ConfigureAwait(false);
            int code = reply.Response.Ret;
            if (code == 0)
            {
                pause.NoteAccepted();
                return (reply.MessageId, attempts);
            }

            if (code == ServerRefusal.TooOften) pause.Begin();
            if (mayHaveArrived) throw Unknown(message, $"the response to an earlier attempt was lost, and WeChat refused the retry with code {code}.", null);
            if (!isLastTry && SyncClassification.IsFatal(code))
            {
                // The server may have replaced the skey, and the new one may arrive in a moment. The message was refused and therefore not
                // sent, so it is sent once more.
                isLastTry = true;
                await time.DelayAsync(s_keyExchange, cancellationToken).ConfigureAwait(false);
                continue;
            }

            // WeChat throttled the request, so the message was not sent. It waits in the queue.
            if (code != ServerRefusal.TooOften) throw reply.Response.ToException(message.Body.Endpoint);
        }
    }

    private async Task WaitForTurnAsync(Patience patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Messages that waited for the end of a pause are paced too.
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
            long started = time.GetTimestamp();
            Exception trouble;
            try
            {
                WireRequest request = SendRequests.Message(connection.Endpoints, connection.Credentials, message);
                WireReply reply = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
                return (reply.Read(request, body => SendReply.Parse(request.Endpoint, body.Span, message.ClientMsgId)), attempt, mayHaveArrived);
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

            await patience.WaitToRetryAsync(trouble, s_patience - time.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
        }
    }

    private static WeChatException Unknown(OutgoingMessage message, string why, Exception? inner) => new(
        WeChatErrorReason.SendOutcomeUnknown,
        $"The message may or may not have been sent: {why} Its ClientMsgId is {message.ClientMsgId}.",
        inner)
    { Subject = message.ClientMsgId };
}
