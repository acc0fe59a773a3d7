using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Deny-WeChatFriendRequest: turns requests to become friends down. WeChat does not tell the other side.</summary>
[Cmdlet(VerbsLifecycle.Deny, "WeChatFriendRequest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class DenyWeChatFriendRequest : SessionCmdlet
{
    /// <summary>The request, as Receive-WeChatMessage -Kind FriendRequest gives it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public WeChatMessage Message { get; set; } = null!;

    private protected override Origin? InputOrigin => Message.Origin;

    private protected override Task ProcessAsync(WeChatSession session, CancellationToken stop) => TryAsync(async () =>
    {
        FriendRequestContent request = WeChatSession.RequestIn(Message);
        if (ShouldProcess(request.Name, "Turn the request down"))
            await session.DenyAsync(Message, stop);
    });
}
