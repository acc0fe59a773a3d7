using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>Makes changes at the server, each with one request and without retries, because a retry could make the change twice.</summary>
internal sealed class WebChanges(WebConnection connection)
{
    /// <summary>Makes one change.</summary>
    /// <param name="what">The change as the subject of a sentence (<c>The new remark</c>).</param>
    /// <param name="compose">Creates the request.</param>
    /// <param name="cancellationToken">Cancels the request. Afterwards the change may or may not have been made.</param>
    /// <exception cref="WeChatException">
    /// <see cref="WeChatErrorReason.OutcomeUnknown"/> without a valid response; <see cref="WeChatErrorReason.Unreachable"/> when the request was
    /// not sent; or the server's refusal.
    /// </exception>
    public async Task<ChangeReply> MakeAsync(
        string what, Func<WebEndpoints, WebCredentials, WireRequest> compose, CancellationToken cancellationToken)
    {
        for (bool isRetry = false; ; isRetry = true)
        {
            WebCredentials credentials = connection.Credentials;
            ChangeReply reply = await AskAsync(what, compose(connection.Endpoints, credentials), cancellationToken).ConfigureAwait(false);
            int code = reply.Response.Ret;
            if (code == 0) return reply;

            // The server replaced the skey during the request and refused the old one. The change was not made, so the request is sent once more.
            bool isOldKey = SyncClassification.IsFatal(code) && credentials.Skey != connection.Credentials.Skey;
            if (isRetry || !isOldKey) throw reply.Response.ToException(reply.Endpoint);
        }
    }

    private async Task<ChangeReply> AskAsync(string what, WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            WireReply reply = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return ChangeReply.Parse(request.Endpoint, reply.Body.Span);
        }
        catch (WireException e) when (e.NeverSent)
        {
            throw new WeChatException(WeChatErrorReason.Unreachable, $"{what} was not made: {e.Message}", e);
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            throw new WeChatException(WeChatErrorReason.OutcomeUnknown, $"{what} may or may not have been made: {e.Message}", e);
        }
    }
}
