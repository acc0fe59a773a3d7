using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Deny-WeChatFriendRequest: denies friend requests. WeChat does not notify the other person.</summary>
[Cmdlet(VerbsLifecycle.Deny, "WeChatFriendRequest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class DenyWeChatFriendRequest : SessionCmdlet
{
    /// <summary>Specifies the friend request, a message from Receive-WeChatMessage -Kind FriendRequest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public WeChatMessage Message { get; set; } = null!;

    private protected override Origin? InputOrigin => Message.Origin;

    private protected override Task ProcessAsync(WeChatSession session, CancellationToken stop) => TryAsync(async () =>
    {
        FriendRequestContent request = WeChatSession.FriendRequestOf(Message);
        if (ShouldProcess(request.Name, "Deny the friend request"))
            await session.DenyAsync(Message, stop);
    });
}
