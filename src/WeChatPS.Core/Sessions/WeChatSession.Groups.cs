using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Changes to groups. Each is sent once, after all that can be known to be wrong was checked.</content>
public sealed partial class WeChatSession
{
    private const int InviteFromUnlessSaid = 40;

    private int _inviteFrom = InviteFromUnlessSaid;

    /// <summary>Makes a group of this account and some friends.</summary>
    /// <returns>The group.</returns>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.TooFewMembers"/>, <see cref="WeChatErrorReason.ContactNotAllowed"/>, or as
    /// <see cref="WebChanges.MakeAsync"/> says.</exception>
    internal async Task<WeChatContact> CreateGroupAsync(IReadOnlyCollection<WeChatContact> friends, string name, CancellationToken cancellationToken)
    {
        CheckNewGroup(friends);
        ChangeReply made = await MakeAsync(
            "The new group",
            (servers, keys) => PeopleRequests.NewGroup(servers, keys, [.. friends.Select(friend => friend.UserName)], name, Time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
        if (!ContactKinds.IsGroup(made.Group))
        {
            throw new WeChatException(
                WeChatErrorReason.OutcomeUnknown, "Whether the new group was made is not known: the server accepted the request and names no group.");
        }

        WeChatContact self = Contacts.Self!;
        Contacts.Upsert(
        [
            new WeChatContact(made.Group)
            {
                NickName = name, GroupOwner = self.UserName, Members = [.. friends.Prepend(self).Select(AsMember)],
            },
        ]);
        return Now(new WeChatContact(made.Group));
    }

    /// <summary>Whether a group can be made of these.</summary>
    /// <exception cref="WeChatException">As <see cref="CreateGroupAsync"/> says.</exception>
    internal static void CheckNewGroup(IReadOnlyCollection<WeChatContact> friends)
    {
        CheckFriends(friends);
        const int Least = 2;
        if (friends.Distinct().Count() < Least)
            throw new WeChatException(WeChatErrorReason.TooFewMembers, $"A group needs at least {Least} friends beside this account; {friends.Count} named.");
    }

    /// <summary>Changes a group's name.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.EmptyName"/>, or as <see cref="WebChanges.MakeAsync"/> says.</exception>
    internal async Task RenameGroupAsync(WeChatContact group, string name, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new WeChatException(WeChatErrorReason.EmptyName, $"The new name of '{group}' is empty.");
        await ChangeGroupAsync(group, GroupChange.Rename, name, "The new name", cancellationToken).ConfigureAwait(false);
        Contacts.Upsert([Now(group) with { NickName = name, DisplayName = "" }]);
    }

    /// <summary>Brings friends into a group: adds them, or invites them where the group is too large for that.</summary>
    /// <returns>Those who were not in it yet; whether they were invited, and become members when they accept.</returns>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>, or as <see cref="WebChanges.MakeAsync"/> says.</exception>
    internal async Task<(IReadOnlyList<WeChatContact> Added, bool Invited)> AddMembersAsync(
        WeChatContact group, IReadOnlyCollection<WeChatContact> friends, CancellationToken cancellationToken)
    {
        CheckFriends(friends);

        // who is in it decides how the others get in: what is remembered may be old
        IReadOnlyList<WeChatGroupMember> members = await GetMembersAsync(group, refresh: true, cancellationToken).ConfigureAwait(false);
        HashSet<string> there = [.. members.Select(member => member.UserName)];
        WeChatContact[] added = [.. friends.Distinct().Where(friend => !there.Contains(friend.UserName))];
        if (added.Length == 0) return (added, false);
        bool mustInvite = members.Count + added.Length >= _inviteFrom;
        await ChangeGroupAsync(
            group, mustInvite ? GroupChange.Invite : GroupChange.Add, Names(added.Select(friend => friend.UserName)), "The addition of members",
            cancellationToken).ConfigureAwait(false);
        if (mustInvite) Contacts.Invite(group.UserName, added);
        else Contacts.SetMembers(group.UserName, members.Concat(added.Select(AsMember)));
        return (added, mustInvite);
    }

    /// <summary>Removes members from a group of this account's.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotGroupOwner"/>, <see cref="WeChatErrorReason.ContactNotAllowed"/> for the account
    /// itself, or as <see cref="WebChanges.MakeAsync"/> says.</exception>
    internal async Task RemoveMembersAsync(WeChatContact group, IReadOnlyCollection<WeChatGroupMember> members, CancellationToken cancellationToken)
    {
        CheckRemoval(group, members);
        HashSet<string> gone = [.. members.Select(member => member.UserName)];
        await ChangeGroupAsync(group, GroupChange.Remove, Names(gone), "The removal of members", cancellationToken).ConfigureAwait(false);
        Contacts.SetMembers(group.UserName, (Contacts.Members(group.UserName) ?? []).Where(member => !gone.Contains(member.UserName)));
    }

    /// <summary>Whether members can be removed, as far as it is known.</summary>
    /// <exception cref="WeChatException">As <see cref="RemoveMembersAsync"/> says.</exception>
    internal void CheckRemoval(WeChatContact group, IReadOnlyCollection<WeChatGroupMember> members)
    {
        string self = Contacts.Self!.UserName;
        if (Now(group).IsOwner == false)
        {
            throw new WeChatException(
                WeChatErrorReason.NotGroupOwner, $"Only its owner may remove members from '{group}', and this account is not.") { Subject = group.Name };
        }

        if (members.Any(member => member.UserName == self))
            throw NotAllowed(Contacts.Self!, $"could be removed from its own group; Exit-WeChatGroup leaves '{group}'");
    }

    /// <summary>Leaves a group.</summary>
    /// <exception cref="WeChatException">As <see cref="WebChanges.MakeAsync"/> says.</exception>
    internal async Task LeaveGroupAsync(WeChatContact group, CancellationToken cancellationToken)
    {
        await ChangeGroupAsync(group, GroupChange.Leave, "", "The departure", cancellationToken).ConfigureAwait(false);
        Contacts.Remove([group.UserName]);
    }

    private Task<ChangeReply> ChangeGroupAsync(
        WeChatContact group, GroupChange change, string value, string what, CancellationToken cancellationToken) => MakeAsync(
        $"{what} ('{group}')", (servers, keys) => PeopleRequests.ChangeGroup(servers, keys, group.UserName, change, value), cancellationToken);

    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>: somebody is no friend.</exception>
    internal static void CheckFriends(IEnumerable<WeChatContact> people)
    {
        if (people.FirstOrDefault(one => one.Kind != ContactKind.Friend) is { } other)
            throw NotAllowed(other, "can be brought into a group: only friends can");
    }

    private static string Names(IEnumerable<string> userNames) => string.Join(",", userNames);

    private static WeChatGroupMember AsMember(WeChatContact person) => new(person.UserName) { NickName = person.NickName };
}
