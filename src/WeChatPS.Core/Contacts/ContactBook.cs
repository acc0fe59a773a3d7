using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Everybody a session knows. Reading takes no lock; writing merges, one writer at a time.</summary>
internal sealed class ContactBook
{
    private readonly ConcurrentDictionary<string, WeChatContact> _contacts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GroupMembers> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _stableIds = new(StringComparer.Ordinal);
    private readonly object _writing = new();
    private volatile WeChatContact? _self;
    private volatile IReadOnlyList<WeChatContact>? _all;

    /// <summary>The account; null before the first login.</summary>
    public WeChatContact? Self => _self;

    /// <summary>The account, its friends, groups and accounts, sorted by name, the account itself first. Strangers are left out.</summary>
    public IReadOnlyList<WeChatContact> All => _all ?? Sort();

    public WeChatContact? Find(string userName) => _contacts.TryGetValue(userName, out WeChatContact? contact) ? contact : null;

    /// <summary>The contact, or one made of nothing but its user name.</summary>
    public WeChatContact GetOrStranger(string userName) => Find(userName) ?? new WeChatContact(userName);

    /// <summary>A group's members; null when they were never read.</summary>
    public IReadOnlyList<WeChatGroupMember>? Members(string groupUserName) =>
        _members.TryGetValue(groupUserName, out GroupMembers? members) ? members.List : null;

    public WeChatGroupMember? FindMember(string groupUserName, string userName) =>
        _members.TryGetValue(groupUserName, out GroupMembers? members) ? members.Find(userName) : null;

    /// <summary>Says which contact is the account.</summary>
    public void SetSelf(WeChatContact self) => Upsert([self with { Kind = ContactKind.Self }]);

    /// <summary>Adds contacts and merges them into what is known; groups bring their members with them.</summary>
    public void Upsert(IEnumerable<WeChatContact> contacts)
    {
        lock (_writing)
        {
            var renamed = new HashSet<string>(StringComparer.Ordinal);
            foreach (WeChatContact contact in contacts)
            {
                if (Put(contact))
                    renamed.Add(contact.UserName);
                if (contact.Members.Count > 0)
                    PutMembers(contact.UserName, contact.Members);
            }
            Rename(renamed);
        }
    }

    /// <summary>Replaces a group's members; names that the new list leaves empty are kept.</summary>
    public void SetMembers(string groupUserName, IEnumerable<WeChatGroupMember> members)
    {
        lock (_writing)
            PutMembers(groupUserName, members);
    }

    /// <summary>Forgets groups; makes strangers of people, whose names older messages still need.</summary>
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
                    _contacts.TryRemove(userName, out _);
                    _members.TryRemove(userName, out _);
                }
                else
                {
                    _contacts[userName] = contact with { Kind = ContactKind.Stranger, Flags = ContactFlags.None };
                }
            }
            _all = null;
        }
    }

    /// <summary>Remembers the ids that survive logins, for contacts that are known and for those to come.</summary>
    public void LearnIds(IEnumerable<KeyValuePair<string, string>> idsByUserName)
    {
        lock (_writing)
        {
            var renamed = new HashSet<string>(StringComparer.Ordinal);
            foreach (KeyValuePair<string, string> pair in idsByUserName)
            {
                _stableIds[pair.Key] = pair.Value;
                if (Find(pair.Key) is { } contact && Put(contact))
                    renamed.Add(pair.Key);
            }
            Rename(renamed);
        }
    }

    /// <summary>
    /// Whom a text means: an id before a remark before a name that the other side chose, and within each the exact spelling before
    /// one in other letters. Names have to match as a whole.
    /// </summary>
    public ContactMatch Resolve(string idOrName)
    {
        if (Find(idOrName) is { } byUserName)
            return new ContactMatch([byUserName]);
        Func<WeChatContact, string[]>[] ranks =
        [
            contact => [contact.UserName, contact.Id],
            contact => [contact.RemarkName],
            contact => contact.IsGroup ? [] : [contact.NickName, contact.Alias],
            contact => contact.IsGroup ? [contact.Name, contact.NickName] : [],
        ];
        WeChatContact[] others = idOrName.Length > 0 ? [.. All.Where(contact => contact.Kind != ContactKind.Self)] : [];
        foreach (Func<WeChatContact, string[]> names in ranks)
        {
            foreach (StringComparer comparer in new[] { StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase })
            {
                WeChatContact[] found = [.. others.Where(contact => names(contact).Contains(idOrName, comparer))];
                if (found.Length > 0)
                    return new ContactMatch(found);
            }
        }
        return new ContactMatch([]);
    }

    // under the lock, so that no snapshot outlives the write that made it stale
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

    // whether names or ids that members carry have changed
    private bool Put(WeChatContact update)
    {
        WeChatContact? old = Find(update.UserName);
        WeChatContact contact = old?.With(update) ?? update;
        if (_stableIds.TryGetValue(update.UserName, out string? id))
            contact = contact with { StableId = id };
        if (update.Kind == ContactKind.Self || update.UserName == _self?.UserName)
            _self = contact = contact with { Kind = ContactKind.Self };
        _contacts[contact.UserName] = contact with { Members = [] };
        _all = null;
        return old is null
            ? contact.RemarkName.Length > 0
            : old.RemarkName != contact.RemarkName || old.Name != contact.Name || old.Id != contact.Id;
    }

    private void PutMembers(string groupUserName, IEnumerable<WeChatGroupMember> members)
    {
        GroupMembers old = _members.TryGetValue(groupUserName, out GroupMembers? known) ? known : GroupMembers.None;
        GroupMembers updated = old.Update(members);
        WeChatContact group = GetOrStranger(groupUserName);
        if (group.NickName.Length == 0 || group.MemberCount != updated.List.Count)
        {
            group = group with { MemberNames = updated.Named(group, Find).Names, MemberCount = updated.List.Count };
            _contacts[groupUserName] = group;
            _all = null;
        }
        _members[groupUserName] = updated.Named(group, Find);
    }

    // members carry their group's name and id, and the remarks of those who are contacts
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
