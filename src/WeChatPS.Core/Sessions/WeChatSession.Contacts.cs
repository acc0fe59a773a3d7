using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>Contacts and group members.</content>
public sealed partial class WeChatSession
{
    private static readonly TimeSpan s_namesPatience = TimeSpan.FromSeconds(3);

    private readonly ConversationOrder _conversations = new();
    // A poll, a fetch and their repetitions come before names.
    private const int PlacesForMessages = 4;

    private NameLookups? _names;
    private IReadOnlyList<WeChatArticle> _articles = [];

    /// <summary>The last articles of official accounts at the time of the login or resume.</summary>
    /// <exception cref="WeChatException">The session is not connected.</exception>
    internal IReadOnlyList<WeChatArticle> Articles
    {
        get
        {
            ThrowUnlessConnected();
            return [.. _articles.Select(article => article with { From = Contacts.Find(article.From.UserName) ?? article.From })];
        }
    }

    /// <summary>Gets the contacts. Loads them from the server the first time and for a refresh.</summary>
    internal async Task<IReadOnlyList<WeChatContact>> GetContactsAsync(bool refresh, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (refresh || !_directory!.IsLoaded) await LoadAllAsync(cancellationToken).ConfigureAwait(false);
        await LearnIdsAsync(cancellationToken).ConfigureAwait(false);
        await LoadNamesAsync(Contacts.UnknownChats.Where(chat => _directory!.IsNewsToAsk(chat)), cancellationToken).ConfigureAwait(false);
        return Contacts.All;
    }

    /// <summary>Gets the contacts with a recent chat, the latest first.</summary>
    internal async Task<IReadOnlyList<WeChatContact>> GetRecentContactsAsync(bool refresh, CancellationToken cancellationToken)
    {
        IReadOnlyList<WeChatContact> all = await GetContactsAsync(refresh, cancellationToken).ConfigureAwait(false);
        Dictionary<string, WeChatContact> byUserName = all.ToDictionary(contact => contact.UserName, StringComparer.Ordinal);
        return [.. _conversations.LatestFirst.Where(byUserName.ContainsKey).Select(userName => byUserName[userName])];
    }

    /// <summary>Gets the members of a group, with their names.</summary>
    internal async Task<IReadOnlyList<WeChatGroupMember>> GetMembersAsync(WeChatContact group, bool refresh, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (refresh || (LacksNames(group) && _directory!.RefusalOf(group.UserName) is null))
            await LoadDetailsAsync([group.UserName], cancellationToken).ConfigureAwait(false);
        return Contacts.Members(group.UserName) ?? (_directory!.RefusalOf(group.UserName) is { } refusal ? throw refusal : []);
    }

    /// <summary>Gets members of a group with their profiles: gender, region, signature.</summary>
    internal async Task<IReadOnlyList<WeChatGroupMember>> DetailAsync(
        WeChatContact group, IReadOnlyCollection<WeChatGroupMember> members, bool again, CancellationToken cancellationToken)
    {
        // Members from a change notice lack the group's key.
        if (members.Count > 0 && Current(group).GroupKey.Length == 0) await LoadDetailsAsync([group.UserName], cancellationToken).ConfigureAwait(false);
        await WhileConnectedAsync(
            async open =>
            {
                await _directory!.LoadMembersAsync(Current(group), members.Select(member => member.UserName), again, open).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return [.. members.Select(member => Contacts.FindMember(group.UserName, member.UserName) ?? member)];
    }

    /// <summary>Finds the contact for an id or name.</summary>
    /// <exception cref="WeChatException">No contact matches (<see cref="WeChatErrorReason.ContactNotFound"/>), or several do (<see cref="WeChatErrorReason.AmbiguousContact"/>).</exception>
    internal async Task<WeChatContact> ResolveAsync(string idOrName, CancellationToken cancellationToken)
    {
        ContactMatch match = await MatchAsync(idOrName, Contacts.Resolve, cancellationToken).ConfigureAwait(false);
        return match.Contact ?? throw (match.IsAmbiguous
            ? new WeChatException(
                WeChatErrorReason.AmbiguousContact,
                $"{match.Candidates.Count} contacts have the name '{DisplayText.Visible(idOrName)}'. Specify the id of one, or set a remark for it.") { Subject = idOrName }
            : new WeChatException(
                WeChatErrorReason.ContactNotFound, $"There is no contact or group '{DisplayText.Visible(idOrName)}'.") { Subject = idOrName });
    }

    /// <summary>Finds the contact for an object, by user name or id, never by name.</summary>
    /// <exception cref="WeChatException">No contact of this login matches (<see cref="WeChatErrorReason.ContactNotFound"/>), or several do
    /// (<see cref="WeChatErrorReason.AmbiguousContact"/>).</exception>
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
                WeChatErrorReason.AmbiguousContact, $"{match.Candidates.Count} contacts may be '{contact}', because they have the same profile.") { Subject = contact.Id }
            : new WeChatException(
                WeChatErrorReason.ContactNotFound,
                isOfThisLogin ? $"'{contact}' is no longer a contact or group."
                    : $"'{contact}' is from an earlier login or another account, and no contact of this login has its id.")
            { Subject = contact.Id });
    }

    /// <summary>Finds the contact for an id; null without a unique match.</summary>
    /// <param name="id">An id, or a text that may be one. Only a text in the form of an id leads to a request.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
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

        // All contacts must be loaded before a name is known to be unique.
        if (!_directory!.IsLoaded && Contacts.Find(idOrName) is null) await LoadAllAsync(cancellationToken).ConfigureAwait(false);
        ContactMatch match = look(idOrName);
        if (!IsDoubtful(match, idOrName)) return match;
        await LearnIdsAsync(cancellationToken).ConfigureAwait(false);
        return look(idOrName);
    }

    // No contact has the id yet, or a contact matches only by its profile.
    private static bool IsDoubtful(ContactMatch match, string idOrName) =>
        match.Contact is not { } contact || (!contact.HasStableId && contact.Id == idOrName && contact.UserName != idOrName);

    // New members have no names in change notices. A name that the server did not return is not requested again.
    private bool LacksNames(WeChatContact group)
    {
        if (Contacts.Members(group.UserName) is not { } members) return true;
        bool lacks = false;
        foreach (WeChatGroupMember member in members.Where(member => member.NickName.Length == 0))
            lacks |= _directory!.IsNewsToAsk(group.UserName, member.UserName);
        return lacks;
    }

    private NameLookups MakeNameLookups() => new(
        _directory!.LookUpAsync, MayLookUpNames, Time, BackOff.Chance, text => Notify(new SessionNotice(NoticeLevel.Verbose, text)), _closing.Token);

    // The one place that decides about an automatic look-up.
    private bool MayLookUpNames() => IsConnected && _directory!.HasRoom && _budget.TryTake(leave: PlacesForMessages);

    /// <summary>Looks up the unknown sender or group of a message beside it.</summary>
    /// <returns>Whether the message must be read again.</returns>
    private ValueTask<bool> LookUpNamesAsync(WeChatMessage message, CancellationToken cancellationToken)
    {
        if (Unknown(message) is { } name) return _names!.LookUpAsync(name, cancellationToken);
        _names!.GoOn();
        return new ValueTask<bool>(false);
    }

    private string? Unknown(WeChatMessage message)
    {
        WeChatContact chat = message.Conversation;
        if (chat.UserName.Length > ContactLimits.UserName || message.Sender?.UserName.Length > ContactLimits.UserName) return null;
        if (message.IsOfEarlierLogin && !message.Knows(chat)) return null;
        if (ContactKinds.IsPassing(chat.UserName) && Contacts.Find(chat.UserName) is null)
            return _directory!.IsNewsToAsk(chat.UserName) ? chat.UserName : null;
        return message is { Group: { } group, Sender: { NickName.Length: 0 } sender } && sender.Login == Contacts.Login && _directory!.IsNewsToAsk(group.UserName, sender.UserName)
            ? group.UserName
            : null;
    }

    /// <summary>Loads optional names for a command. Waits only a short time, and makes no requests while the server throttles.</summary>
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
            // A later request may load the names.
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
