using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <content>Recognizes contacts across logins, in which user names change.</content>
internal sealed partial class ContactBook
{
    private readonly Identities _identities = new();
    private volatile Dictionary<string, WeChatContact?>? _byId;
    private volatile EarlierNames? _earlier;

    /// <summary>The login in which the book's user names are valid.</summary>
    public ulong Login { get; set; }

    /// <summary>A number that grows whenever <see cref="KnownIds"/> or <see cref="Names"/> changes.</summary>
    public int IdChanges { get; private set; }

    /// <summary>Stores permanent ids for known and future contacts.</summary>
    public void LearnIds(IEnumerable<KeyValuePair<string, string>> idsByUserName)
    {
        lock (_writing)
        {
            bool isNews = false;
            foreach (KeyValuePair<string, string> pair in idsByUserName)
            {
                if (_identities.Given.Count < ContactLimits.Contacts || _identities.Given.ContainsKey(pair.Key))
                    isNews |= _identities.Add(pair.Key, pair.Value);
                else
                    Say(Limit.Ids);
            }
            if (!isNews)
                return;
            IdChanges++;
            Reidentify();
        }
    }

    /// <summary>The user names of recent chats without details yet.</summary>
    public IReadOnlyList<string> UnknownChats
    {
        get
        {
            lock (_writing)
                return [.. _identities.Given.Keys.Where(userName => ContactKinds.IsPassing(userName) && Find(userName) is null && !_left.Contains(userName))];
        }
    }

    /// <summary>Adds the permanent ids from earlier logins, by which contacts are recognized.</summary>
    public void RememberIds(IEnumerable<Identity> identities)
    {
        lock (_writing)
        {
            _identities.Remember(identities);
            Reidentify();
        }
    }

    /// <summary>Adds the user names of earlier logins.</summary>
    public void RememberNames(IReadOnlyCollection<LoginNames> earlier) => _earlier = earlier.Count > 0 ? new EarlierNames(earlier) : null;

    /// <summary>Gets a group member's name from an earlier login; empty if unknown.</summary>
    public string EarlierNameOf(string userName) => _earlier?.NameOf(userName) ?? "";

    /// <summary>Whether a user name was certainly not a contact in an earlier login.</summary>
    public bool WasStranger(string userName, ulong login) => _earlier?.WasStranger(userName, LoginNames.Digest(login)) == true;

    /// <summary>Gets the names of group members who are not contacts.</summary>
    public IReadOnlyDictionary<string, string> MemberNames() => _members.Values
        .SelectMany(group => group.List)
        .Where(member => Find(member.UserName) is null)
        .Select(member => member.ToStranger())
        .Where(person => person.NickName.Length > 0)
        .GroupBy(person => person.UserName)
        .ToDictionary(same => same.Key, same => same.First().NickName, StringComparer.Ordinal);

    /// <summary>Gets the ids of contacts by user name in this login.</summary>
    public IReadOnlyDictionary<string, string> Names() => _contacts.Values
        .Where(contact => contact.Kind != ContactKind.Self && HasPassingNameAndId(contact))
        .ToDictionary(contact => contact.UserName, contact => contact.Id, StringComparer.Ordinal);

    /// <summary>Gets all permanent ids from the server, with the data by which their contacts are recognized.</summary>
    public IReadOnlyList<Identity> KnownIds()
    {
        lock (_writing)
        {
            IEnumerable<Identity> given = _identities.Given.Select(pair =>
                new Identity(pair.Value, pair.Key, Find(pair.Key) is { } contact ? Fingerprint.Of(contact) : ""));
            return [.. given, .. _identities.Earlier];
        }
    }

    private string Current(string userName) => _earlier is null ? userName : Find(userName)?.UserName ?? userName;

    private WeChatContact? FindEarlier(EarlierNames earlier, string userName)
    {
        if (earlier.IsSelf(userName))
            return _self;
        return earlier.IdOf(userName) is { } id && (_byId ?? IndexIds()).TryGetValue(id, out WeChatContact? contact) ? contact : null;
    }

    // An id or fingerprint of several contacts identifies none of them.
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
}
