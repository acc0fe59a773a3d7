using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <content>Who is who from one login to the next: ids that stay, and user names that do not.</content>
internal sealed partial class ContactBook
{
    private readonly Identities _identities = new();
    private volatile Dictionary<string, WeChatContact?>? _byId;
    private volatile EarlierNames? _earlier;

    /// <summary>The login in which the user names here are good.</summary>
    public ulong Login { get; set; }

    /// <summary>Grows whenever <see cref="KnownIds"/> or <see cref="Names"/> would say something new.</summary>
    public int IdChanges { get; private set; }

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
