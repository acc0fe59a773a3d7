using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Add-WeChatFriend: adds friends by sending friend requests.</summary>
[Cmdlet(VerbsCommon.Add, "WeChatFriend", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class AddWeChatFriend : SessionCmdlet
{
    /// <summary>Specifies the people: group members, contacts, ids, or messages. A name card stands for its person, any other message for its sender.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PersonRef[] Person { get; set; } = [];

    /// <summary>Specifies the text of the friend request.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public string Greeting { get; set; } = "";

    /// <summary>Indicates that the cmdlet returns the people who got a friend request.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Person[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (PersonRef wanted in Person)
            await TryAsync(() => AskAsync(SessionOf(wanted.Origin), wanted, stop));
    }

    private async Task AskAsync(WeChatSession session, PersonRef wanted, CancellationToken stop)
    {
        WeChatContact person = await wanted.ResolveAsync(session, stop);
        session.CheckStranger(person);
        if (!ShouldProcess(person.Name, "Send a friend request"))
            return;
        await session.SendFriendRequestAsync(person, Greeting, stop);
        if (PassThru)
            WriteObject(person);
    }
}
