using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Approve-WeChatFriendRequest: approves friend requests.</summary>
[Cmdlet(VerbsLifecycle.Approve, "WeChatFriendRequest", DefaultParameterSetName = PipedSet, SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class ApproveWeChatFriendRequest : SessionCmdlet
{
    private const string MessageSet = "Message";
    private const string PipedSet = "Piped";

    /// <summary>Specifies the friend request, a message from Receive-WeChatMessage -Kind FriendRequest.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MessageSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipedSet)]
    public WeChatMessage Message { get; set; } = null!;

    /// <summary>Specifies a text for the new friend.</summary>
    [Parameter(Position = 1, ParameterSetName = MessageSet)]
    [Parameter(Position = 0, ParameterSetName = PipedSet)]
    [ValidateNotNull]
    public string Greeting { get; set; } = "";

    /// <summary>Indicates that the cmdlet returns the new friend.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Message.Origin;

    private protected override Task ProcessAsync(WeChatSession session, CancellationToken stop) => TryAsync(async () =>
    {
        FriendRequestContent request = WeChatSession.FriendRequestOf(Message);
        if (!ShouldProcess(request.Name, "Approve the friend request"))
            return;
        WeChatContact? friend = await session.ApproveAsync(Message, Greeting, stop);
        if (friend is null)
            WriteWarning($"The friend request from '{request.Name}' was approved, but WeChat has not added the new friend to the contacts yet. To get the update, run Receive-WeChatMessage.");
        else if (PassThru)
            WriteObject(friend);
    });
}
