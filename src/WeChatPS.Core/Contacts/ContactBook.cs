using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Everybody a session knows. Reading takes no lock; writing merges, one writer at a time.</summary>
internal sealed class ContactBook
{
    private static readonly StringComparer[] s_anySpelling = [StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase];

    private static readonly Func<WeChatContact, string[]>[] s_ids =
    [
        contact => contact.HasStableId ? [contact.UserName, contact.Id] : [contact.UserName],
        contact => [contact.Id],
    ];

    private static readonly Func<WeChatContact, string[]>[] s_idsAndFingerprint = [.. s_ids, contact => [Fingerprint.Of(contact)]];

    private static readonly Func<WeChatContact, string[]>[] s_names =
    [
        contact => [contact.RemarkName],
        contact => contact.IsGroup ? [] : [contact.NickName, contact.Alias],
        contact => contact.IsGroup ? [contact.Name, contact.NickName] : [],
    ];

    private readonly ConcurrentDictionary<string, WeChatContact> _contacts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GroupMembers> _members = new(StringComparer.Ordinal);
    private readonly Identities _identities = new();
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly object _writing = new();
    private volatile WeChatContact? _self;
    private volatile IReadOnlyList<WeChatContact>? _all;
    private volatile Dictionary<string, WeChatContact?>? _byId;
    private volatile EarlierNames? _earlier;

    /// <summary>The login in which the user names here are good.</summary>
    public ulong Login { get; set; }

    /// <summary>Grows whenever <see cref="KnownIds"/> or <see cref="Names"/> would say something new.</summary>
    public int IdChanges { get; private set; }

    /// <summary>The account; null before the first login.</summary>
    public WeChatContact? Self => _self;

    /// <summary>The account, its friends, groups and accounts, sorted by name, the account itself first. Strangers are left out.</summary>
    public IReadOnlyList<WeChatContact> All => _all ?? Sort();

    /// <summary>The contact of that user name: this login's, or one of an earlier login that is remembered.</summary>
    public WeChatContact? Find(string userName) =>
        _contacts.TryGetValue(userName, out WeChatContact? contact) ? contact : _earlier is { } earlier ? FindEarlier(earlier, userName) : null;

    /// <summary>The contact, or one made of nothing but its user name.</summary>
    public WeChatContact GetOrStranger(string userName) => Find(userName) ?? new WeChatContact(userName) { Login = Login };

    /// <summary>Whether a user name is the account's own, or was in an earlier login.</summary>
    public bool IsSelf(string userName) => _self is { } self && (userName == self.UserName || _earlier?.IsSelf(userName) == true);

    /// <summary>A group's members; null when they were never read.</summary>
    public IReadOnlyList<WeChatGroupMember>? Members(string groupUserName) =>
        _members.TryGetValue(Current(groupUserName), out GroupMembers? members) ? members.List : null;

    public WeChatGroupMember? FindMember(string groupUserName, string userName) =>
        _members.TryGetValue(Current(groupUserName), out GroupMembers? members) ? members.Find(Current(userName)) : null;

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

    /// <summary>Remembers who was invited to a group: no members until a list of its members has them.</summary>
    public void Invite(string groupUserName, IEnumerable<WeChatContact> people)
    {
        lock (_writing)
        {
            WeChatContact group = GetOrStranger(groupUserName);
            _contacts[groupUserName] = group with { Invited = [.. group.Invited.Union(people)] };
            _all = null;
        }
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
                    _left.Add(userName);
                    _contacts.TryRemove(userName, out _);
                    _members.TryRemove(userName, out _);
                }
                else
                {
                    _contacts[userName] = contact with { Kind = ContactKind.Stranger, Flags = ContactFlags.None };
                }
            }
            Changed();
        }
    }

    /// <summary>Remembers the ids that survive logins, for contacts that are known and for those to come.</summary>
    public void LearnIds(IEnumerable<KeyValuePair<string, string>> idsByUserName)
    {
        lock (_writing)
        {
            bool isNews = false;
            foreach (KeyValuePair<string, string> pair in idsByUserName)
                isNews |= _identities.Give(pair.Key, pair.Value);
            if (!isNews)
                return;
            IdChanges++;
            Reidentify();
        }
    }

    /// <summary>User names of recent conversations of which nothing else is known yet.</summary>
    public IReadOnlyList<string> UnknownChats
    {
        get
        {
            lock (_writing)
                return [.. _identities.Given.Keys.Where(userName => ContactKinds.IsPassing(userName) && Find(userName) is null && !_left.Contains(userName))];
        }
    }

    /// <summary>Takes over the ids that earlier logins learned, to recognise contacts by.</summary>
    public void RememberIds(IEnumerable<Identity> identities)
    {
        lock (_writing)
        {
            _identities.Remember(identities);
            Reidentify();
        }
    }

    /// <summary>Takes over what user names meant in earlier logins.</summary>
    public void RememberNames(IReadOnlyCollection<LoginNames> earlier) => _earlier = earlier.Count > 0 ? new EarlierNames(earlier) : null;

    /// <summary>What somebody was called who was met in a group in an earlier login; empty where it is not known.</summary>
    public string EarlierNameOf(string userName) => _earlier?.NameOf(userName) ?? "";

    /// <summary>Whether somebody was certainly no contact in an earlier login.</summary>
    public bool WasStranger(string userName, ulong login) => _earlier?.WasStranger(userName, LoginNames.Digest(login)) == true;

    /// <summary>What people are called who are met in groups alone.</summary>
    public IReadOnlyDictionary<string, string> MemberNames() => _members.Values
        .SelectMany(group => group.List)
        .Where(member => Find(member.UserName) is null)
        .Select(member => member.ToStranger())
        .Where(person => person.NickName.Length > 0)
        .GroupBy(person => person.UserName)
        .ToDictionary(same => same.Key, same => same.First().NickName, StringComparer.Ordinal);

    /// <summary>What the user names of contacts mean in this login.</summary>
    public IReadOnlyDictionary<string, string> Names() => _contacts.Values
        .Where(contact => contact.Kind != ContactKind.Self && HasPassingNameAndId(contact))
        .ToDictionary(contact => contact.UserName, contact => contact.Id, StringComparer.Ordinal);

    /// <summary>The ids that the server ever gave, each with what its bearer is recognised by.</summary>
    public IReadOnlyList<Identity> KnownIds()
    {
        lock (_writing)
        {
            IEnumerable<Identity> given = _identities.Given.Select(pair =>
                new Identity(pair.Value, pair.Key, Find(pair.Key) is { } contact ? Fingerprint.Of(contact) : ""));
            return [.. given, .. _identities.Earlier];
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
        return ContactKinds.LooksLikeId(idOrName)
            ? Match(idOrName, [.. IdRanks(idOrName), contact => [contact.Alias]], s_anySpelling)
            : Match(idOrName, [.. s_ids, .. s_names], s_anySpelling);
    }

    /// <summary>Who has an id, which no name is taken for.</summary>
    public ContactMatch ResolveId(string id) => Match(id, IdRanks(id), [StringComparer.Ordinal]);

    // a fingerprint is looked for only where one is given: it costs a digest of everybody
    private static Func<WeChatContact, string[]>[] IdRanks(string id) => Fingerprint.IsOne(id) ? s_idsAndFingerprint : s_ids;

    private ContactMatch Match(string idOrName, Func<WeChatContact, string[]>[] ranks, StringComparer[] comparers)
    {
        WeChatContact[] others = idOrName.Length > 0 ? [.. All.Where(contact => contact.Kind != ContactKind.Self)] : [];
        foreach (Func<WeChatContact, string[]> names in ranks)
        {
            foreach (StringComparer comparer in comparers)
            {
                WeChatContact[] found = [.. others.Where(contact => names(contact).Contains(idOrName, comparer))];
                if (found.Length > 0)
                    return new ContactMatch(found);
            }
        }
        return new ContactMatch([]);
    }

    private string Current(string userName) => _earlier is null ? userName : Find(userName)?.UserName ?? userName;

    private WeChatContact? FindEarlier(EarlierNames earlier, string userName)
    {
        if (earlier.IsSelf(userName))
            return _self;
        return earlier.IdOf(userName) is { } id && (_byId ?? IndexIds()).TryGetValue(id, out WeChatContact? contact) ? contact : null;
    }

    // who shares an id or a fingerprint with somebody is not to be told from him by it
    private Dictionary<string, WeChatContact?> IndexIds()
    {
        lock (_writing)
        {
            if (_byId is { } known)
                return known;
            var byId = new Dictionary<string, WeChatContact?>(StringComparer.Ordinal);
            foreach (WeChatContact contact in _contacts.Values.Where(contact => contact.Kind != ContactKind.Self))
            {
                foreach (string id in new[] { contact.Id, Fingerprint.Of(contact) }.Distinct().Where(id => id.Length > 0))
                    byId[id] = byId.ContainsKey(id) ? null : contact;
            }
            return _byId = byId;
        }
    }

    private static bool HasPassingNameAndId(WeChatContact contact) => ContactKinds.IsPassing(contact.UserName) && contact.Id != contact.UserName;

    private void Changed() => (_all, _byId) = (null, null);

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

    // whether anything that members carry has changed
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
        _contacts[contact.UserName] = contact with { Members = [] };
        Changed();
        if (HasPassingNameAndId(contact) && (old is null || old.Id != contact.Id || Fingerprint.Of(old) != Fingerprint.Of(contact)))
            IdChanges++;
        return old is null
            ? contact.Name != contact.UserName
            : Shown(old) != Shown(contact);
    }

    private static (string Id, string Name, string Nick, string Remark, Gender Gender, string Province, string City, string Signature) Shown(WeChatContact one) =>
        (one.Id, one.Name, one.NickName, one.RemarkName, one.Gender, one.Province, one.City, one.Signature);

    // an owner who is named weighs more than a 0, which may stand for what the server does not know
    private static WeChatContact WithOwner(WeChatContact group, string owner, WeChatContact self) => owner.Length > 0
        ? group with { GroupOwner = owner, IsOwner = owner == self.UserName }
        : group;

    private void PutMembers(string groupUserName, IEnumerable<WeChatGroupMember> members)
    {
        GroupMembers old = _members.TryGetValue(groupUserName, out GroupMembers? known) ? known : GroupMembers.None;
        GroupMembers updated = old.Update(members);
        WeChatContact group = GetOrStranger(groupUserName);
        if (group.NickName.Length == 0 || group.MemberCount != updated.List.Count || group.Invited.Any(person => updated.Find(person.UserName) is not null))
        {
            group = _identities.Identify(group with
            {
                MemberNames = updated.Named(group, Find).Names,
                MemberCount = updated.List.Count,
                Invited = [.. group.Invited.Where(person => updated.Find(person.UserName) is null)],
            });
            _contacts[groupUserName] = group;
            Changed();
        }
        _members[groupUserName] = updated.Named(group, Find);
    }

    private void Reidentify()
    {
        var renamed = new HashSet<string>(StringComparer.Ordinal);
        foreach (WeChatContact contact in _contacts.Values)
        {
            if (Put(contact))
                renamed.Add(contact.UserName);
        }
        Rename(renamed);
    }

    // members carry their group's name and id, and what is known of the people
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
