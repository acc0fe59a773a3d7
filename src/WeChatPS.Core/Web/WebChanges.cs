using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>Makes changes at the server, each with one request: nobody can tell a change that was made twice from one that was meant twice.</summary>
internal sealed class WebChanges(WebConnection connection)
{
    /// <summary>Makes one change.</summary>
    /// <param name="what">The change, as a sentence's subject (<c>The new remark</c>).</param>
    /// <param name="compose">Writes the request.</param>
    /// <param name="cancellationToken">Gives up; whether the change is made is not known then.</param>
    /// <exception cref="WeChatException">
    /// <see cref="WeChatErrorReason.OutcomeUnknown"/> when no reply came; <see cref="WeChatErrorReason.Unreachable"/> when the request certainly
    /// did not get there; or the server's refusal.
    /// </exception>
    public async Task<ChangeReply> MakeAsync(
        string what, Func<WebEndpoints, WebCredentials, WireRequest> compose, CancellationToken cancellationToken)
    {
        for (bool isSure = false; ; isSure = true)
        {
            WebCredentials credentials = connection.Credentials;
            ChangeReply reply = await AskAsync(what, compose(connection.Endpoints, credentials), cancellationToken).ConfigureAwait(false);
            int code = reply.Response.Ret;
            if (code == 0) return reply;

            // refused, so not made: the key was exchanged while the request was on its way, and it goes out once more with the new one
            bool isOldKey = SyncClassification.IsFatal(code) && credentials.Skey != connection.Credentials.Skey;
            if (isSure || !isOldKey) throw reply.Response.ToException(reply.Endpoint);
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
            throw new WeChatException(WeChatErrorReason.OutcomeUnknown, $"Whether {char.ToLowerInvariant(what[0])}{what.Substring(1)} was made is not known: {e.Message}", e);
        }
    }
}
