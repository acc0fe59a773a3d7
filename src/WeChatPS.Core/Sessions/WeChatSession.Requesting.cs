using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Custom requests.</content>
public sealed partial class WeChatSession
{
    /// <summary>Sends a request to one of the session's servers, with its cookies, and stores new cookies. The request is not retried.</summary>
    /// <returns>The response, regardless of its status.</returns>
    /// <exception cref="WeChatException">The session is not connected, or the response is incomplete (<see cref="WeChatErrorReason.Unreachable"/>).
    /// See also <see cref="RawRequest.Compose"/>.</exception>
    internal Task<WireReply> RequestAsync(RawRequest request, CancellationToken cancellationToken) => WhileConnectedAsync(
        async open =>
        {
            WireRequest wire = request.Compose(_connection!.Endpoints, _connection.Credentials);
            try
            {
                WireReply reply = await _connection.SendAsync(wire, open).ConfigureAwait(false);
                AdoptKey(reply);
                return reply;
            }
            catch (WireException e)
            {
                throw new WeChatException(WeChatErrorReason.Unreachable, e.Message, e);
            }
        },
        cancellationToken);

    // A new skey replaces the old one, even after a custom request.
    private void AdoptKey(WireReply reply)
    {
        JsonSlice root = JsonSlice.Root(reply.Body.Span);
        JsonSlice response = root.Find("BaseResponse"u8);
        if (response.IsObject && BaseResponse.Read(response).Ret == 0 && _account.AcceptsProfile(root.Find("User"u8).Find("UserName"u8).AsText()))
            _connection!.Adopt(root.Find("SKey"u8).AsText());
    }
}
