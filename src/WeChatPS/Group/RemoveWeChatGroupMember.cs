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

    private bool _isGroupSaid;

    /// <summary>
    /// The group, or several: id or name, or the group itself. Members that Get-WeChatGroupMember gave bring it along. Where groups are piped, the
    /// members.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>The members: ids, names as used in the group, remarks or nicknames, members, contacts, or messages that they wrote there.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public MemberRef[] Member { get; set; } = [];

    /// <summary>Gives the group as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Member[0].Origin ?? Group.FirstOrDefault()?.Origin;

    /// <inheritdoc/>
    protected override Task BeginAsync(CancellationToken stop)
    {
        // where the command line says neither, what is piped is bound to both, and is a member
        _isGroupSaid = MyInvocation.BoundParameters.ContainsKey(nameof(Group)) || MyInvocation.BoundParameters.ContainsKey(nameof(Member));
        return Task.CompletedTask;
    }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (MemberRef wanted in Member)
        {
            await TryAsync(async () =>
            {
                foreach ((ContactRef from, MemberRef member) in Meant(wanted))
                    await CollectAsync(SessionOf(wanted.Origin ?? from.Origin), from, member, stop);
            });
        }
    }

    /// <summary>From which group who is to be removed.</summary>
    private IEnumerable<(ContactRef Group, MemberRef Member)> Meant(MemberRef wanted)
    {
        ContactRef[] said = _isGroupSaid ? Group : [];

        // $group | Remove-WeChatGroupMember member: the position is the group's, and a group is nobody's member
        if (wanted.ItselfGroup is { } piped)
        {
            return said.Length > 0 ? said.Select(one => (piped, one.ToMember())) : throw new WeChatException(
                WeChatErrorReason.ContactNotFound, $"Who is to be removed from '{wanted}' is not said: name them with -Member.");
        }

        return said.Length > 0 ? said.Select(one => (one, wanted)) : [(wanted.Group ?? throw new WeChatException(
            WeChatErrorReason.ContactNotFound, $"From which group '{wanted}' is to be removed is not said: name it with -Group."), wanted)];
    }

    // all of one group at once: each request counts at the server
    private protected override async Task EndAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (KeyValuePair<(WeChatSession Session, WeChatContact Group), List<WeChatGroupMember>> one in _members)
            await TryAsync(() => RemoveAsync(one.Key.Session, one.Key.Group, [.. one.Value.Distinct()], stop));
    }

    private async Task CollectAsync(WeChatSession session, ContactRef from, MemberRef wanted, CancellationToken stop)
    {
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
