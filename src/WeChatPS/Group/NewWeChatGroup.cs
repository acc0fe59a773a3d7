using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>New-WeChatGroup: creates a group with at least two friends.</summary>
[Cmdlet(VerbsCommon.New, "WeChatGroup", DefaultParameterSetName = MemberSet, SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class NewWeChatGroup : SessionCmdlet
{
    private const string MemberSet = "Member";
    private const string PipedSet = "Piped";

    private readonly List<WeChatContact> _friends = [];
    private Origin? _origin;
    private bool _areAllFound = true;

    /// <summary>Specifies the friends: ids, remarks, nicknames or contacts. With piped friends, specifies the group's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MemberSet)]
    [Parameter(Position = 0, ParameterSetName = PipedSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FriendCompleter))]
    public ContactRef[] Member { get; set; } = [];

    /// <summary>Specifies the group's name. Without a name, WeChat shows the names of the members.</summary>
    [Parameter(Position = 1, ParameterSetName = MemberSet)]
    [Parameter(ParameterSetName = PipedSet)]
    [ValidateNotNull]
    public string Name { get; set; } = "";

    /// <summary>Specifies a friend: an id, remark, nickname or contact.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipedSet)]
    public ContactRef InputObject { get; set; } = null!;

    private ContactRef[] Wanted => ParameterSetName == PipedSet ? [InputObject] : Member;

    // A group belongs to one account: the first input with a known origin decides.
    private protected override Origin? InputOrigin => _origin ??= Wanted.Select(one => one.Origin).FirstOrDefault(origin => origin is not null);

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef wanted in Wanted)
            _areAllFound &= await TryAsync(async () => _friends.Add(await wanted.ResolveAsync(session, stop)));
    }

    private protected override async Task EndAsync(WeChatSession session, CancellationToken stop)
    {
        // A group without one of the requested friends would not be the requested group.
        if (!_areAllFound)
            return;
        WeChatContact[] friends = [.. _friends.Distinct()];
        WeChatSession.CheckNewGroup(friends);
        string members = string.Join(", ", friends.Select(friend => friend.Name)), name = GroupName();
        if (ShouldProcess(name.Length > 0 ? $"{name}: {members}" : members, "Create a group"))
            WriteObject(await session.CreateGroupAsync(friends, name, stop));
    }

    // In $friends | New-WeChatGroup name, the position is -Member, but the argument is the name.
    private string GroupName() => ParameterSetName == MemberSet ? Name : Member switch
    {
        [] => Name,
        [{ Typed: { } typed }] when Name.Length == 0 => typed,
        _ => throw new WeChatException(
            WeChatErrorReason.InvalidRequest, "With piped friends, specify only the group's name.") { Subject = Member[0].ToString() },
    };
}
