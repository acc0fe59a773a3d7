using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>The escape hatch: requests that nothing else here makes.</content>
public sealed partial class WeChatSession
{
    /// <summary>Sends a request to one of the session's servers, with its cookies, and keeps those that come back. Nothing is repeated.</summary>
    /// <returns>The reply, whatever its status.</returns>
    /// <exception cref="WeChatException">Not connected, no whole reply (<see cref="WeChatErrorReason.Unreachable"/>),
    /// or as <see cref="RawRequest.Compose"/> says.</exception>
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

    // a new key takes the old one's place whoever asked for it
    private void AdoptKey(WireReply reply)
    {
        JsonSlice root = JsonSlice.Root(reply.Body.Span);
        JsonSlice response = root.Find("BaseResponse"u8);
        if (response.IsObject && BaseResponse.Read(response).Ret == 0) _connection!.Adopt(root.Find("SKey"u8).AsText());
    }
}
