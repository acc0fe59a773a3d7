using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>An id that the server gave, and how to recognise its bearer when it does not.</summary>
/// <param name="Id">WeChat's own id.</param>
/// <param name="UserName">The user name in the login in which the id was given.</param>
/// <param name="Fingerprint">The bearer's <see cref="Fingerprint"/> then; empty when it was not known.</param>
internal sealed record Identity(string Id, string UserName, string Fingerprint);

/// <summary>Who is who: the ids of this login, and those of earlier ones. Not for several threads at once.</summary>
internal sealed class Identities
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Identity> _earlier = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byFingerprint = new(StringComparer.Ordinal);

    /// <summary>The ids that the server gave in this login, by user name.</summary>
    public IReadOnlyDictionary<string, string> Given => _given;

    /// <summary>Ids of earlier logins that this one has not given yet.</summary>
    public IEnumerable<Identity> Earlier => _earlier.Values;

    /// <summary>The server says whose id this is.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Give(string userName, string id)
    {
        if (_given.TryGetValue(userName, out string? known) && known == id) return false;
        _given[userName] = id;

        // nobody else can be taken for its bearer any more
        if (_earlier.Remove(id)) Index();
        return true;
    }

    /// <summary>Takes over ids that an earlier login gave.</summary>
    public void Remember(IEnumerable<Identity> identities)
    {
        foreach (Identity identity in identities) _earlier[identity.Id] = identity;
        Index();
    }

    /// <summary>The contact with the id it has, or is most likely to have.</summary>
    public WeChatContact Identify(WeChatContact contact)
    {
        if (_given.TryGetValue(contact.UserName, out string? id)) return contact with { StableId = id, LikelyId = "" };
        string fingerprint = Fingerprint.Of(contact);
        return contact with { LikelyId = _byFingerprint.TryGetValue(fingerprint, out string? likely) ? likely : fingerprint };
    }

    // two who looked the same cannot be told apart
    private void Index()
    {
        _byFingerprint.Clear();
        foreach (IGrouping<string, Identity> same in _earlier.Values.Where(one => one.Fingerprint.Length > 0).GroupBy(one => one.Fingerprint))
        {
            if (same.Count() == 1) _byFingerprint[same.Key] = same.First().Id;
        }
    }
}
