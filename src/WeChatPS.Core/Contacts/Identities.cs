using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>A permanent id from the server, and the data by which its contact is recognized in other logins.</summary>
/// <param name="Id">WeChat's permanent id.</param>
/// <param name="UserName">The user name in the login that received the id.</param>
/// <param name="Fingerprint">The contact's <see cref="Fingerprint"/> in that login; empty if unknown.</param>
internal sealed record Identity(string Id, string UserName, string Fingerprint);

/// <summary>The permanent ids of this login and of earlier ones. Not thread-safe.</summary>
internal sealed class Identities
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Identity> _earlier = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byFingerprint = new(StringComparer.Ordinal);

    /// <summary>The permanent ids that the server sent in this login, by user name.</summary>
    public IReadOnlyDictionary<string, string> Given => _given;

    /// <summary>The ids of earlier logins that the server has not sent in this login.</summary>
    public IEnumerable<Identity> Earlier => _earlier.Values;

    /// <summary>Stores a permanent id from the server.</summary>
    /// <returns>Whether the id is new.</returns>
    public bool Add(string userName, string id)
    {
        if (_given.TryGetValue(userName, out string? known) && known == id) return false;
        _given[userName] = id;

        // The id no longer identifies a contact by fingerprint.
        if (_earlier.Remove(id)) Index();
        return true;
    }

    /// <summary>Adds the ids of an earlier login.</summary>
    public void Remember(IEnumerable<Identity> identities)
    {
        foreach (Identity identity in identities) _earlier[identity.Id] = identity;
        Index();
    }

    /// <summary>Gets the contact with its permanent id, or the most likely one.</summary>
    public WeChatContact Identify(WeChatContact contact)
    {
        if (_given.TryGetValue(contact.UserName, out string? id)) return contact with { StableId = id, LikelyId = "" };
        string fingerprint = Fingerprint.Of(contact);
        return contact with { LikelyId = _byFingerprint.TryGetValue(fingerprint, out string? likely) ? likely : fingerprint };
    }

    // A fingerprint of several contacts identifies none of them.
    private void Index()
    {
        _byFingerprint.Clear();
        foreach (IGrouping<string, Identity> same in _earlier.Values.Where(one => one.Fingerprint.Length > 0).GroupBy(one => one.Fingerprint))
        {
            if (same.Count() == 1) _byFingerprint[same.Key] = same.First().Id;
        }
    }
}
