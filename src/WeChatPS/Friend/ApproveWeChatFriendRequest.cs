using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Approve-WeChatFriendRequest: accepts requests to become friends.</summary>
[Cmdlet(VerbsLifecycle.Approve, "WeChatFriendRequest", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class ApproveWeChatFriendRequest : SessionCmdlet
{
    /// <summary>The request, as Receive-WeChatMessage -Kind FriendRequest gives it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public WeChatMessage Message { get; set; } = null!;

    /// <summary>Words that go with the answer.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public string Greeting { get; set; } = "";

    /// <summary>Gives the new friend.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Message.Origin;

    private protected override Task ProcessAsync(WeChatSession session, CancellationToken stop) => TryAsync(async () =>
    {
        FriendRequestContent request = WeChatSession.RequestIn(Message);
        if (!ShouldProcess(request.Name, "Accept as a friend"))
            return;
        WeChatContact? friend = await session.ApproveAsync(Message, Greeting, stop);
        if (friend is null)
            WriteWarning($"'{request.Name}' was accepted, but WeChat has not put the new friend into the address book yet. Receive-WeChatMessage brings the news.");
        else if (PassThru)
            WriteObject(friend);
    });
}
