using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Remove-WeChatGroupMember: removes members from groups that this account owns.</summary>
[Cmdlet(VerbsCommon.Remove, "WeChatGroupMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(WeChatContact))]
public sealed class RemoveWeChatGroupMember : SessionCmdlet
{
    private readonly Dictionary<(WeChatSession Session, WeChatContact Group), List<WeChatGroupMember>> _members = [];

    /// <summary>The group: id or name, or the group itself. Members that Get-WeChatGroupMember gave bring it along.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef? Group { get; set; }

    /// <summary>The members: ids, names as used in the group, remarks or nicknames, members, contacts, or messages that they wrote there.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public MemberRef[] Member { get; set; } = [];

    /// <summary>Gives the group as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Member[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (MemberRef wanted in Member)
            await TryAsync(() => CollectAsync(SessionOf(wanted.Origin), wanted, stop));
    }

    // all of one group at once: each request counts at the server
    private protected override async Task EndAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (KeyValuePair<(WeChatSession Session, WeChatContact Group), List<WeChatGroupMember>> one in _members)
            await TryAsync(() => RemoveAsync(one.Key.Session, one.Key.Group, [.. one.Value.Distinct()], stop));
    }

    private async Task CollectAsync(WeChatSession session, MemberRef wanted, CancellationToken stop)
    {
        ContactRef from = Group ?? wanted.Group ?? throw new WeChatException(
            WeChatErrorReason.ContactNotFound, $"From which group '{wanted}' is to be removed is not said: name it with -Group.");
        WeChatContact group = await from.ResolveGroupAsync(session, stop);
        WeChatGroupMember member = await wanted.ResolveAsync(session, group, await session.GetMembersAsync(group, refresh: false, stop), stop);
        if (!_members.TryGetValue((session, group), out List<WeChatGroupMember>? members))
            _members[(session, group)] = members = [];
        members.Add(member);
    }

    private async Task RemoveAsync(WeChatSession session, WeChatContact group, WeChatGroupMember[] members, CancellationToken stop)
    {
        session.CheckRemoval(group, members);
        string names = string.Join(", ", members.Select(member => member.Name));
        if (!ShouldProcess(group.Name, $"Remove {DisplayText.Visible(names)}"))
            return;
        await session.RemoveMembersAsync(group, members, stop);
        if (PassThru)
            WriteObject(session.Now(group));
    }
}
