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

    private bool _hasArguments;

    /// <summary>
    /// Specifies the groups: ids, names or group objects. Members from Get-WeChatGroupMember already include their group. With piped groups,
    /// specifies the members.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>Specifies the members: ids, group nicknames, remarks, nicknames, members, contacts, or messages of the members in the group.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public MemberRef[] Member { get; set; } = [];

    /// <summary>Indicates that the cmdlet returns the changed group.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Member[0].Origin ?? Group.FirstOrDefault()?.Origin;

    /// <inheritdoc/>
    protected override Task BeginAsync(CancellationToken stop)
    {
        // Without -Group and -Member, PowerShell binds the piped object to both. Then it is a member.
        _hasArguments = MyInvocation.BoundParameters.ContainsKey(nameof(Group)) || MyInvocation.BoundParameters.ContainsKey(nameof(Member));
        return Task.CompletedTask;
    }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (MemberRef wanted in Member)
        {
            await TryAsync(async () =>
            {
                foreach ((ContactRef from, MemberRef member) in Removals(wanted))
                    await CollectAsync(SessionOf(wanted.Origin ?? from.Origin), from, member, stop);
            });
        }
    }

    /// <summary>Pairs the group and the member of each requested removal.</summary>
    private IEnumerable<(ContactRef Group, MemberRef Member)> Removals(MemberRef wanted)
    {
        ContactRef[] groups = _hasArguments ? Group : [];

        // In $group | Remove-WeChatGroupMember member, the position is -Group, but the argument is the member: a group cannot be a member.
        if (wanted.ItselfGroup is { } piped)
        {
            return groups.Length > 0 ? groups.Select(one => (piped, one.ToMember())) : throw new WeChatException(
                WeChatErrorReason.ContactNotFound, $"No members to remove from '{wanted}' are specified. Specify them with -Member.");
        }

        return groups.Length > 0 ? groups.Select(one => (one, wanted)) : [(wanted.Group ?? throw new WeChatException(
            WeChatErrorReason.ContactNotFound, $"The group of '{wanted}' is not specified. Specify it with -Group."), wanted)];
    }

    // One request per group removes all its members, because WeChat throttles by the number of requests.
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
            WriteObject(session.Current(group));
    }
}
