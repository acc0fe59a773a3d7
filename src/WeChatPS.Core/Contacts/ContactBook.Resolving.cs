using System;
using System.Linq;

namespace WeChatPS;

/// <content>Whom a text means.</content>
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
}
