using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>New-WeChatGroup: makes a group of this account and at least two friends.</summary>
[Cmdlet(VerbsCommon.New, "WeChatGroup", DefaultParameterSetName = MemberSet, SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class NewWeChatGroup : SessionCmdlet
{
    private const string MemberSet = "Member";
    private const string PipedSet = "Piped";

    private readonly List<WeChatContact> _friends = [];
    private Origin? _origin;
    private bool _isSure = true;

    /// <summary>The friends: ids, remarks or nicknames, or contacts. Where friends are piped, the group's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MemberSet)]
    [Parameter(Position = 0, ParameterSetName = PipedSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FriendCompleter))]
    public ContactRef[] Member { get; set; } = [];

    /// <summary>The group's name; without one WeChat shows its members' names.</summary>
    [Parameter(Position = 1, ParameterSetName = MemberSet)]
    [Parameter(ParameterSetName = PipedSet)]
    [ValidateNotNull]
    public string Name { get; set; } = "";

    /// <summary>A friend: id, remark or nickname, or a contact.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipedSet)]
    public ContactRef InputObject { get; set; } = null!;

    private ContactRef[] Wanted => ParameterSetName == PipedSet ? [InputObject] : Member;

    // a group is one account's: that of the first who says where he comes from
    private protected override Origin? InputOrigin => _origin ??= Wanted.Select(one => one.Origin).FirstOrDefault(origin => origin is not null);

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef wanted in Wanted)
            _isSure &= await TryAsync(async () => _friends.Add(await wanted.ResolveAsync(session, stop)));
    }

    private protected override async Task EndAsync(WeChatSession session, CancellationToken stop)
    {
        // a group without somebody who was meant to be in it is not the group that was asked for
        if (!_isSure)
            return;
        WeChatContact[] friends = [.. _friends.Distinct()];
        WeChatSession.CheckNewGroup(friends);
        string members = string.Join(", ", friends.Select(friend => friend.Name)), name = MeantName();
        if (ShouldProcess(name.Length > 0 ? $"{name}: {members}" : members, "Make a group"))
            WriteObject(await session.CreateGroupAsync(friends, name, stop));
    }

    // $friends | New-WeChatGroup name: the position is the friends'
    private string MeantName() => ParameterSetName == MemberSet ? Name : Member switch
    {
        [] => Name,
        [{ Typed: { } typed }] when Name.Length == 0 => typed,
        _ => throw new WeChatException(
            WeChatErrorReason.InvalidRequest, "The friends were piped: the group's name is all that is to be said.") { Subject = Member[0].ToString() },
    };
}
