using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Add-WeChatGroupMember: brings friends into groups. Large groups (40 members, unless WeChat says otherwise) get an invitation instead.</summary>
[Cmdlet(VerbsCommon.Add, "WeChatGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class AddWeChatGroupMember : SessionCmdlet
{
    // what the command line says is the same object for every input
    private readonly HashSet<ContactRef> _taken = [];
    private readonly List<WeChatContact> _groups = [], _members = [];
    private Origin? _origin;

    /// <summary>The group, or several: id or name, the group itself, or a message from it. Where groups are piped, the friends.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>The friends: ids, remarks or nicknames, or contacts.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FriendCompleter))]
    public ContactRef[] Member { get; set; } = [];

    /// <summary>Gives the group as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // a group is one account's: that of the first who says where he comes from
    private protected override Origin? InputOrigin => _origin ??= Group.Concat(Member).Select(one => one.Origin).FirstOrDefault(origin => origin is not null);

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef wanted in Group.Where(_taken.Add))
            await TryAsync(async () => _groups.Add(await wanted.ResolveAsync(session, stop)));
        foreach (ContactRef wanted in Member.Where(_taken.Add))
            await TryAsync(async () => _members.Add(await wanted.ResolveAsync(session, stop)));
    }

    // all at once: each request counts at the server
    private protected override async Task EndAsync(WeChatSession session, CancellationToken stop)
    {
        // $group | Add-WeChatGroupMember friend: the position is the group's, and a group is nobody's member
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
            Show($"Invited to '{group.Name}', and members when they accept: {string.Join(", ", added.Select(friend => friend.Name))}");
        else
            WriteVerbose(added.Count == 0 ? $"All of them are in {group.Name} already." : $"{added.Count} added to {group.Name}.");
        if (PassThru)
            WriteObject(session.Now(group));
    }
}
