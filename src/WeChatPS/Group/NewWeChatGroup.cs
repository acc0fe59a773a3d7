using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>New-WeChatGroup: makes a group of this account and at least two friends.</summary>
[Cmdlet(VerbsCommon.New, "WeChatGroup", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class NewWeChatGroup : SessionCmdlet
{
    private readonly List<WeChatContact> _friends = [];
    private Origin? _origin;
    private bool _isSure = true;

    /// <summary>The friends: ids, remarks or nicknames, or contacts.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FriendCompleter))]
    public ContactRef[] Member { get; set; } = [];

    /// <summary>The group's name; without one WeChat shows its members' names.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public string Name { get; set; } = "";

    // a group is one account's: that of the first who says where he comes from
    private protected override Origin? InputOrigin => _origin ??= Member.Select(one => one.Origin).FirstOrDefault(origin => origin is not null);

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef wanted in Member)
            _isSure &= await TryAsync(async () => _friends.Add(await wanted.ResolveAsync(session, stop)));
    }

    private protected override async Task EndAsync(WeChatSession session, CancellationToken stop)
    {
        // a group without somebody who was meant to be in it is not the group that was asked for
        if (!_isSure)
            return;
        WeChatContact[] friends = [.. _friends.Distinct()];
        WeChatSession.CheckNewGroup(friends);
        string members = string.Join(", ", friends.Select(friend => friend.Name));
        if (ShouldProcess(Name.Length > 0 ? $"{Name}: {members}" : members, "Make a group"))
            WriteObject(await session.CreateGroupAsync(friends, Name, stop));
    }
}
