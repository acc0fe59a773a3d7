using System;
using System.Linq;

namespace WeChatPS;

/// <content>Finds the contact for an id or name.</content>
internal sealed partial class ContactBook
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

    /// <summary>
    /// Finds the contact for a text. Ids take precedence over remarks, and remarks over nicknames. In each group, the exact spelling takes
    /// precedence over another case. Names must match as a whole.
    /// </summary>
    public ContactMatch Resolve(string idOrName)
    {
        if (Find(idOrName) is { } byUserName)
            return new ContactMatch([byUserName]);
        return ContactKinds.LooksLikeId(idOrName)
            ? Match(idOrName, [.. IdRanks(idOrName), contact => [contact.Alias]], s_anySpelling)
            : Match(idOrName, [.. s_ids, .. s_names], s_anySpelling);
    }

    /// <summary>Finds the contact with an id. Names do not count.</summary>
    public ContactMatch ResolveId(string id) => Match(id, IdRanks(id), [StringComparer.Ordinal]);

    // Fingerprints are compared only for a text that looks like one, because they cost a digest of every contact.
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
}
