using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Add-WeChatFriend: asks people to become friends.</summary>
[Cmdlet(VerbsCommon.Add, "WeChatFriend", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class AddWeChatFriend : SessionCmdlet
{
    /// <summary>Whom to ask: a member of a group, a contact, a message with a card (the person on it), any other message (who wrote it), or an id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PersonRef[] Person { get; set; } = [];

    /// <summary>Words that go with the request.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public string Greeting { get; set; } = "";

    /// <summary>Gives whom was asked.</summary>
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
        if (!ShouldProcess(person.Name, "Ask to become a friend"))
            return;
        await session.AskToBeFriendsAsync(person, Greeting, stop);
        if (PassThru)
            WriteObject(person);
    }
}
