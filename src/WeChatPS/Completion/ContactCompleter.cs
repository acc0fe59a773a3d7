using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>Completes the names of loaded contacts and groups.</summary>
public class ContactCompleter : NameCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound)
    {
        if (Session(bound) is not { } session)
            return [];
        IReadOnlyList<WeChatContact> contacts = [.. session.Contacts.All.Where(Offers)];
        // The order is the same as when the cmdlet resolves a name: among all contacts, remarks before nicknames.
        ILookup<string, WeChatContact> remarks = session.Contacts.All.ToLookup(one => one.RemarkName);
        ILookup<string, WeChatContact> names = session.Contacts.All
            .SelectMany(one => new[] { one.Name, one.NickName, one.Alias }.Distinct().Select(name => (name, one)))
            .ToLookup(pair => pair.name, pair => pair.one);
        return contacts.Select(one => new Candidate(
            MeansOnly(one) && IsTypable(one.Name) ? one.Name : one.HasStableId ? one.Id : one.UserName,
            Describe(one),
            one.Pinyin));

        bool MeansOnly(WeChatContact one) => (remarks.Contains(one.Name) ? remarks : names)[one.Name].Take(2).All(other => other == one);
    }

    private protected virtual bool Offers(WeChatContact contact) => contact.Kind != ContactKind.Self;

    private static string Describe(WeChatContact contact) => string.Join(
        " · ",
        new[] { contact.Name, contact.Kind.ToString(), contact.RemarkName, contact.NickName, contact.Id }.Where(text => text.Length > 0).Distinct());

    // For names that are ambiguous or contain control characters, completion offers the id instead.
    private protected static bool IsTypable(string name) => name.Length > 0 && DisplayText.Visible(name) == name;

    private protected static WeChatSession? Session(IDictionary bound)
    {
        try
        {
            return LanguagePrimitives.TryConvertTo(bound[nameof(SessionCmdlet.Session)], out SessionRef named) && named is not null
                ? named.Resolve()
                : RunspaceSessions.Here.Select();
        }
        catch (WeChatException)
        {
            return null;
        }
    }
}

/// <summary>Completes the names of groups.</summary>
public sealed class GroupCompleter : ContactCompleter
{
    private protected override bool Offers(WeChatContact contact) => contact.IsGroup;
}

/// <summary>Completes the names of official accounts.</summary>
public sealed class OfficialAccountCompleter : ContactCompleter
{
    private protected override bool Offers(WeChatContact contact) => contact.Kind == ContactKind.Official;
}

/// <summary>Completes the names of friends.</summary>
public sealed class FriendCompleter : ContactCompleter
{
    private protected override bool Offers(WeChatContact contact) => contact.Kind == ContactKind.Friend;
}
