using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <content>Who is there.</content>
public sealed partial class WeChatSession
{
    private static readonly TimeSpan s_namesPatience = TimeSpan.FromSeconds(3);

    private readonly ConversationOrder _conversations = new();
    private IReadOnlyList<WeChatArticle> _articles = [];

    /// <summary>What official accounts had sent last when the session logged in or was resumed.</summary>
    /// <exception cref="WeChatException">Not connected.</exception>
    internal IReadOnlyList<WeChatArticle> Articles
    {
        get
        {
            ThrowUnlessConnected();
            return [.. _articles.Select(article => article with { From = Contacts.Find(article.From.UserName) ?? article.From })];
        }
    }

    /// <summary>The contacts; read from the server when they never were, or when asked to.</summary>
    internal async Task<IReadOnlyList<WeChatContact>> GetContactsAsync(bool refresh, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (refresh || !_directory!.IsLoaded) await LoadAllAsync(cancellationToken).ConfigureAwait(false);
        await LearnIdsAsync(cancellationToken).ConfigureAwait(false);
        await LoadNamesAsync(Contacts.UnknownChats.Where(chat => _directory!.IsNewsToAsk(chat)), cancellationToken).ConfigureAwait(false);
        return Contacts.All;
    }

    /// <summary>Those of the contacts that the account has conversations with, the latest first.</summary>
    internal async Task<IReadOnlyList<WeChatContact>> GetRecentContactsAsync(bool refresh, CancellationToken cancellationToken)
    {
        IReadOnlyList<WeChatContact> all = await GetContactsAsync(refresh, cancellationToken).ConfigureAwait(false);
        Dictionary<string, WeChatContact> byUserName = all.ToDictionary(contact => contact.UserName, StringComparer.Ordinal);
        return [.. _conversations.LatestFirst.Where(byUserName.ContainsKey).Select(userName => byUserName[userName])];
    }

    /// <summary>A group's members, with their names.</summary>
    internal async Task<IReadOnlyList<WeChatGroupMember>> GetMembersAsync(WeChatContact group, bool refresh, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (refresh || (LacksNames(group) && _directory!.RefusalOf(group.UserName) is null))
            await LoadDetailsAsync([group.UserName], cancellationToken).ConfigureAwait(false);
        return Contacts.Members(group.UserName) ?? (_directory!.RefusalOf(group.UserName) is { } refusal ? throw refusal : []);
    }

    /// <summary>Members of a group with what they show of themselves: gender, place, signature.</summary>
    internal async Task<IReadOnlyList<WeChatGroupMember>> DetailAsync(
        WeChatContact group, IReadOnlyCollection<WeChatGroupMember> members, bool again, CancellationToken cancellationToken)
    {
        // members who came with a change came without the group's key
        if (members.Count > 0 && Now(group).GroupKey.Length == 0) await LoadDetailsAsync([group.UserName], cancellationToken).ConfigureAwait(false);
        await WhileConnectedAsync(
            async open =>
            {
                await _directory!.LoadMembersAsync(Now(group), members.Select(member => member.UserName), again, open).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return [.. members.Select(member => Contacts.FindMember(group.UserName, member.UserName) ?? member)];
    }

    /// <summary>Whom an id or a name means.</summary>
    /// <exception cref="WeChatException">No contact matches (<see cref="WeChatErrorReason.ContactNotFound"/>), or several do (<see cref="WeChatErrorReason.AmbiguousContact"/>).</exception>
    internal async Task<WeChatContact> ResolveAsync(string idOrName, CancellationToken cancellationToken)
    {
        ContactMatch match = await MatchAsync(idOrName, Contacts.Resolve, cancellationToken).ConfigureAwait(false);
        return match.Contact ?? throw (match.IsAmbiguous
            ? new WeChatException(
                WeChatErrorReason.AmbiguousContact,
                $"{match.Candidates.Count} contacts are called '{DisplayText.Visible(idOrName)}'. Name one by its id or give it a remark.") { Subject = idOrName }
            : new WeChatException(
                WeChatErrorReason.ContactNotFound, $"There is no contact or group '{DisplayText.Visible(idOrName)}'.") { Subject = idOrName });
    }

    /// <summary>Whom an object means: who has its user name, or its id, and never who is only called so.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotFound"/>, also for somebody of another login whom nobody in
    /// this one is known to be; or <see cref="WeChatErrorReason.AmbiguousContact"/>.</exception>
    internal async Task<WeChatContact> ResolveAsync(WeChatContact contact, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (Contacts.Find(contact.UserName) is { } known) return known;
        bool isOfThisLogin = contact.Login == 0 || contact.Login == Contacts.Login || !ContactKinds.IsPassing(contact.UserName);
        bool hasId = contact.Id != contact.UserName;
        if (isOfThisLogin && !hasId) return contact;
        ContactMatch match = hasId
            ? await MatchAsync(contact.Id, Contacts.ResolveId, cancellationToken).ConfigureAwait(false)
            : new ContactMatch([]);
        return match.Contact ?? throw (match.IsAmbiguous
            ? new WeChatException(
                WeChatErrorReason.AmbiguousContact, $"{match.Candidates.Count} contacts may be '{contact}': they look the same.") { Subject = contact.Id }
            : new WeChatException(
                WeChatErrorReason.ContactNotFound,
                isOfThisLogin ? $"'{contact}' is no contact or group any more."
                    : $"'{contact}' comes from an earlier login, or from another account; in this login nobody is known by that id.")
            { Subject = contact.Id });
    }

    /// <summary>Who has an id; null where nobody has it, or several may.</summary>
    /// <param name="id">An id, or a text that may be one: the server is only asked about what has the form of an id.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal async Task<WeChatContact?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        if (Contacts.Find(id) is { } known) return known;
        ContactMatch match = ContactKinds.LooksLikeId(id)
            ? await MatchAsync(id, Contacts.ResolveId, cancellationToken).ConfigureAwait(false)
            : Contacts.ResolveId(id);
        return match.Contact;
    }

    private async Task<ContactMatch> MatchAsync(string idOrName, Func<string, ContactMatch> look, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();

        // a name is only known to be one contact's when all contacts are
        if (!_directory!.IsLoaded && Contacts.Find(idOrName) is null) await LoadAllAsync(cancellationToken).ConfigureAwait(false);
        ContactMatch match = look(idOrName);
        if (!IsDoubtful(match, idOrName)) return match;
        await LearnIdsAsync(cancellationToken).ConfigureAwait(false);
        return look(idOrName);
    }

    // an id that nobody has yet, or only somebody who looks like its bearer
    private static bool IsDoubtful(ContactMatch match, string idOrName) =>
        match.Contact is not { } contact || (!contact.HasStableId && contact.Id == idOrName && contact.UserName != idOrName);

    // members who joined lately have no names in the lists of changes; who was asked for in vain is not asked for again
    private bool LacksNames(WeChatContact group)
    {
        if (Contacts.Members(group.UserName) is not { } members) return true;
        bool lacks = false;
        foreach (WeChatGroupMember member in members.Where(member => member.NickName.Length == 0))
            lacks |= _directory!.IsNewsToAsk(group.UserName, member.UserName);
        return lacks;
    }

    /// <summary>Asks for whoever in a message is unknown, and waits a moment.</summary>
    /// <returns>Whether the message may read differently now.</returns>
    private ValueTask<bool> LoadNamesAsync(WeChatMessage message, CancellationToken cancellationToken) =>
        Unknown(message) is { } name ? new ValueTask<bool>(LoadNamesAsync([name], cancellationToken)) : new ValueTask<bool>(false);

    private string? Unknown(WeChatMessage message)
    {
        WeChatContact chat = message.Conversation;
        if (message.IsOfEarlierLogin && !message.Knows(chat)) return null;
        if (ContactKinds.IsPassing(chat.UserName) && Contacts.Find(chat.UserName) is null)
            return _directory!.IsNewsToAsk(chat.UserName) ? chat.UserName : null;
        return message is { Group: { } group, Sender: { NickName.Length: 0 } sender } && sender.Login == Contacts.Login && _directory!.IsNewsToAsk(group.UserName, sender.UserName)
            ? group.UserName
            : null;
    }

    /// <summary>Asks for names that nothing depends on: for a moment only, and not while the server wants less traffic.</summary>
    private async Task<bool> LoadNamesAsync(IEnumerable<string> userNames, CancellationToken cancellationToken)
    {
        string[] wanted = [.. userNames];
        if (wanted.Length == 0 || !_directory!.HasRoom) return false;
        using var late = new CancellationTokenSource(s_namesPatience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await _directory!.LoadDetailsAsync(wanted, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the names come with a later request, if at all
        }
        catch (WeChatException e)
        {
            Notify(new SessionNotice(NoticeLevel.Verbose, e.Message));
        }

        return false;
    }

    private Task<bool> LoadAllAsync(CancellationToken cancellationToken) => WhileConnectedAsync(
        async open =>
        {
            await _directory!.LoadAsync([], open).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private Task<bool> LoadDetailsAsync(IReadOnlyCollection<string> userNames, CancellationToken cancellationToken) => WhileConnectedAsync(
        async open =>
        {
            await _directory!.LoadDetailsAsync(userNames, open).ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
