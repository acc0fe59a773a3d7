using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Add-WeChatGroupMember: adds friends to groups. For large groups (by default from 40 members), the friends get an invitation instead.</summary>
[Cmdlet(VerbsCommon.Add, "WeChatGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class AddWeChatGroupMember : SessionCmdlet
{
    // Arguments from the command line are the same objects for every input.
    private readonly HashSet<ContactRef> _taken = [];
    private readonly List<WeChatContact> _groups = [], _members = [];
    private Origin? _origin;

    /// <summary>Specifies the groups: ids, names, group objects or messages from the groups. With piped groups, specifies the friends.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>Specifies the friends: ids, remarks, nicknames or contacts.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FriendCompleter))]
    public ContactRef[] Member { get; set; } = [];

    /// <summary>Indicates that the cmdlet returns the changed group.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // A group belongs to one account: the first input with a known origin decides.
    private protected override Origin? InputOrigin => _origin ??= Group.Concat(Member).Select(one => one.Origin).FirstOrDefault(origin => origin is not null);

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef wanted in Group.Where(_taken.Add))
            await TryAsync(async () => _groups.Add(await wanted.ResolveAsync(session, stop)));
        foreach (ContactRef wanted in Member.Where(_taken.Add))
            await TryAsync(async () => _members.Add(await wanted.ResolveAsync(session, stop)));
    }

    // One request adds all friends, because WeChat throttles by the number of requests.
    private protected override async Task EndAsync(WeChatSession session, CancellationToken stop)
    {
        // In $group | Add-WeChatGroupMember friend, the position is -Group, but the piped group is the group: a group cannot be a member.
        bool isGroupPiped = _members.Count > 0 && _members.All(one => one.IsGroup) && !_groups.Any(one => one.IsGroup);
        (List<WeChatContact> groups, List<WeChatContact> friends) = isGroupPiped ? (_members, _groups) : (_groups, _members);
        if (friends.Count == 0)
            return;
        foreach (WeChatContact group in groups.Distinct())
            await TryAsync(() => AddAsync(session, group, friends, stop));
    }

    private async Task AddAsync(WeChatSession session, WeChatContact group, List<WeChatContact> friends, CancellationToken stop)
    {
        ContactRef.ThrowUnlessGroup(group);
        WeChatSession.CheckFriends(friends);
        string names = string.Join(", ", friends.Select(friend => friend.Name));
        if (!ShouldProcess(group.Name, $"Add {DisplayText.Visible(names)}"))
            return;
        (IReadOnlyList<WeChatContact> added, bool invited) = await session.AddMembersAsync(group, friends, stop);
        if (invited)
            Show($"Invited to '{group.Name}'. They become members when they accept: {string.Join(", ", added.Select(friend => friend.Name))}");
        else
            WriteVerbose(added.Count == 0 ? $"All friends are already in '{group.Name}'." : $"Added {added.Count} to '{group.Name}'.");
        if (PassThru)
            WriteObject(session.Current(group));
    }
}
