using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>The contacts of a session, up to <see cref="ContactLimits"/>. Reading needs no lock. Writing merges updates under a lock.</summary>
internal sealed partial class ContactBook
{
    private readonly ConcurrentDictionary<string, WeChatContact> _contacts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GroupMembers> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly object _writing = new();
    private volatile WeChatContact? _self;
    private volatile IReadOnlyList<WeChatContact>? _all;

    /// <summary>The account itself; null before the first login.</summary>
    public WeChatContact? Self => _self;

    /// <summary>The account itself first, then friends, groups and official accounts sorted by name. Strangers are not included.</summary>
    public IReadOnlyList<WeChatContact> All => _all ?? Sort();

    /// <summary>Finds the contact with a user name of this login or a stored earlier login.</summary>
    public WeChatContact? Find(string userName) =>
        _contacts.TryGetValue(userName, out WeChatContact? contact) ? contact : _earlier is { } earlier ? FindEarlier(earlier, userName) : null;

    /// <summary>Gets the contact, or a stranger with only the user name.</summary>
    public WeChatContact GetOrStranger(string userName) => Find(userName) ?? new WeChatContact(userName) { Login = Login };

    /// <summary>Whether a user name is the account's own in this or an earlier login.</summary>
    public bool IsSelf(string userName) => _self is { } self && (userName == self.UserName || _earlier?.IsSelf(userName) == true);

    /// <summary>Gets the members of a group; null if they were not loaded.</summary>
    public IReadOnlyList<WeChatGroupMember>? Members(string groupUserName) =>
        _members.TryGetValue(Current(groupUserName), out GroupMembers? members) ? members.List : null;

    public WeChatGroupMember? FindMember(string groupUserName, string userName) =>
        _members.TryGetValue(Current(groupUserName), out GroupMembers? members) ? members.Find(Current(userName)) : null;

    /// <summary>Sets the account's own contact.</summary>
    public void SetSelf(WeChatContact self) => Upsert([self with { Kind = ContactKind.Self }]);

    /// <summary>Adds or merges contacts. Groups include their members.</summary>
    public void Upsert(IEnumerable<WeChatContact> contacts)
    {
        lock (_writing)
        {
            var renamed = new HashSet<string>(StringComparer.Ordinal);
            foreach (WeChatContact contact in contacts)
            {
                if (contact.IsCut)
                    Say(Limit.Text);
                if (!HasRoomFor(contact))
                    continue;
                if (Put(contact))
                    renamed.Add(contact.UserName);
                if (contact.Members.Count > 0)
                    PutMembers(contact.UserName, contact.Members);
            }
            Rename(renamed);
        }
    }

    /// <summary>Replaces the members of a group. Names that are empty in the new list are kept.</summary>
    public void SetMembers(string groupUserName, IEnumerable<WeChatGroupMember> members)
    {
        lock (_writing)
            PutMembers(groupUserName, members);
    }

    /// <summary>Stores the people invited to a group. They become members when a member list contains them.</summary>
    public void Invite(string groupUserName, IEnumerable<WeChatContact> people)
    {
        lock (_writing)
        {
            WeChatContact group = GetOrStranger(groupUserName);
            Store(group with { Invited = [.. group.Invited.Union(people)] });
            _all = null;
        }
    }

    /// <summary>Removes groups, and turns people into strangers, because older messages still need their names.</summary>
    public void Remove(IEnumerable<string> userNames)
    {
        lock (_writing)
        {
            foreach (string userName in userNames)
            {
                if (Find(userName) is not { Kind: not ContactKind.Self } contact)
                    continue;
                if (contact.IsGroup)
                {
                    // Only a server that invents groups leaves so many.
                    if (_left.Count >= ContactLimits.Contacts)
                        _left.Clear();
                    _left.Add(userName);
                    Forget(userName);
                    ForgetMembers(userName);
                }
                else
                {
                    Store(contact with { Kind = ContactKind.Stranger, Flags = ContactFlags.None });
                }
            }
            Changed();
        }
    }

    private void Changed() => (_all, _byId) = (null, null);

    // Under the lock, so that no outdated snapshot remains after a write.
    private IReadOnlyList<WeChatContact> Sort()
    {
        lock (_writing)
        {
            return _all ??= [.. _contacts.Values
                .Where(contact => contact.Kind != ContactKind.Stranger)
                .OrderBy(contact => contact.Kind != ContactKind.Self)
                .ThenBy(contact => contact.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(contact => contact.UserName, StringComparer.Ordinal)];
        }
    }

    // Returns whether a property that group members copy has changed.
    private bool Put(WeChatContact update)
    {
        WeChatContact? old = Find(update.UserName);
        WeChatContact contact = old?.With(update) ?? update;
        if (contact.IsGroup && _self is { } self)
            contact = WithOwner(contact, update.IsOwner == true ? self.UserName : contact.GroupOwner, self);
        if (update.Kind == ContactKind.Self || update.UserName == _self?.UserName)
            contact = contact with { Kind = ContactKind.Self };
        contact = _identities.Identify(contact) with { Login = Login };
        if (contact.Kind == ContactKind.Self)
            _self = contact;
        _left.Remove(contact.UserName);
        Store(contact with { Members = [] });
        Changed();
        if (HasPassingNameAndId(contact) && (old is null || old.Id != contact.Id || Fingerprint.Of(old) != Fingerprint.Of(contact)))
            IdChanges++;
        return old is null
            ? contact.Name != contact.UserName
            : Shown(old) != Shown(contact);
    }

    private static (string Id, string Name, string Nick, string Remark, Gender Gender, string Province, string City, string Signature) Shown(WeChatContact one) =>
        (one.Id, one.Name, one.NickName, one.RemarkName, one.Gender, one.Province, one.City, one.Signature);

    // A named owner takes precedence over IsOwner 0, which may mean that the server does not know.
    private static WeChatContact WithOwner(WeChatContact group, string owner, WeChatContact self) => owner.Length > 0
        ? group with { GroupOwner = owner, IsOwner = owner == self.UserName }
        : group;

    private void PutMembers(string groupUserName, IEnumerable<WeChatGroupMember> members)
    {
        GroupMembers old = _members.TryGetValue(groupUserName, out GroupMembers? known) ? known : GroupMembers.None;
        GroupMembers updated = old.Update(Bounded(members));
        WeChatContact group = GetOrStranger(groupUserName);
        if (group.NickName.Length == 0 || group.MemberCount != updated.List.Count || group.Invited.Any(person => updated.Find(person.UserName) is not null))
        {
            group = _identities.Identify(group with
            {
                MemberNames = updated.Named(group, Find).Names,
                MemberCount = updated.List.Count,
                Invited = [.. group.Invited.Where(person => updated.Find(person.UserName) is null)],
            });
            Store(group);
            Changed();
        }
        StoreMembers(groupUserName, updated.Named(group, Find));
    }

    // Members contain copies of the group's name and id and of the contact's data.
    private void Rename(HashSet<string> userNames)
    {
        if (userNames.Count == 0)
            return;
        foreach (KeyValuePair<string, GroupMembers> group in _members)
        {
            if (userNames.Contains(group.Key) || group.Value.List.Any(member => userNames.Contains(member.UserName)))
                _members[group.Key] = group.Value.Named(GetOrStranger(group.Key), Find);
        }
    }
}
