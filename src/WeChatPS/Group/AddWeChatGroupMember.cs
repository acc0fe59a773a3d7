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
    private readonly List<WeChatContact> _friends = [];
    private Origin? _origin;

    /// <summary>The group, or several: id or name, or the group itself.</summary>
    [Parameter(Mandatory = true, Position = 0)]
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
    private protected override Origin? InputOrigin => _origin ??= Member.Select(one => one.Origin).FirstOrDefault(origin => origin is not null);

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef wanted in Member)
            await TryAsync(async () => _friends.Add(await wanted.ResolveAsync(session, stop)));
    }

    // all at once: each request counts at the server
    private protected override async Task EndAsync(WeChatSession session, CancellationToken stop)
    {
        if (_friends.Count == 0)
            return;
        foreach (ContactRef wanted in Group)
            await TryAsync(() => AddAsync(session, wanted, stop));
    }

    private async Task AddAsync(WeChatSession session, ContactRef wanted, CancellationToken stop)
    {
        WeChatContact group = await wanted.ResolveGroupAsync(session, stop);
        WeChatSession.CheckFriends(_friends);
        string names = string.Join(", ", _friends.Select(friend => friend.Name));
        if (!ShouldProcess(group.Name, $"Add {DisplayText.Visible(names)}"))
            return;
        (IReadOnlyList<WeChatContact> added, bool invited) = await session.AddMembersAsync(group, _friends, stop);
        if (invited)
            Show($"Invited to '{group.Name}', and members when they accept: {string.Join(", ", added.Select(friend => friend.Name))}");
        else
            WriteVerbose(added.Count == 0 ? $"All of them are in {group.Name} already." : $"{added.Count} added to {group.Name}.");
        if (PassThru)
            WriteObject(session.Now(group));
    }
}
