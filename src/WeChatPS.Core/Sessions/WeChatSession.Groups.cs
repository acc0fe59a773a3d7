using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Changes to groups. Each change is validated first and sent once.</content>
public sealed partial class WeChatSession
{
    private const int InviteFromUnlessSaid = 40;

    private int _inviteFrom = InviteFromUnlessSaid;

    /// <summary>Creates a group of this account and its friends.</summary>
    /// <returns>The group.</returns>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.TooFewMembers"/>: fewer than two friends.
    /// <see cref="WeChatErrorReason.ContactNotAllowed"/>: a contact is not a friend. See also <see cref="WebChanges.MakeAsync"/>.</exception>
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
                WeChatErrorReason.OutcomeUnknown, "The new group may or may not have been made: the server accepted the request but returned no group.");
        }

        WeChatContact self = Contacts.Self!;
        Contacts.Upsert(
        [
            new WeChatContact(made.Group)
            {
                NickName = name, GroupOwner = self.UserName, Members = [.. friends.Prepend(self).Select(AsMember)],
            },
        ]);
        return Current(new WeChatContact(made.Group));
    }

    /// <summary>Checks the friends for a new group.</summary>
    /// <exception cref="WeChatException">See <see cref="CreateGroupAsync"/>.</exception>
    internal static void CheckNewGroup(IReadOnlyCollection<WeChatContact> friends)
    {
        CheckFriends(friends);
        const int Least = 2;
        if (friends.Distinct().Count() < Least)
            throw new WeChatException(WeChatErrorReason.TooFewMembers, $"A group needs at least {Least} friends in addition to this account, but {friends.Count} are specified.");
    }

    /// <summary>Renames a group.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.EmptyName"/>: the name is empty. See also <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task RenameGroupAsync(WeChatContact group, string name, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new WeChatException(WeChatErrorReason.EmptyName, $"The new name of '{group}' is empty.");
        await ChangeGroupAsync(group, GroupChange.Rename, name, $"The name change of '{group}'", cancellationToken).ConfigureAwait(false);
        Contacts.Upsert([Current(group) with { NickName = name, DisplayName = "" }]);
    }

    /// <summary>Adds friends to a group, or invites them if the group is large.</summary>
    /// <returns>The friends who were not members yet, and whether they were invited. Invited friends become members when they accept.</returns>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>: a contact is not a friend. See also <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task<(IReadOnlyList<WeChatContact> Added, bool Invited)> AddMembersAsync(
        WeChatContact group, IReadOnlyCollection<WeChatContact> friends, CancellationToken cancellationToken)
    {
        CheckFriends(friends);

        // The number of members decides between adding and inviting, so the list must be up to date.
        IReadOnlyList<WeChatGroupMember> members = await GetMembersAsync(group, refresh: true, cancellationToken).ConfigureAwait(false);
        HashSet<string> there = [.. members.Select(member => member.UserName)];
        WeChatContact[] added = [.. friends.Distinct().Where(friend => !there.Contains(friend.UserName))];
        if (added.Length == 0) return (added, false);
        bool mustInvite = members.Count + added.Length >= _inviteFrom;
        await ChangeGroupAsync(
            group, mustInvite ? GroupChange.Invite : GroupChange.Add, Names(added.Select(friend => friend.UserName)), $"The addition of members to '{group}'",
            cancellationToken).ConfigureAwait(false);
        if (mustInvite) Contacts.Invite(group.UserName, added);
        else Contacts.SetMembers(group.UserName, members.Concat(added.Select(AsMember)));
        return (added, mustInvite);
    }

    /// <summary>Removes members from a group that this account owns.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotGroupOwner"/>: this account is not the owner.
    /// <see cref="WeChatErrorReason.ContactNotAllowed"/>: a member is this account. See also <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task RemoveMembersAsync(WeChatContact group, IReadOnlyCollection<WeChatGroupMember> members, CancellationToken cancellationToken)
    {
        CheckRemoval(group, members);
        HashSet<string> gone = [.. members.Select(member => member.UserName)];
        await ChangeGroupAsync(group, GroupChange.Remove, Names(gone), $"The removal of members from '{group}'", cancellationToken).ConfigureAwait(false);
        Contacts.SetMembers(group.UserName, (Contacts.Members(group.UserName) ?? []).Where(member => !gone.Contains(member.UserName)));
    }

    /// <summary>Checks that members can be removed, as far as the session knows.</summary>
    /// <exception cref="WeChatException">See <see cref="RemoveMembersAsync"/>.</exception>
    internal void CheckRemoval(WeChatContact group, IReadOnlyCollection<WeChatGroupMember> members)
    {
        string self = Contacts.Self!.UserName;
        if (Current(group).IsOwner == false)
        {
            throw new WeChatException(
                WeChatErrorReason.NotGroupOwner, $"Only the group owner can remove members from '{group}', and this account is not the owner.") { Subject = group.Name };
        }

        if (members.Any(member => member.UserName == self))
            throw NotAllowed(Contacts.Self!, $"This account cannot remove itself from '{group}'. To leave the group, run Exit-WeChatGroup.");
    }

    /// <summary>Leaves a group.</summary>
    /// <exception cref="WeChatException">See <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task LeaveGroupAsync(WeChatContact group, CancellationToken cancellationToken)
    {
        await ChangeGroupAsync(group, GroupChange.Leave, "", $"The exit from '{group}'", cancellationToken).ConfigureAwait(false);
        Contacts.Remove([group.UserName]);
    }

    private Task<ChangeReply> ChangeGroupAsync(
        WeChatContact group, GroupChange change, string value, string what, CancellationToken cancellationToken) => MakeAsync(
        what, (servers, keys) => PeopleRequests.ChangeGroup(servers, keys, group.UserName, change, value), cancellationToken);

    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>: a contact is not a friend.</exception>
    internal static void CheckFriends(IEnumerable<WeChatContact> people)
    {
        if (people.FirstOrDefault(one => one.Kind != ContactKind.Friend) is { } other)
            throw NotAllowed(other, $"'{other}' ({other.Kind}) cannot be added to a group. Only friends can be added.");
    }

    private static string Names(IEnumerable<string> userNames) => string.Join(",", userNames);

    private static WeChatGroupMember AsMember(WeChatContact person) => new(person.UserName) { NickName = person.NickName };
}
